import { type HandoffId, running } from '../handoff/handoff.ts';
import { chatNames, type PersonId, type Platform } from '../policy/policy.ts';
import { inWords } from '../time/duration.ts';
import { bold, dateTime, joined, type Line, line, type Names, person } from '../words/line.ts';
import type { Why } from '../words/reason.ts';
import { saidOf } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import type { CardView, Section } from './card.ts';
import { titleOf } from './card-parts.ts';
import { type DigestView, digestChapter, digestRows } from './digest.ts';
import type { ReplyAction } from './reply-action.ts';

/** A message to one person about more than one handoff, or none, for any chat platform. */
export type Bulletin = {
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
    ...missedChapter(items.filter(({ missed }) => missed).length),
  ];
  const [first, ...rest] = chapters;
  return {
    title: first?.title ?? 'Nothing new',
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
      const stood = inWords((news.until.getTime() - news.from.getTime()) / 60_000);
      return {
        title: 'The clock stood still',
        text: line`From ${dateTime(news.from)} to ${dateTime(news.until)} (${stood}). Everything due was done now.`,
      };
    }
    case 'shutOut':
      return {
        title: `${chatNames[news.platform]} keeps the bot out`,
        text: line`No card gets there until somebody changes it: ${news.why}. Whoever can be reached in another chat gets theirs there; the others' leads wait, and their targets run on.`,
      };
    case 'introsBlocked':
      return news.rep
        ? {
            title: `No intro goes out for ${names.get(news.rep) ?? news.rep}`,
            text: line`In HubSpot they may not use sequences: that takes a seat of Sales or Service Hub, Professional or above, and the permission. Everything else goes on.`,
          }
        : {
            title: 'No intro goes out',
            text: line`HubSpot does not let the bot use sequences: give its app the scopes ${introScopes}. Everything else goes on.`,
          };
    case 'noLeadRecords':
      return {
        title: 'No leads are kept in HubSpot’s Lead object',
        text: line`The policy asks for it by lead_object, but: ${news.why}. Everything else goes on. Change that, or take it out of the policy.`,
      };
    case 'erased':
      return {
        title: 'A lead of yours was erased',
        text: line`At their request nothing is kept of them any more. You need not do anything about it.`,
      };
    case 'pausesRepaired':
      return {
        title: 'Nurture was not as it should be',
        text: line`In HubSpot somebody, or a workflow, had switched ${bold(pausedProperty)} off for ${leadsOf(news.pausedAgain)} that sales has, and on for ${leadsOf(news.resumedAgain)} without a cause. It is put right. To pause a lead by hand use ${bold('handoff suppressions pause')}; further repairs of today are in the log.`,
      };
    // All news of these kinds make one chapter together, below.
    case 'covered':
    case 'missed':
    case 'digest':
      return null;
    default:
      return news satisfies never;
  }
}

const introScopes = 'automation.sequences.read and automation.sequences.enrollments.write';
const pausedProperty = 'handoff_nurture_paused';

function leadsOf(count: number): string {
  return count === 1 ? '1 lead' : `${count} leads`;
}

function coveredChapters({ others, names, words }: BulletinContent): Chapter[] {
  const covered = others.filter((news) => news.kind === 'covered');
  return [...new Set(covered.map(({ rep }) => rep))].map((rep) => {
    const theirs = covered.filter((news) => news.rep === rep);
    const leads = theirs.length === 1 ? 'A lead' : `${theirs.length} leads`;
    const why = theirs[0] ? line`${saidOf(person(rep, names), theirs[0].why, words)}. ` : [];
    return {
      title: `${leads} of ${names.get(rep) ?? rep}`,
      text: line`${why}What they had not answered went to others; what they had accepted is due later.`,
    };
  });
}

function missedChapter(count: number): Chapter[] {
  if (count === 0) return [];
  const left = count - itemsMax;
  const more = left > 0 ? line` These are the latest ${itemsMax}, and ${left} more passed before them.` : [];
  return [
    {
      title: `${count === 1 ? '1 lead' : `${count} leads`} passed ${count === 1 ? 'its' : 'their'} target while I could not tell you`,
      text: line`${count === 1 ? 'It still waits' : 'They still wait'}: show a card to act on it.${more}`,
    },
  ];
}

function itemOf(
  view: BulletinView,
  { names }: BulletinContent,
): { due: Date; missed: boolean; item: BulletinItem } | null {
  const ticking = running(view.handoff);
  if (!ticking) return null;
  const { due, rep } = ticking;
  const text = line`due ${dateTime(due)}, with ${person(rep, names)}`;
  return {
    due,
    missed: view.missed,
    item: { title: titleOf(view), text, handoffId: view.handoff.id },
  };
}
