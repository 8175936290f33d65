import { whoIs } from '../lead/who-is.ts';
import { alsoHere } from './also-here.ts';
import { openDeals } from './deals-known.ts';
import { type Fact, type Told, toldOnce } from './fact.ts';
import { withFilledIn } from './filled-in.ts';
import { lastTimes } from './last-times.ts';
import { lastWord } from './last-word.ts';
import { type Openers, openers, theirWords } from './openers.ts';
import { type OwnWords, ownWords } from './own-words.ts';
import { type Reach, reach } from './reach.ts';
import { type Group, rest } from './rest.ts';
import { signals } from './signals.ts';
import { type Summary, summary } from './summary.ts';
import type { BriefingView } from './view.ts';
import { whatTheyAre } from './what-they-are.ts';
import { type WhyNow, whyNow } from './why-now.ts';

/**
 * What a rep must know before the first call, in the order in which they need it. What is not known is left out, and
 * nothing is told twice: each fact stands in one place.
 */
export type Briefing = {
  /** "Maya Chen · Brightwater Logistics" */
  who: string;
  company: string | null;
  /** "VP Revenue Operations · Trucking, 640 people · Illinois" */
  role: Told | null;
  /** What they did, to be followed by when: "filled in “Request a demo”" */
  whyNow: WhyNow | null;
  words: OwnWords | null;
  /** "Signals pricing 3× this week, compared you with Northstar" */
  signals: Told | null;
  /** How it was before, the weightiest first, two lines at most: "Last word Oct 28, by email: “We look at tools in Q4.”" */
  memory: readonly Told[];
  reach: Reach;
  summary: Summary | null;
  /** In the lead's language where there are words for it, else in the reader's. */
  openers: Openers;
  /** Behind the fold. */
  more: readonly Group[];
  /** What HubSpot does not share of this lead. */
  notShared: string | null;
};

const mostMemories = 2;

/** Condenses what is known to what fits between two calls. */
export function brief(known: BriefingView): Briefing {
  const view = { ...known, lead: withFilledIn(known.lead, known.log) };
  const { lead } = view;
  const once = toldOnce();
  const role = whatTheyAre(view, once);
  const why = whyNow(view, once);
  const { quote, answers } = ownWords(view, why, once);
  const signs = signals(view, why, once);
  const lastTold = why?.facts[0]?.source;
  const memories = [
    ...lastTimes(view, once),
    alsoHere(view, once),
    openDeals(view, once),
    lastWord(view, lastTold?.kind === 'activity' ? lastTold.id : null, once),
  ].filter((told) => told !== null);
  const reached = reach(view, once);
  const memory = memories.slice(0, mostMemories);
  const inSight = [role, why, signs, ...memories].flatMap((told) => told?.facts ?? []);
  const before = memories.slice(mostMemories).flatMap(({ facts }) => facts);
  return {
    who: whoIs(lead),
    company: lead.account?.name ?? lead.company,
    role,
    whyNow: why,
    words: quote,
    signals: signs,
    memory,
    reach: reached,
    summary: summary(view),
    openers: openers({ ...view, quote: quote?.fact.value ?? null }, theirWords(view)),
    more: rest(view, { answers, before, told: inSight }, once),
    notShared: notShared(view),
  };
}

/** All facts, in their order. */
export function factsIn({
  role,
  whyNow: why,
  words,
  signals: signs,
  memory,
  reach: to,
  more,
}: Briefing): Fact[] {
  const told = [role, why, signs, ...memory, ...to.flags].flatMap((one) => one?.facts ?? []);
  const single = [words?.isWhole ? words.fact : null, to.phone, to.email].filter((fact) => fact !== null);
  return [...told, ...single, ...more.flatMap(({ facts }) => facts)];
}

/** Of a visit HubSpot names the last page alone. */
function notShared({ lead, words }: BriefingView): string | null {
  const count = lead.pages.reduce((sum, { before = 0 }) => sum + before, 0);
  return count > 0 ? words.text('briefing.unnamedPages', { count }) : null;
}
