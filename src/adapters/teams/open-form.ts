import type { FormOf } from '../../flow/ports/cards.ts';
import type { Click, MessageRef } from '../../flow/ports/chat.ts';
import type { TeamsContext } from './context.ts';
import type { OnForm, Place } from './parse-action.ts';

/** Whoever acts on a form takes it first, so that nobody takes it back meanwhile. @returns null when it is not known */
export async function takeForm(
  who: Omit<Click, 'commandId'>,
  { name }: OnForm,
  { steps, logFailure }: TeamsContext,
): Promise<MessageRef | null> {
  try {
    return await steps.takeForm(formOf(who, name));
  } catch (error) {
    logFailure(error, 'where a form in Teams is could not be read', who.handoffId);
    return null;
  }
}

/** Notes where somebody's form is, and takes back the one that they had open. */
export async function keepForm(
  who: Omit<Click, 'commandId'>,
  name: FormOf['form'],
  { messageId, ...place }: Place & { messageId: string },
  { steps, track, takeBack }: TeamsContext,
): Promise<void> {
  const { conversationId } = place;
  const before = await steps.keepForm({ ...formOf(who, name), conversationId, messageId });
  for (const message of before) track(takeBack({ ...place, ...message }));
}

function formOf({ platform, userId, handoffId }: Omit<Click, 'commandId'>, form: FormOf['form']): FormOf {
  return { platform, userId, handoffId, form };
}
