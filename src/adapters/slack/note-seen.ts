import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { traceOf } from '../log.ts';
import type { SlackContext } from './context.ts';

/** Nothing that a person waits for depends on it. */
export async function noteSeen(
  userId: string,
  handoffId: HandoffId | null,
  { steps }: SlackContext,
): Promise<void> {
  try {
    await steps.noteSeen({ platform: 'slack', userId, handoffId });
  } catch (error) {
    steps.log.warn({ platform: 'slack', handoffId, ...traceOf(error) }, 'what somebody saw was not noted');
  }
}
