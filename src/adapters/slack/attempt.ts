import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Answer } from '../../flow/ports/chat.ts';
import { traceOf } from '../log.ts';
import { foreigner, refusal, sorry, unknownAction } from '../refusals.ts';
import type { Sender } from './accounts.ts';
import type { SlackContext } from './context.ts';

/** The answer of a step to a colleague, or an apology when it throws. */
export async function attempt(
  { from, handoffId }: { from: Sender; handoffId: HandoffId },
  step: () => Promise<Answer>,
  { steps }: SlackContext,
): Promise<Answer> {
  try {
    return (await steps.isColleague(from)) ? await step() : refusal(foreigner);
  } catch (error) {
    steps.log.error({ platform: 'slack', handoffId, ...traceOf(error) }, 'an action in Slack failed');
    return refusal(sorry);
  }
}

export function answerUnsupported({ reason }: { reason: string }, { steps }: SlackContext): Answer {
  steps.log.warn({ platform: 'slack', reason }, 'an action in Slack that nobody handles');
  return refusal(unknownAction);
}
