import { plain } from '../../domain/words/line.ts';
import type { Answer } from '../../flow/ports/chat.ts';
import { refusal, sorry } from '../refusals.ts';
import { answerForm, askingBack } from './answer-form.ts';
import type { TeamsContext } from './context.ts';
import { showCurrentCard } from './current-card.ts';
import { noteSeen } from './note-seen.ts';
import { takeForm } from './open-form.ts';
import { nothing, type Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';

type Action = Extract<Incoming, { kind: 'action' }>;

/** A pressed button, whether it stands by itself or sends in a form. */
export async function answerClick(action: Action, context: TeamsContext): Promise<Outcome> {
  const { form } = action;
  const message = form && (await takeForm(action.click, form, context));
  const answer = await carryOut(action, context);
  if (form) return answerForm(action, { ...form, message }, answer, context);
  if (action.via === 'submit') return answerSubmit(action, answer, context);
  const { done, text } = answer;
  // A card must not replace a bulletin, which is brought up to date by itself.
  if (!action.isOnCard) return { shown: plain(text), untold: done ? null : text };
  const { click, place, messageId, attempt } = action;
  const { commandId: _, ...who } = click;
  const beside = done ? {} : { notice: text };
  return showCurrentCard({ place, messageId, attempt, who }, beside, answer, context);
}

/** The answer of a step, or an apology when it throws. */
async function carryOut(action: Action, context: TeamsContext): Promise<Answer> {
  const { click, act } = action;
  const { steps, logFailure } = context;
  try {
    return await steps.respond(click, act, askingBack(action, context));
  } catch (error) {
    logFailure(error, 'an action in Teams failed', click.handoffId);
    return refusal(sorry);
  }
}

/** A client that cannot invoke shows no answer: a refusal comes as a message of its own. */
async function answerSubmit(
  { click, place }: Action,
  answer: Answer,
  context: TeamsContext,
): Promise<Outcome> {
  // An invoke ends in another look at the card, which notes this by itself.
  await noteSeen(click, context);
  if (!answer.done) await context.sendLine(place, answer.text);
  return nothing;
}
