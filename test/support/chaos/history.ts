import { postgresHandoffs } from '../../../src/adapters/postgres/handoffs.ts';
import { begin, evolve, type Handoff, type Logged } from '../../../src/domain/handoff/handoff.ts';
import type { HandoffView } from '../../../src/flow/ports/handoffs.ts';
import type { TestDatabase } from '../database.ts';

/** An event, and how the handoff stood after it. */
export type Step = Logged & { after: Handoff };

/** A handoff as it is stored, and what its log says of how it came there. */
export type History = HandoffView & { steps: readonly Step[] };

/** Every handoff of the database, the one that qualified first at the beginning. */
export async function readHistories(database: TestDatabase): Promise<History[]> {
  const handoffs = postgresHandoffs(database);
  const rows = await database.prisma.handoff.findMany({ orderBy: [{ qualifiedAt: 'asc' }, { id: 'asc' }] });
  const views = await Promise.all(rows.map(({ id }) => handoffs.view(id)));
  return views.flatMap((view) => (view ? [{ ...view, steps: replay(view) }] : []));
}

function replay({ handoff, log }: HandoffView): Step[] {
  const [first, ...rest] = log;
  if (first?.event.type !== 'offered')
    throw new Error(`${handoff.id} begins with ${first?.event.type}, expected offered`);
  const { id, leadId, trigger, policyVersion, targets, qualifiedAt, heardAt } = handoff;
  const facts = { id, leadId, trigger, policyVersion, targets, qualifiedAt, ...(heardAt && { heardAt }) };
  let state = begin(facts, first.event);
  return [
    { ...first, after: state },
    ...rest.map((logged) => {
      state = evolve(state, logged.event, logged.at, logged.by);
      return { ...logged, after: state };
    }),
  ];
}
