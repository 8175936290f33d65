import { plain } from '../../domain/card/text.ts';
import type { Answer } from '../../flow/ports/chat.ts';
import { refusal, sorry } from '../refusals.ts';
import type { TeamsContext } from './context.ts';
import { showCurrentCard } from './current-card.ts';
import { noteSeen } from './note-seen.ts';
import { nothing, type Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';

type Action = Extract<Incoming, { kind: 'action' }>;

/** A pressed button, whether it stands by itself or sends in a form. */
export async function answerClick(action: Action, context: TeamsContext): Promise<Outcome> {
  const answer = await carryOut(action, context);
  if (action.via === 'submit') return answerSubmit(action, answer, context);
  const { done, text } = answer;
  // This button stands on a bulletin, which a card must not replace.
  if (action.act.type === 'show') return { shown: plain(text), untold: done ? null : text };
  const { place, messageId, attempt } = action;
  return showCurrentCard(
    { place, messageId, attempt, who: whoOf(action) },
    shownBeside(action, answer),
    answer,
    context,
  );
}

/** The answer of a step, or an apology when it throws. */
async function carryOut({ click, act }: Action, { steps, logFailure }: TeamsContext): Promise<Answer> {
  try {
    return await steps.respond(click, act);
  } catch (error) {
    logFailure(error, 'an action in Teams failed', click.handoffId);
    return refusal(sorry);
  }
}

/** A client that cannot invoke shows no answer: a refusal comes as a message of its own. */
async function answerSubmit(action: Action, answer: Answer, context: TeamsContext): Promise<Outcome> {
  // An invoke ends in another look at the card, which notes this by itself.
  await noteSeen(whoOf(action), context);
  if (!answer.done) await context.sendLine(action.place, answer.text);
  return nothing;
}

/** What the card shows on top: why nothing happened, or the form again with what is wrong in it. */
function shownBeside({ act }: Action, answer: Answer): Parameters<typeof showCurrentCard>[1] {
  if (answer.done) return {};
  const { text, field } = answer;
  if (field === null || act.type !== 'submit') return { notice: text };
  return { open: { form: act.form, values: act.values, error: { field, text } } };
}

function whoOf({ click: { commandId: _, ...who } }: Action): Omit<Action['click'], 'commandId'> {
  return who;
}
