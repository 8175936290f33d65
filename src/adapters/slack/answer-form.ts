import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Line, line, plain } from '../../domain/card/text.ts';
import { inTime } from '../in-time.ts';
import { answerUnsupported, attempt } from './attempt.ts';
import type { SlackContext } from './context.ts';
import { slackNote } from './modals.ts';
import type { Submitted } from './parse-action.ts';

type Slack = {
  ack: (response?: ViewResponseAction) => Promise<void>;
  update: (viewId: string, view: ModalView) => Promise<unknown>;
};

const stillWorking = line`This takes longer than usual. The answer will follow here.`;

/** A form that was sent in: its modal closes, names the field to mend, or says why nothing came of it. */
export async function answerForm(submitted: Submitted, slack: Slack, context: SlackContext): Promise<void> {
  const showNote = (text: Line) => slack.ack({ response_action: 'update', view: slackNote(text) });
  if (submitted.kind === 'unsupported') return showNote(answerUnsupported(submitted, context).text);

  const { from, click, act, viewId, fields } = submitted;
  const { handoffId } = click;
  const answer = attempt({ from, handoffId }, () => context.steps.respond(click, act), context);
  const early = await inTime(answer, context.ackWithinMs);
  if (!early) {
    await showNote(stillWorking);
    await slack.update(viewId, slackNote((await answer).text));
  } else if (early.done) {
    await slack.ack();
  } else if (early.field !== null && fields.includes(early.field)) {
    await slack.ack({ response_action: 'errors', errors: { [early.field]: plain(early.text) } });
  } else {
    await showNote(early.text);
  }
}
