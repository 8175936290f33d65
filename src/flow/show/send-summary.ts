import type { HomeView } from '../../domain/home/home-view.ts';
import { morningSummary, type Summary } from '../../domain/home/morning-summary.ts';
import type { SummaryKind } from '../../domain/home/summary-readers.ts';
import { type WeekFacts, weekSummary } from '../../domain/home/week-summary.ts';
import { noAssignments, noHandoffs, type Tally } from '../../domain/measure/tally.ts';
import type { PersonId, Policy, Summaries } from '../../domain/policy/policy.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import { zoneAt } from '../../domain/time/calendar.ts';
import { lastWeek } from '../../domain/time/reported-period.ts';
import type { Why } from '../../domain/words/reason.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { keepMeasured } from '../measure/keep-measured.ts';
import { mentionsIn } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Cards } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Holds } from '../ports/inbox.ts';
import type { JobRef } from '../ports/jobs.ts';
import type { Measures } from '../ports/measures.ts';
import type { Observe } from '../ports/observe.ts';
import type { Runs } from '../ports/time.ts';
import { type HomeNeeds, homeNow } from './home-view.ts';
import { tellPerson } from './tell-person.ts';

type Needs = HomeNeeds & {
  cards: Pick<Cards, 'noteSaid'>;
  handoffs: Pick<Handoffs, 'snapshots'>;
  holds: Pick<Holds, 'list'>;
  measures: Measures;
  runs: Runs;
  chats: readonly Chat[];
  observe: Observe;
};

/** A summary that comes later than that tells of a day that has begun without it: the next one is better. */
export const summaryLateMs = 2 * 3_600_000;

/** What has somebody told what waits for them, or of their week, since it was due. */
export function summaryJob(kind: SummaryKind, due: Date, person: PersonId): Pick<JobRef, 'task' | 'key'> {
  return { task: 'summary', key: `${kind} ${due.toISOString()} ${person}` };
}

/** Sends somebody a summary, unless they want none, or there is nothing in it. */
export function sendSummary(needs: Needs) {
  return async ({ key, again }: { key: string; again: boolean }): Promise<void> => {
    const [kind = '', since = '', person = ''] = key.split(' ');
    const due = new Date(since);
    const { summaries } = needs.policy();
    if (!summaries || needs.clock().getTime() - due.getTime() > summaryLateMs) return;
    const { view, people } = await homeNow(person, null, needs);
    if (people.some(({ id, summaryOff }) => id === person && summaryOff)) return;
    const summary = await contentOf(kind, due, { summaries, view }, needs);
    if (!summary?.(view)) return;
    const mark = { bulletinId: `summary ${kind} ${since}` };
    let about: Summary['about'] = [];
    const sent = await tellPerson(person, needs, async ({ chat, conversationId }) => {
      const words = wordsFor(person, chat.platform, { people, policy: view.policy });
      const told = summary({ ...view, words }) as Summary;
      about = told.about;
      const found = again ? await chat.findBulletin(conversationId, mark) : null;
      const mentions = mentionsIn(chat.platform, people);
      return found ?? chat.postBulletin(conversationId, told.bulletin, mark, mentions);
    });
    if ('why' in sent) {
      needs.observe({ what: 'bulletinUndeliverable', why: whyForOperators(sent.why) });
      return;
    }
    await needs.cards.noteSaid({ ...sent, leadIds: about });
    needs.observe({ what: 'bulletin', platform: sent.platform, news: 1 });
  };
}

/** What is told, in the words of whichever chat it is told in; null: it comes no more. */
async function contentOf(
  kind: string,
  due: Date,
  { summaries: { reps, managers }, view }: { summaries: Summaries; view: HomeView },
  needs: Needs,
): Promise<((view: HomeView) => Summary | null) | null> {
  if (kind === 'morning') return reps === null ? null : (seen) => morningSummary(seen, reps);
  if (managers === null) return null;
  const facts = await weekFacts(due, managers, view, needs);
  return (seen) => weekSummary(facts, seen);
}

const nothing: Tally = { ...noAssignments, ...noHandoffs };

async function weekFacts(
  due: Date,
  weekly: NonNullable<Summaries['managers']>,
  { reader, policy, now }: HomeView,
  needs: Needs,
): Promise<WeekFacts> {
  const { measures } = needs;
  const zone = zoneAt(hoursOf(policy, reader), due);
  const week = lastWeek({ weekly, zone }, due);
  const teams = policy.teams.filter(({ manager }) => manager === reader).map(({ name }) => name);
  await keepMeasured(needs);
  const [period, before] = [
    { ...week.period, teams },
    { ...week.before, teams },
  ];
  const [tallies, earlier, sentBack, held] = await Promise.all([
    measures.tallies(period, null, now),
    measures.tallies(before, null, now),
    measures.sentBack(period),
    heldFor(reader, policy, needs),
  ]);
  return {
    ...{ week, zone, sentBack, held },
    tally: tallies.get(null) ?? nothing,
    before: earlier.get(null) ?? nothing,
  };
}

/** Those that wait for a team of theirs; the fallback and the admins see to all others. */
async function heldFor(
  reader: PersonId,
  policy: Policy,
  { holds, handoffs }: Needs,
): Promise<WeekFacts['held']> {
  const reads = readsOf(policy, reader);
  const theirs = (await holds.list()).filter(({ because }) => {
    const team = teamIn(because);
    return reads === 'everybody' || (team !== null && reads?.includes(team));
  });
  const leads = await handoffs.snapshots(theirs.map(({ leadId }) => leadId));
  return theirs.flatMap(({ leadId, since, because }) => {
    const lead = leads.get(leadId);
    return lead ? [{ lead, since, because }] : [];
  });
}

/** The team of which nobody is there. */
function teamIn(why: Why): string | null {
  if (typeof why === 'string') return null;
  if (why.kind === 'under') return teamIn(why.found);
  return why.kind === 'nobodyOf' ? why.team : null;
}
