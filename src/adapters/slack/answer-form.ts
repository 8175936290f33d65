import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Line, line, plain } from '../../domain/card/text.ts';
import type { Answer, MessageRef } from '../../flow/ports/chat.ts';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import { answerUnsupported, attempt, stillWorking } from './attempt.ts';
import type { Content } from './card.ts';
import type { SlackContext } from './context.ts';
import { slackNote, slackTyped } from './modals.ts';
import type { Submitted } from './parse-action.ts';

type Slack = {
  ack: (response?: ViewResponseAction) => Promise<void>;
  update: (viewId: string, view: ModalView) => Promise<unknown>;
  /** Writes to whoever sent the form. */
  write: (content: Content) => Promise<MessageRef>;
};

type Entered = Pick<Submitted, 'fields' | 'typed'>;

/** A form that was sent in: its modal closes, or stays with what was typed and says why nothing came of it. */
export async function answerForm(submitted: Submitted, slack: Slack, context: SlackContext): Promise<void> {
  if (submitted.kind === 'unsupported') return stay(answerUnsupported(submitted, context), submitted, slack);

  const { from, click, act } = submitted;
  const { handoffId } = click;
  const answer = attempt({ from, handoffId }, () => context.steps.respond(click, act), context);
  const early = await inTime(answer, context.ackWithinMs);
  if (early?.done) return slack.ack();
  if (early) return stay(early, submitted, slack);
  await slack.ack({ response_action: 'update', view: slackNote(stillWorking) });
  await tellLate(await answer, submitted, slack, context);
}

/** What is no field's fault stands below the last one, next to the button that sends the form. */
function stay(answer: Answer, { fields }: Entered, { ack }: Slack): Promise<void> {
  const named = 'field' in answer ? answer.field : null;
  const field = fields.find((one) => one === named) ?? fields.at(-1);
  return field === undefined
    ? ack({ response_action: 'update', view: slackNote(answer.text) })
    : ack({ response_action: 'errors', errors: { [field]: plain(answer.text) } });
}

/** The form is gone by then: whoever is refused gets back what they typed, also when they have closed the note. */
async function tellLate(
  { done, text }: Answer,
  { viewId, typed, leadId }: Extract<Submitted, { kind: 'submission' }>,
  { update, write }: Slack,
  { steps }: SlackContext,
): Promise<void> {
  const told: Line = done || typed === '' ? text : line`${text} You wrote:`;
  const kept = done ? '' : typed;
  try {
    await update(viewId, slackNote(told, kept));
  } catch (error) {
    steps.log.warn({ platform: 'slack', ...traceOf(error) }, 'the note in place of a form was closed');
    if (done) return;
    const message = await write(slackTyped(told, kept));
    if (leadId !== null) await steps.noteSaid({ platform: 'slack', ...message, leadIds: [leadId] });
  }
}
