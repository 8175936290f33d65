import type { LeadId } from '../../../src/domain/lead/lead.ts';
import { whyForOperators } from '../../../src/domain/words/why.ts';
import type { Settlement } from '../../../src/flow/ports/arrivals.ts';
import type { Balance } from '../../../src/flow/ports/handoffs.ts';
import type { Decision, Hold } from '../../../src/flow/ports/inbox.ts';
import { ann, type Begun, bea, boss, lead, type Waiting } from './given.ts';
import type { Stores } from './stores.ts';

type Arrivals = Pick<Stores, 'arrivals'>;

/** Opens a handoff, or lets the lead wait, as intake does: on what others left behind, and again when one was faster. */
export async function open(
  { arrivals }: Arrivals,
  leadIds: readonly LeadId[],
  events: readonly bigint[],
  source: string | null,
  at: Date,
  decide: (balance: Balance) => Begun | Waiting,
): Promise<'opened' | 'openAlready' | Waiting> {
  for (;;) {
    const [known] = await arrivals.known([leadIds]);
    if (known?.earlier.some(({ closedAt }) => closedAt === null)) return 'openAlready';
    const standings = await arrivals.standings(leadIds, [ann, bea, boss], at);
    const excluded = new Map(leadIds.flatMap((id) => [...(standings.excluded.get(id) ?? [])]));
    const decided = decide({ ...standings, excluded });
    const turns = 'credits' in decided && decided.credits ? [decided.credits] : [];
    const settlement = {
      ...settlementOf(leadIds, events, decided),
      lead: source === null ? null : fromSource(leadIds[0], source),
    };
    if (!(await arrivals.settle([settlement], turns, standings, at))) continue;
    return 'hold' in decided ? decided : 'opened';
  }
}

/** What is kept of a lead about which it was decided so. */
export function settlementOf(
  ids: readonly LeadId[],
  events: readonly bigint[],
  decided: Begun | Waiting,
): Omit<Settlement, 'lead'> {
  const { decision } = decided;
  const { reason } = decision;
  if ('hold' in decided) {
    const { hold } = decided;
    return {
      ids,
      events,
      decided: { decision: 'held', reason: whyForOperators(reason) },
      decision,
      outcome: { hold },
      job: null,
    };
  }
  const { handoff, events: happened, timers, news, heardBy } = decided;
  const opening = { handoff, events: happened, timers, news, heardBy };
  return {
    ids,
    events,
    decided: { decision: 'handoff', reason: whyForOperators(reason), handoffId: handoff.id },
    decision,
    outcome: { opening },
    job: null,
  };
}

function fromSource(id = lead.id, original: string) {
  return { ...lead, id, source: { ...lead.source, original } };
}

const nothing = { events: [], job: null, lead: null, decided: { decision: 'held', reason: '' } } as const;
const at = new Date(0);

export async function letWait({ arrivals }: Arrivals, hold: Hold): Promise<void> {
  const { leadId } = hold;
  const waits = { ...nothing, ids: [leadId], decision: null, outcome: { hold } };
  await arrivals.settle([waits], [], { versions: new Map() }, at);
}

export async function waitsNoMore({ arrivals }: Arrivals, ids: readonly LeadId[]): Promise<void> {
  const released = { ...nothing, ids, decision: null, outcome: { released: true } } as const;
  await arrivals.settle([released], [], { versions: new Map() }, at);
}

export async function keepDecision({ arrivals }: Arrivals, decision: Decision): Promise<void> {
  const decided = { ...nothing, ids: [], decision, outcome: { released: true } } as const;
  await arrivals.settle([decided], [], { versions: new Map() }, at);
}
