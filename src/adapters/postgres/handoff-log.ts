import type { HandoffEvent, HandoffId } from '../../domain/handoff/handoff.ts';
import type { Cause } from '../../flow/ports/handoffs.ts';
import { dataOf } from './rows.ts';
import type { Transaction } from './transaction.ts';

/** Adds events to the log. The command's id stands on the first, where the unique index keeps it from a second effect. */
export async function append(
  tx: Transaction,
  handoffId: HandoffId,
  lastSeq: number,
  events: readonly HandoffEvent[],
  { by, at, commandId }: Cause,
): Promise<void> {
  await tx.handoffEvent.createMany({
    data: events.map((event, index) => ({
      ...{ handoffId, at, by, type: event.type, data: dataOf(event) },
      seq: lastSeq + 1 + index,
      commandId: index === 0 ? commandId : null,
    })),
  });
}
