import { randomUUID } from 'node:crypto';
import { begin, type Handoff, type Logged, offer } from '../../domain/handoff/handoff.ts';
import { cappedIn, type Policy } from '../../domain/policy/policy.ts';
import { type Judgement, judge } from '../../domain/routing/judge.ts';
import { qualify } from '../../domain/routing/qualify.ts';
import type { Standing } from '../../domain/routing/route.ts';
import { timersFor } from '../change.ts';
import type { Opened, Settlement, Standings } from '../ports/arrivals.ts';
import type { Balances, HandoffView, Opening } from '../ports/handoffs.ts';
import type { Decision, EventDecision } from '../ports/inbox.ts';
import { availabilityIn } from '../with-routing.ts';
import { type Candidate, type IntakeNeeds, noteFound, type Settled } from './arrival.ts';
import { writeReasons } from './tell-holds.ts';

/**
 * Judges a lot of leads one after the other, each knowing what those before it leave behind, and keeps what came of them
 * at once; all over again when somebody else was faster.
 */
export async function settle(
  lot: readonly Candidate[],
  needs: IntakeNeeds,
): Promise<Map<Candidate, Settled>> {
  let candidates = lot;
  for (;;) {
    const settled = await attempt(candidates, needs);
    if (settled) return settled;
    const known = await needs.arrivals.known(candidates.map(({ ids }) => ids));
    candidates = candidates.map((candidate, place) => {
      const { events } = candidate.known;
      return { ...candidate, known: { ...(known[place] ?? candidate.known), events } };
    });
  }
}

/** @returns null when somebody was faster, and nothing is kept */
async function attempt(
  candidates: readonly Candidate[],
  needs: IntakeNeeds,
): Promise<Map<Candidate, Settled> | null> {
  if (candidates.length === 0) return new Map();
  const now = needs.clock();
  const policy = needs.policy();
  const standings = await standingsFor(candidates, policy, needs, now);
  const moment = momentAfter(standings, await availabilityIn(needs.directory, policy, now));
  const judged = candidates.map((candidate) => {
    const { lead, ids } = candidate;
    const judgement = judge(lead, policy, historyOf(candidate), moment.of(ids), now);
    moment.note(judgement);
    return { candidate, judgement, settlement: settlementOf(candidate, judgement, policy, now) };
  });

  // Marketing hears that a lead waits no more before that is forgotten here.
  const freed = judged.filter(
    ({ candidate: { known, carried }, judgement }) =>
      known.hold && judgement.verdict === 'ignored' && !carried,
  );
  const failed = await writeReasons(
    freed.map(({ candidate }) => ({ leadId: candidate.lead.id, because: null })),
    needs,
  );
  const kept = judged.filter(({ candidate }) => !failed.has(candidate.lead.id));
  const opened = await needs.arrivals.settle(
    kept.map(({ settlement }) => settlement),
    moment.turns(),
    standings,
    now,
  );
  if (!opened) return null;
  for (const one of kept) announce(one, opened, needs);
  return new Map(
    judged.map(({ candidate, settlement }): [Candidate, Settled] => {
      const { id } = candidate.lead;
      const came = failed.has(id) ? { failed: failed.get(id) } : afterwards(candidate, settlement);
      return [candidate, came];
    }),
  );
}

function afterwards({ known }: Candidate, { outcome, job }: Settlement): Settled {
  if (!('hold' in outcome)) return job ? 'ended' : 'done';
  const { leadId, because } = outcome.hold;
  const isTold = known.hold?.told === true && known.hold.leadId === leadId && known.hold.because === because;
  return isTold ? 'done' : { tell: { leadId, because } };
}

/** Only a lead that qualifies has to be assigned. */
async function standingsFor(
  candidates: readonly Candidate[],
  policy: Policy,
  { arrivals }: IntakeNeeds,
  now: Date,
): Promise<Standings> {
  const qualified = candidates.filter(
    (candidate) => qualify(candidate.lead, policy, historyOf(candidate), now).verdict === 'qualified',
  );
  if (qualified.length === 0) {
    return { credits: new Map(), versions: new Map(), load: new Map(), excluded: new Map() };
  }
  return arrivals.standings(
    qualified.flatMap(({ ids }) => ids),
    cappedIn(policy),
    now,
  );
}

function historyOf({ known: { earlier, workflows, hold } }: Candidate) {
  return { earlier, workflows, heldSince: hold?.since ?? null };
}

/** What assigning depends on, as each lead of a lot leaves it to the next. */
function momentAfter(
  { credits: before, load: loadBefore, excluded }: Standings,
  presence: Pick<Standing, 'peopleByOwner' | 'inactive' | 'absences'>,
) {
  const credits = new Map(before);
  const load = new Map(loadBefore);
  const taken = new Set<string>();
  return {
    of: (ids: readonly string[]): Standing => ({
      ...presence,
      credits,
      load,
      excluded: new Map(ids.flatMap((id) => [...(excluded.get(id) ?? [])])),
    }),
    note: (judgement: Judgement): void => {
      if (judgement.verdict !== 'handoff') return;
      const { rep, at } = judgement.assignment;
      const { open, givenAt } = load.get(rep) ?? { open: 0, givenAt: [] };
      load.set(rep, { open: open + 1, givenAt: [...givenAt, at] });
      if (!judgement.credits) return;
      credits.set(judgement.credits.pool, judgement.credits.after);
      taken.add(judgement.credits.pool);
    },
    turns: (): Balances[] => [...taken].map((pool) => ({ pool, after: credits.get(pool) ?? new Map() })),
  };
}

/** Somebody of a team may be free earlier than anybody could tell: after a cap, or an absence that ends. */
const lookAgainMs = 3_600_000;

function settlementOf(
  { arrival, lead, ids, known, carried }: Candidate,
  judgement: Judgement,
  policy: Policy,
  now: Date,
): Settlement {
  const events = known.events.map(({ id }) => id);
  const common = { lead, ids, events };
  // That an earlier deal is won keeps nobody from qualifying anew; all else is about a lead that sales has now.
  if (carried && (judgement.verdict === 'ignored' || carried.found.some((what) => what !== 'deal won'))) {
    const decided = { decision: 'handoff', reason: carried.found.join(', '), handoffId: carried.handoffId };
    return {
      ...common,
      ids: ids.slice(1),
      decided: decided as EventDecision,
      decision: null,
      outcome: { released: true },
      job: arrival.job,
    };
  }
  const { reason, considered } = judgement;
  const facts = { leadId: lead.id, at: now, policyVersion: policy.version, reason, considered };
  if (judgement.verdict === 'handoff') {
    const opening = openingOf(lead.id, judgement, policy, now);
    const { id: handoffId } = opening.handoff;
    const { reasons } = judgement.assignment;
    return {
      ...common,
      decided: { decision: 'handoff', reason, handoffId },
      decision: { ...facts, verdict: 'handoff', handoffId, reasons },
      outcome: { opening },
      job: arrival.job,
    };
  }
  const isForTeam = judgement.verdict === 'held' && judgement.for === 'team';
  const decision: Decision = {
    ...facts,
    verdict: judgement.verdict,
    handoffId: null,
    reasons: isForTeam ? judgement.reasons : [],
  };
  const decided: EventDecision = { decision: judgement.verdict, reason };
  if (judgement.verdict === 'ignored') {
    return { ...common, decided, decision, outcome: { released: true }, job: arrival.job };
  }
  const until = isForTeam ? new Date(Math.min(judgement.until.getTime(), now.getTime() + lookAgainMs)) : null;
  const hold = { leadId: lead.id, since: now, because: judgement.because, until };
  // The job has still to tell HubSpot.
  return { ...common, decided, decision, outcome: { hold }, job: null };
}

function openingOf(
  leadId: string,
  { trigger, since, targets, assignment, reason }: Extract<Judgement, { verdict: 'handoff' }>,
  policy: Policy,
  now: Date,
): Opening {
  const offered = offer(assignment, targets, reason, policy);
  const facts = {
    id: randomUUID(),
    leadId,
    trigger: trigger.name,
    targets,
    policyVersion: policy.version,
    qualifiedAt: since,
  };
  const handoff = begin(facts, offered);
  return { handoff, events: [offered], timers: timersFor(handoff, policy, now), news: [] };
}

/** Tells whoever watches what was decided, and has the first card shown. */
function announce(
  { candidate, settlement }: { candidate: Candidate; settlement: Settlement },
  opened: readonly Opened[],
  { observe, show, clock }: IntakeNeeds,
): void {
  const { arrival, known, lead } = candidate;
  const { decided, outcome } = settlement;
  const handoffId = 'handoffId' in decided ? decided.handoffId : null;
  const events = known.events.length;
  observe({ what: 'decided', leadId: arrival.leadId, decision: decided.decision, events, handoffId });
  if (!('opening' in outcome)) return;
  const { handoff, events: happened } = outcome.opening;
  noteFound(arrival, known, handoff.id, ['lead'], { observe });
  const asked = opened.find((one) => one.handoffId === handoff.id)?.asked ?? null;
  const at = clock();
  const log = happened.map((event, place): Logged => ({ seq: place + 1, at, by: null, event }));
  show({ handoffId: handoff.id, asked, view: newView(handoff, lead, log) });
}

/** Everything about a handoff that has just begun. */
function newView(handoff: Handoff, lead: Candidate['lead'], log: readonly Logged[]): HandoffView {
  const crm = { writtenSeq: 0, contactSeq: 0, taskId: null, touchIds: new Map() };
  return { handoff, lead, log, cards: [], crm };
}
