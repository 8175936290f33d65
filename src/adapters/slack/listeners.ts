import type { App, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { createUnderWay } from '../under-way.ts';
import { answerChange } from './answer-change.ts';
import { answerClick, type Tell } from './answer-click.ts';
import { answerForm } from './answer-form.ts';
import { answerPage } from './answer-page.ts';
import { answerPressed } from './answer-pressed.ts';
import { answerSearch } from './answer-search.ts';
import { answerTyped } from './answer-typed.ts';
import { answerWords } from './answer-words.ts';
import type { Open } from './ask-back.ts';
import { required } from './calls.ts';
import type { Content } from './card.ts';
import type { SlackContext, SlackSteps } from './context.ts';
import { noteSeen } from './note-seen.ts';
import { parseClick, parseSubmission, parseSuggestion } from './parse-action.ts';
import { parsePage } from './parse-page.ts';
import { lineWithButtons } from './reply.ts';
import { hashOf, showHome } from './show-home.ts';
import { parseTyped } from './typed.ts';
import { whisper } from './whisper.ts';

type Options = SlackSteps & { ackWithinMs?: number };

/**
 * Joins Bolt to the steps. Every click, form and command gets an answer, also when a step fails or is slow; the work is
 * done before Slack hears of success, so that a crash in between shows as a failure.
 * @returns `settled`, which resolves when nothing is being worked on any more: Bolt does not wait for it on stopping
 */
export function slackListeners(
  bolt: App,
  { ackWithinMs = 2500, ...steps }: Options,
): { settled(): Promise<void> } {
  const { track, settled } = createUnderWay();
  const context: SlackContext = { steps, ackWithinMs, changing: new Map(), charts: { areTaken: true } };
  const { log } = steps;

  // Listeners that take everything: what no listener takes, Bolt answers with 404, and the person sees a warning sign.
  bolt.action({ type: 'block_actions' }, ({ body, ack, respond, client }) => {
    const open: Open = (trigger_id, view) => client.views.open({ trigger_id, view });
    const onPage = parsePage(body);
    if (onPage) {
      const push: Open = (trigger_id, view) => client.views.push({ trigger_id, view });
      const update = (view_id: string, view: ModalView) => client.views.update({ view_id, view });
      return track(answerPage(onPage, { ack, open, push, update }, context));
    }
    const pressed = parseClick(body);
    if (pressed.kind === 'changed') {
      const update = (view: ModalView, hash?: string) =>
        client.views.update({ view_id: pressed.viewId, view, ...(hash !== undefined && { hash }) });
      return track(answerChange(pressed, { ack, update }, context));
    }
    if (pressed.kind === 'reply') return track(answerPressed(pressed, { ack, respond }, context));
    const tell: Tell = (text, offers) => whisper(respond, lineWithButtons(text, offers), context);
    return track(answerClick(pressed, { ack, tell, open }, context));
  });
  bolt.options<'block_suggestion'>({ type: 'block_suggestion' }, ({ body, ack }) =>
    track(answerSearch(parseSuggestion(body), ack, context)),
  );
  bolt.view<ViewSubmitAction>({ type: 'view_submission' }, ({ body, ack, client }) => {
    const update = (view_id: string, view: ModalView) => client.views.update({ view_id, view });
    const open: Open = (trigger_id, view) => client.views.open({ trigger_id, view });
    const write = async (content: Content) => {
      const method = 'chat.postMessage';
      const { channel, ts } = await client.chat.postMessage({ channel: body.user.id, ...content });
      // Slack names the conversation with whom it was told to write to.
      return { conversationId: required(channel, method, 'channel'), messageId: required(ts, method, 'ts') };
    };
    return track(answerForm(parseSubmission(body), { ack, update, open, write }, context));
  });
  // The workspace may have given the command another name.
  bolt.command(/.*/, ({ body, ack, respond }) => track(answerWords(body, { ack, respond }, context)));

  bolt.event('app_home_opened', async ({ event, body }) => {
    const from = { userId: event.user, teamId: body.team_id, appTeamId: null };
    if (event.tab === 'home') await track(showHome(from, hashOf(event.view), context));
    // The conversation with the bot, in which the cards lie.
    if (event.tab === 'messages') await track(noteSeen(from, null, context));
  });
  bolt.event('message', async ({ event, body, client }) => {
    const typed = parseTyped(event, body.team_id);
    if (!typed) return;
    const { channel, threadTs } = typed;
    const write = async (content: Content) => {
      const thread = threadTs === null ? {} : { thread_ts: threadTs };
      const { ts } = await client.chat.postMessage({ channel, ...thread, ...content });
      return { conversationId: channel, messageId: required(ts, 'chat.postMessage', 'ts') };
    };
    await track(answerTyped(typed, write, context));
  });
  bolt.event('app_uninstalled', async () =>
    log.error({ platform: 'slack' }, 'the app was uninstalled from Slack: no card can be sent'),
  );
  bolt.event('tokens_revoked', async ({ event }) => {
    // The tokens of people who use the app are none of ours.
    if (event.tokens.bot?.length) {
      log.error({ platform: 'slack' }, "the bot's token was revoked in Slack: no card can be sent");
    }
  });
  return { settled };
}
