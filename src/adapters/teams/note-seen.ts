import type { Click } from '../../flow/ports/chat.ts';
import type { TeamsContext } from './context.ts';

export async function noteSeen(
  who: Omit<Click, 'commandId'>,
  { steps, logFailure }: TeamsContext,
): Promise<void> {
  try {
    await steps.noteSeen(who);
  } catch (error) {
    logFailure(error, 'that somebody saw a card in Teams could not be noted', who.handoffId);
  }
}
