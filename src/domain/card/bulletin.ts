import { type HandoffId, running } from '../handoff/handoff.ts';
import { chatNames, type PersonId, type Platform } from '../policy/policy.ts';
import { bold, dateTime, joined, type Line, line, type Names, person } from '../words/line.ts';
import type { Why } from '../words/reason.ts';
import { saidOf } from '../words/why.ts';
import type { Language, Words } from '../words/words.ts';
import type { CardView, Section } from './card.ts';
import { titleOf } from './card-parts.ts';
import { type DigestView, digestChapter, digestRows } from './digest.ts';
import type { ReplyAction } from './reply-action.ts';

/** A message to one person beside their cards, for any chat platform. */
export type Bulletin = {
  /** Of its reader. */
  language: Language;
  /** Blank where the text says it all. */
  title: string;
  /** What happened, and what it means for the reader. */
  text: Line;
  items: readonly BulletinItem[];
  /** What else there is to read, between the text and the items. */
  sections?: readonly Section[];
  /** What the reader can do about it, below everything; what comes of it is told below the bulletin, which stays. */
  actions?: readonly ReplyAction[];
};

/** One handoff of a bulletin; the button brings its card. */
export type BulletinItem = { title: string; text: Line; handoffId: HandoffId };

/** Something that somebody is told outside of cards. */
export type News =
  /** A target passed while the bot could tell nobody. */
  | { kind: 'missed'; handoffId: HandoffId }
  /** A lead comes to its rep together with others. */
  | { kind: 'digest'; handoffId: HandoffId }
  /** Somebody is called to a lead, by this event of its log. */
  | { kind: 'called'; handoffId: HandoffId; seq: number }
  /** A lead of somebody who is away, or works other hours, went to somebody else or is due later. */
  | { kind: 'covered'; handoffId: HandoffId; rep: PersonId; why: Why }
  /** They let so many cards in a row pass and get no more. */
  | { kind: 'setAway'; missed: number }
  | { kind: 'repSetAway'; rep: PersonId; missed: number }
  /** A chat lets nobody be written to until somebody does something about it. */
  | { kind: 'shutOut'; platform: Platform; why: string }
  /** HubSpot does not let the bot use sequences; or not those of this rep. */
  | { kind: 'introsBlocked'; rep: PersonId | null }
  /** The policy wants HubSpot's Lead object kept, which cannot be. */
  | { kind: 'noLeadRecords'; why: string }
  /** A lead that they held is no more. */
  | { kind: 'erased' }
  /** So many pauses of nurture had been switched off in HubSpot, or on, and are as they should be again. */
  | { kind: 'pausesRepaired'; pausedAgain: number; resumedAgain: number }
  /** No timer was looked at meanwhile. */
  | { kind: 'clockStood'; from: Date; until: Date };

/** What an item is made from, and whether its target was missed. */
export type BulletinView = Pick<CardView, 'handoff' | 'lead' | 'policy'> & { missed: boolean };

/** What somebody is told in one message: leads that still wait for somebody, and whatever else there is. */
export type BulletinContent = {
  views: readonly BulletinView[];
  /** Leads that come to the reader by it. */
  digest: readonly DigestView[];
  others: readonly News[];
  names: Names;
  words: Words;
  now: Date;
};

/** So many items fit a message that somebody reads. */
const itemsMax = 15;

export function bulletinOf(content: BulletinContent): Bulletin {
  const items = content.views
    .flatMap((view) => itemOf(view, content) ?? [])
    .toSorted((a, b) => a.due.getTime() - b.due.getTime());
  const chapters = [
    ...digestChapter(content.digest, content.words),
    ...content.others.flatMap((news) => chapterOf(news, content) ?? []),
    ...coveredChapters(content),
    ...missedChapter(items.filter(({ missed }) => missed).length, content.words),
  ];
  const [first, ...rest] = chapters;
  return {
    language: content.words.language,
    title: first?.title ?? content.words.text('bulletins.nothing'),
    // The heading of the first is the title of the message.
    text: joined(
      [first?.text ?? [], ...rest.map(({ title, text }) => line`${bold(`${title}.`)} ${text}`)],
      '\n',
    ),
    // The latest leads are the ones that can still be saved.
    items: items.slice(-itemsMax).map(({ item }) => item),
    sections: digestRows(content.digest, content.words),
    ...(content.others.some(({ kind }) => kind === 'setAway') && {
      actions: [{ kind: 'say', words: 'back', label: content.words.text('absence.imBack') }],
    }),
  };
}

type Chapter = { title: string; text: Line };

function chapterOf(news: News, { names, words }: BulletinContent): Chapter | null {
  switch (news.kind) {
    case 'setAway':
      return {
        title: words.text('absence.pausedTitle'),
        text: words.line('absence.paused', { count: news.missed }),
      };
    case 'repSetAway':
      return {
        title: words.text('absence.repPausedTitle', { rep: names.get(news.rep) ?? news.rep }),
        text: words.line('absence.repPaused', { count: news.missed }),
      };
    case 'clockStood': {
      const { from, until } = news;
      const stood = words.duration((until.getTime() - from.getTime()) / 60_000);
      const text = words.line('bulletins.clock', { from: dateTime(from), until: dateTime(until), stood });
      return { title: words.text('bulletins.clockTitle'), text };
    }
    case 'shutOut':
      return {
        title: words.text('bulletins.shutOutTitle', { chat: chatNames[news.platform] }),
        text: words.line('bulletins.shutOut', { why: news.why }),
      };
    case 'introsBlocked':
      return news.rep
        ? {
            title: words.text('bulletins.noIntroForTitle', { rep: names.get(news.rep) ?? news.rep }),
            text: words.line('bulletins.noIntroFor'),
          }
        : {
            title: words.text('bulletins.noIntroTitle'),
            text: words.line('bulletins.noIntro', { scopes: words.list(introScopes) }),
          };
    case 'noLeadRecords':
      return {
        title: words.text('bulletins.noRecordsTitle'),
        text: words.line('bulletins.noRecords', { why: news.why }),
      };
    case 'erased':
      return { title: words.text('bulletins.erasedTitle'), text: words.line('bulletins.erased') };
    case 'pausesRepaired':
      return {
        title: words.text('bulletins.pausesTitle'),
        text: words.line('bulletins.pauses', {
          property: bold(pausedProperty),
          paused: words.text('bulletins.leads', { count: news.pausedAgain }),
          resumed: words.text('bulletins.leads', { count: news.resumedAgain }),
          command: bold('handoff suppressions pause'),
        }),
      };
    // All news of these kinds make one chapter together, below.
    case 'covered':
    case 'missed':
    case 'digest':
    // These have a message of their own.
    case 'called':
      return null;
    default:
      return news satisfies never;
  }
}

const introScopes = ['automation.sequences.read', 'automation.sequences.enrollments.write'];
const pausedProperty = 'handoff_nurture_paused';

function coveredChapters({ others, names, words }: BulletinContent): Chapter[] {
  const covered = others.filter((news) => news.kind === 'covered');
  return [...new Set(covered.map(({ rep }) => rep))].map((rep) => {
    const theirs = covered.filter((news) => news.rep === rep);
    const why = theirs[0] && saidOf(person(rep, names), theirs[0].why, words);
    return {
      title: words.text('bulletins.coveredTitle', { count: theirs.length, rep: names.get(rep) ?? rep }),
      text: why ? words.line('bulletins.coveredWhy', { why }) : words.line('bulletins.covered'),
    };
  });
}

function missedChapter(count: number, words: Words): Chapter[] {
  if (count === 0) return [];
  const said = words.line('bulletins.missed', { count });
  const left = count - itemsMax;
  return [
    {
      title: words.text('bulletins.missedTitle', { count }),
      text: left > 0 ? words.line('bulletins.missedMore', { said, shown: itemsMax, left }) : said,
    },
  ];
}

function itemOf(
  view: BulletinView,
  { names, words }: BulletinContent,
): { due: Date; missed: boolean; item: BulletinItem } | null {
  const ticking = running(view.handoff);
  if (!ticking) return null;
  const { due, rep } = ticking;
  const text = words.line('bulletins.due', { due: dateTime(due), rep: person(rep, names) });
  return {
    due,
    missed: view.missed,
    item: { title: titleOf(view), text, handoffId: view.handoff.id },
  };
}
