import type { Handoff, Logged } from '../../domain/handoff/handoff.ts';
import { type Memory, noMemory } from '../../domain/handoff/memory.ts';
import { neverPaused } from '../../domain/handoff/nurture.ts';
import { cappedIn } from '../../domain/policy/people-of.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type Judgement, judge } from '../../domain/routing/judge.ts';
import { qualify } from '../../domain/routing/qualify.ts';
import type { Standing } from '../../domain/routing/route.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import type { Opened, Settlement, Standings } from '../ports/arrivals.ts';
import type { Balances, HandoffView } from '../ports/handoffs.ts';
import { availabilityIn } from '../with-routing.ts';
import { adopted, type Candidate, type IntakeNeeds, noteFound, type Settled } from './arrival.ts';
import { settlementOf } from './settlement.ts';
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
    if (settled) return new Map(lot.map((one, place) => [one, settled[place] ?? 'done']));
    const known = await needs.arrivals.known(candidates.map(({ ids }) => ids));
    candidates = candidates.map((candidate, place) => {
      const { events } = candidate.known;
      return { ...candidate, known: { ...(known[place] ?? candidate.known), events } };
    });
  }
}

/** @returns null when somebody was faster, and nothing is kept */
async function attempt(candidates: readonly Candidate[], needs: IntakeNeeds): Promise<Settled[] | null> {
  if (candidates.length === 0) return [];
  const now = needs.clock();
  const policy = needs.policy();
  const standings = await standingsFor(candidates, policy, needs, now);
  const moment = momentAfter(standings, await availabilityIn(needs.directory, policy, now));
  const judged = candidates.map((candidate) => {
    const { lead, ids } = candidate;
    const judgement = isWithSales(candidate)
      ? null
      : judge(lead, rulesFor(candidate, policy), historyOf(candidate), moment.of(ids), now);
    if (judgement) moment.note(judgement);
    return { candidate, judgement, settlement: settlementOf(candidate, judgement, policy, now) };
  });

  // Marketing hears that a lead waits no more before that is forgotten here.
  const freed = judged.filter(
    ({ candidate: { known }, judgement }) => known.hold && judgement?.verdict === 'ignored',
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
  for (const one of kept) announce(one, opened, standings, needs);
  return judged.map(({ candidate, settlement }) => {
    const { id } = candidate.lead;
    return failed.has(id) ? { failed: failed.get(id) } : afterwards(candidate, settlement);
  });
}

function afterwards({ known }: Candidate, { outcome, job }: Settlement): Settled {
  if (!('hold' in outcome)) return job ? 'ended' : 'done';
  const { leadId, because } = outcome.hold;
  const isTold =
    known.hold?.told === true &&
    known.hold.leadId === leadId &&
    whyForOperators(known.hold.because) === whyForOperators(because);
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
    (candidate) =>
      !isWithSales(candidate) &&
      qualify(candidate.lead, policy, historyOf(candidate), now).verdict === 'qualified',
  );
  if (qualified.length === 0) {
    return {
      credits: new Map(),
      versions: new Map(),
      load: new Map(),
      excluded: new Map(),
      memories: new Map(),
    };
  }
  return arrivals.standings(
    qualified.flatMap(({ ids }) => ids),
    cappedIn(policy),
    now,
    qualified.map(({ lead: { account }, ids }) => ({
      ids,
      companyId: account?.id ?? account?.matchedId ?? null,
    })),
  );
}

/** That an earlier deal is won keeps nobody from qualifying anew; all else that is carried over is about a lead of sales. */
function isWithSales({ carried }: Candidate): boolean {
  return carried?.found.some((what) => what !== 'deal won') ?? false;
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

/** Tells whoever watches what was decided, and has the first card shown. */
function announce(
  { candidate, settlement }: { candidate: Candidate; settlement: Settlement },
  opened: readonly Opened[],
  { memories }: Pick<Standings, 'memories'>,
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
  show({
    handoffId: handoff.id,
    asked,
    view: newView(handoff, lead, log, memories.get(candidate.ids[0] ?? '')),
  });
}

/** Everything about a handoff that has just begun. */
function newView(
  handoff: Handoff,
  lead: Candidate['lead'],
  log: readonly Logged[],
  memory: Memory = noMemory,
): HandoffView {
  const crm = {
    writtenSeq: 0,
    contactSeq: 0,
    taskId: null,
    leadRecordId: null,
    refused: [],
    touchIds: new Map(),
  };
  const nurture = { ...neverPaused, paused: handoff.pause !== null };
  return { handoff, lead, log, cards: [], crm, nurture, memory };
}

/** Of a lead that somebody adopted, nothing is history. */
function rulesFor({ known }: Candidate, policy: Policy): Policy {
  if (!known.events.some(({ type }) => type.startsWith(adopted))) return policy;
  const { startedAt: _, ...qualification } = policy.qualification;
  return { ...policy, qualification };
}
