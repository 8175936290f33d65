import type { ModalView } from '@slack/types';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import type { SlackContext } from './context.ts';
import { preparedModal, slackNote } from './modals.ts';
import type { Changed } from './parse-action.ts';
import { slackCode } from './translate-error.ts';
import { turnAway } from './turn-away.ts';

type Slack = {
  ack: () => Promise<void>;
  /** Puts another view in place of the form; with a hash only if nothing else has done so meanwhile. */
  update: (view: ModalView, hash?: string) => Promise<unknown>;
};

/** An answer on which the rest of the form depends: it asks for what belongs to the answer and keeps what was typed. */
export async function answerChange(changed: Changed, slack: Slack, context: SlackContext): Promise<void> {
  const { changing } = context;
  changing.set(changed.viewId, changed);
  const work = makeAnew(changed, slack, context).finally(() => {
    if (changing.get(changed.viewId) === changed) changing.delete(changed.viewId);
  });
  await inTime(work, context.ackWithinMs);
  await slack.ack();
  await work;
}

async function makeAnew(changed: Changed, { update }: Slack, context: SlackContext): Promise<void> {
  const { from, click, form, values, typed } = changed;
  const { steps } = context;
  try {
    const away = await turnAway(from, context);
    const prepared = away ? { refused: away } : await steps.prepareForm(click, form, values);
    if ('refused' in prepared) await update(slackNote(prepared.refused, typed));
    else await show(preparedModal(prepared, click), changed, update, context);
  } catch (error) {
    // Nothing is amiss when the form was closed.
    if (slackCode(error) === 'not_found') return;
    const { handoffId } = click;
    steps.log.error({ platform: 'slack', handoffId, ...traceOf(error) }, 'a form could not be made anew');
  }
}

/** Of several answers given in a row the newest is shown, whichever is done with first. */
async function show(
  view: ModalView,
  changed: Changed,
  update: Slack['update'],
  { changing }: SlackContext,
): Promise<void> {
  try {
    await update(view, changed.hash);
  } catch (error) {
    if (slackCode(error) !== 'hash_conflict') throw error;
    if (changing.get(changed.viewId) === changed) await update(view);
  }
}
