import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { plain } from '../../domain/words/line.ts';
import type { Answer, MessageRef } from '../../flow/ports/chat.ts';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import { askingBack, type Open } from './ask-back.ts';
import { answerUnsupported, attempt, stillWorking } from './attempt.ts';
import { type Content, slackLine } from './card.ts';
import type { SlackContext } from './context.ts';
import { preparedModal, slackNote, slackTyped } from './modals.ts';
import type { Submitted } from './parse-action.ts';

type Slack = {
  ack: (response?: ViewResponseAction) => Promise<void>;
  update: (viewId: string, view: ModalView) => Promise<unknown>;
  open: Open;
  /** Writes to whoever sent the form. */
  write: (content: Content) => Promise<MessageRef>;
};

type Entered = Pick<Submitted, 'fields' | 'typed'>;
type Submission = Extract<Submitted, { kind: 'submission' }>;

/** What came of it, and the form as it has to be instead, where it lacks the field that is to be mended. */
type Result = { answer: Answer; anew: ModalView | null };

/** A form that was sent in: its modal closes, or stays with what was typed and says why nothing came of it. */
export async function answerForm(submitted: Submitted, slack: Slack, context: SlackContext): Promise<void> {
  if (submitted.kind === 'unsupported') return stay(answerUnsupported(submitted, context), submitted, slack);

  const result = carryOut(submitted, slack, context);
  const early = await inTime(result, context.ackWithinMs);
  if (early?.answer.done) return slack.ack();
  if (early?.anew) return slack.ack({ response_action: 'update', view: early.anew });
  if (early) return stay(early.answer, submitted, slack);
  await slack.ack({ response_action: 'update', view: slackNote(stillWorking) });
  await tellLate((await result).answer, submitted, slack, context);
}

async function carryOut(submission: Submission, { open }: Slack, context: SlackContext): Promise<Result> {
  const { from, click, act, triggerId, fields } = submission;
  const { handoffId } = click;
  const askBack = askingBack(triggerId, click, open);
  const step = () => context.steps.respond(click, act, askBack);
  const answer = await attempt({ from, handoffId }, step, context);
  const isUnasked = !answer.done && answer.field !== null && !fields.includes(answer.field);
  return { answer, anew: isUnasked ? await anew(submission, answer, context) : null };
}

/** The form with the question that was not asked before; null where it has none such. */
async function anew(
  { click, act }: Submission,
  { text, field }: Extract<Answer, { done: false }>,
  { steps }: SlackContext,
): Promise<ModalView | null> {
  try {
    const prepared = await steps.prepareForm(click, act.form, act.values);
    if ('refused' in prepared || !prepared.form.fields.some(({ name }) => name === field)) return null;
    const view = preparedModal(prepared, click);
    return { ...view, blocks: [...slackLine(text, new Map()).blocks, ...view.blocks] };
  } catch (error) {
    const { handoffId } = click;
    steps.log.error({ platform: 'slack', handoffId, ...traceOf(error) }, 'a form could not be made anew');
    return null;
  }
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
  { viewId, typed, leadId }: Submission,
  { update, write }: Slack,
  { steps }: SlackContext,
): Promise<void> {
  const kept = done ? '' : typed;
  try {
    await update(viewId, slackNote(text, kept));
  } catch (error) {
    steps.log.warn({ platform: 'slack', ...traceOf(error) }, 'the note in place of a form was closed');
    if (done) return;
    const message = await write(slackTyped(text, kept));
    if (leadId !== null) await steps.noteSaid({ platform: 'slack', ...message, leadIds: [leadId] });
  }
}
