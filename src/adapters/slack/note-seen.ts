import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { traceOf } from '../log.ts';
import type { Sender } from './accounts.ts';
import type { SlackContext } from './context.ts';

/** Nothing that a person waits for depends on it. */
export async function noteSeen(
  from: Sender,
  handoffId: HandoffId | null,
  { steps }: SlackContext,
): Promise<void> {
  try {
    const { userId } = from;
    if (await steps.isColleague(from)) await steps.noteSeen({ platform: 'slack', userId, handoffId });
  } catch (error) {
    steps.log.warn({ platform: 'slack', handoffId, ...traceOf(error) }, 'what somebody saw was not noted');
  }
}
