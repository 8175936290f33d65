import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { line } from '../../domain/words/line.ts';
import type { Answer } from '../../flow/ports/chat.ts';
import { traceOf } from '../log.ts';
import { refusal, sorry, unknownAction } from '../refusals.ts';
import type { Sender } from './accounts.ts';
import type { SlackContext } from './context.ts';
import { turnAway } from './turn-away.ts';

/** Told when Slack has to hear something before the answer is there. */
export const stillWorking = line`This takes longer than usual. The answer will follow here.`;

/** The answer of a step to a colleague, or an apology when it throws. */
export async function attempt(
  { from, handoffId }: { from: Sender; handoffId: HandoffId },
  step: () => Promise<Answer>,
  context: SlackContext,
): Promise<Answer> {
  try {
    const away = await turnAway(from, context);
    return away ? refusal(away) : await step();
  } catch (error) {
    context.steps.log.error({ platform: 'slack', handoffId, ...traceOf(error) }, 'an action in Slack failed');
    return refusal(sorry);
  }
}

export function answerUnsupported({ reason }: { reason: string }, { steps }: SlackContext): Answer {
  steps.log.warn({ platform: 'slack', reason }, 'an action in Slack that nobody handles');
  return refusal(unknownAction);
}
