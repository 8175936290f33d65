import type { Bulletin } from '../../domain/card/bulletin.ts';
import type { Section } from '../../domain/card/card.ts';
import { chatNames, type PersonId, type Platform, type Policy } from '../../domain/policy/policy.ts';
import { askedAs, type Compared, lastWeek } from '../../domain/time/reported-period.ts';
import { bold } from '../../domain/words/line.ts';
import type { Why } from '../../domain/words/reason.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { wordsIn } from '../../domain/words/words.ts';
import { reportOf } from '../answer/sent-back.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Outbox } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { JobRef } from '../ports/jobs.ts';
import type { MarketingPast } from '../ports/marketing.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, Runs } from '../ports/time.ts';
import { tellOfObstacle } from './obstacles.ts';
import { tellPerson } from './tell-person.ts';

type Needs = {
  marketing: MarketingPast;
  runs: Runs;
  outbox: Outbox;
  directory: Directory;
  chats: readonly Chat[];
  policy: () => Policy;
  clock: Clock;
  observe: Observe;
};

/** What has one reader, which is a person or a channel, told of the week whose report is due since then. */
export function reportJob(due: Date, reader: string): Pick<JobRef, 'task' | 'key'> {
  return { task: 'report', key: `${due.toISOString()} ${reader}` };
}

/**
 * Reports a week to a channel, or to one of marketing's people. A channel that cannot be told is no reason to learn nothing:
 * the people are told instead, and of the channel as well.
 */
export function sendReport(needs: Needs) {
  return async ({ key, again }: { key: string; again: boolean }): Promise<void> => {
    const policy = needs.policy();
    const { marketing } = policy;
    const [since = '', reader = ''] = key.split(' ');
    if (!marketing) return;
    const due = new Date(since);
    const week = lastWeek(marketing, due);
    const { channel, people } = marketing;
    const post = async (chat: Chat, conversationId: string) => {
      const mark = { bulletinId: `report ${since}` };
      const found = again ? await chat.findBulletin(conversationId, mark) : null;
      if (found) return found;
      const person = reader === channel?.id ? null : reader;
      const of = { policy, zone: marketing.zone, platform: chat.platform, person };
      const bulletin = await bulletinOf(week, of, needs);
      return chat.postBulletin(conversationId, bulletin, mark, new Map());
    };
    if (reader === channel?.id) {
      const why = await refusalOf(channel, post, needs);
      if (why === null) return;
      needs.observe({ what: 'bulletinUndeliverable', why: `channel ${channel.id}: ${whyForOperators(why)}` });
      await needs.runs.begin(
        'report in person',
        due,
        people.map((person) => reportJob(due, person)),
      );
    } else if (people.includes(reader) && (channel || !(await wantsNone(reader, needs)))) {
      // That the channel could not be told they hear in any case.
      await tellSomebody(reader, post, needs);
    }
  };
}

async function wantsNone(person: PersonId, { directory }: Needs): Promise<boolean> {
  return (await directory.people()).some(({ id, summaryOff }) => id === person && summaryOff);
}

type Post = (chat: Chat, conversationId: string) => Promise<string>;

/** Why a channel cannot be told, for good; null: it was told. */
async function refusalOf(
  { platform, id }: { platform: Platform; id: string },
  post: Post,
  needs: Needs,
): Promise<Why | null> {
  const chat = needs.chats.find((candidate) => candidate.platform === platform);
  if (!chat) return { kind: 'notConnected', chat: chatNames[platform] };
  try {
    await post(chat, id);
    needs.observe({ what: 'bulletin', platform, news: 1 });
    return null;
  } catch (cause) {
    if (cause instanceof PermanentFailure) return cause.why ?? cause.code;
    await tellOfObstacle(cause, platform, needs);
    throw cause;
  }
}

async function tellSomebody(person: PersonId, post: Post, needs: Needs): Promise<void> {
  const sent = await tellPerson(person, needs, ({ chat, conversationId }) => post(chat, conversationId));
  if ('why' in sent) needs.observe({ what: 'bulletinUndeliverable', why: whyForOperators(sent.why) });
  else needs.observe({ what: 'bulletin', platform: sent.platform, news: 1 });
}

/** @param of `person`: who reads it; null: a channel */
async function bulletinOf(
  week: Compared,
  of: { policy: Policy; zone: string; platform: Platform; person: PersonId | null },
  needs: Needs,
): Promise<Bulletin> {
  const { policy, zone, platform, person } = of;
  const lost = person === null ? undefined : policy.marketing?.channel?.id;
  const { title, headline, sections } = await reportOf(week, { ...of, teams: null }, needs);
  const dates = askedAs(week.period, zone);
  const typed = `sent-back ${dates}`;
  const inLanguage = wordsIn(of.policy.language);
  const inChat = platform === 'slack' ? `/handoff ${typed}` : typed;
  const more: Section = {
    kind: 'text',
    title: inLanguage.text('bulletins.otherDaysTitle'),
    text: inLanguage.line('bulletins.otherDays', {
      words: bold(inChat),
      command: bold(`handoff sent-back --csv --since ${dates}`),
    }),
  };
  const instead: Section[] = lost
    ? [
        {
          kind: 'text',
          title: inLanguage.text('bulletins.insteadTitle'),
          text: inLanguage.line('bulletins.instead', { channel: lost }),
        },
      ]
    : [];
  const bulletin = {
    language: inLanguage.language,
    title,
    text: headline,
    items: [],
    sections: [...sections, ...instead, more],
  };
  if (person === null || lost) return bulletin;
  const words = wordsFor(person, platform, { people: await needs.directory.people(), policy });
  return {
    ...bulletin,
    actions: [{ kind: 'say', words: 'summary', label: words.text('summaries.change') }],
  };
}
