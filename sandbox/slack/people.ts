import type { Fields } from '../fields.ts';
import { actionFor, find, type Target } from './act.ts';
import { hold, missingIn, putIn } from './fill-in.ts';
import type { Delivery, Envelope } from './inbound.ts';
import type { Entries } from './input-values.ts';
import type { SlackState } from './method.ts';
import { type DeliveryRecord, type EventOutcome, type Outcome, outcomeOf, refused } from './outcome.ts';
import { blockActions, eventCallback, slashCommand, viewClosed, viewSubmission } from './payloads.ts';
import { type ResponseUrls, respondTo } from './response-urls.ts';
import { createSuggestions, type Suggestion } from './suggestions.ts';
import { applyResponse } from './view-response.ts';
import { parseFields } from './wire.ts';
import type { SlackUser } from './workspace.ts';

const maxRetries = 3;

export type People = ReturnType<typeof createPeople>;

/** What people can do in Slack, each as the signed requests that it sends to the app. */
export function createPeople(
  state: SlackState,
  responseUrls: ResponseUrls,
  app: {
    /** How the app hears of something. */
    deliver: (envelope: Envelope, headers: Record<string, string>) => Promise<Delivery>;
    /** How it is asked for the options of a menu; null when it has said no address for that. */
    askForOptions: ((envelope: Envelope) => Promise<Delivery>) | null;
    record: (record: DeliveryRecord) => void;
  },
) {
  const { workspace, views, triggers } = state;
  const suggestions = createSuggestions(workspace, app.askForOptions);

  async function send(
    about: { kind: string; user: SlackUser | null },
    envelope: Envelope,
    headers: Record<string, string> = {},
  ): Promise<Delivery> {
    const delivery = await app.deliver(envelope, headers);
    const { result, status } = delivery;
    app.record({ at: workspace.now(), kind: about.kind, user: about.user?.id ?? null, result, status });
    return delivery;
  }

  function interact(user: SlackUser, payload: Fields): Promise<Delivery> {
    return send({ kind: String(payload['type']), user }, { type: 'interactive', payload });
  }

  async function sendEvent(event: Fields): Promise<EventOutcome> {
    const envelope = { type: 'events_api', payload: eventCallback(workspace, event) } as const;
    const kind = String(event['type']);
    let delivery = await send({ kind, user: null }, envelope);
    let attempts = 1;
    // Slack waits nothing, one minute and five; here the clock is not real, so nothing each time.
    while (delivery.result !== 'acknowledged' && !delivery.noRetry && attempts <= maxRetries) {
      const headers = {
        'x-slack-retry-num': String(attempts),
        'x-slack-retry-reason': retryReason(delivery),
      };
      delivery = await send({ kind, user: null }, envelope, headers);
      attempts += 1;
    }
    return { ...outcomeOf(delivery, null), attempts };
  }

  return {
    sendEvent,

    /** Whatever it is: no click of Slack's own clients. */
    interact: async (payload: Fields): Promise<Outcome> =>
      outcomeOf(await app.deliver({ type: 'interactive', payload }, {}), null),

    /** Clicks a button, or chooses from a menu, in a message, a modal or the Home tab. */
    async click(who: string, target: Target): Promise<Outcome> {
      const user = workspace.user(who);
      const found = find(state, user, target);
      if (!found.ok) return refused(found.reason);
      const { block, element, around } = found;
      const view = around.viewId === null ? null : views.top(user.id);
      if (view !== null) {
        const errors = putIn(view, target.entries ?? {}, suggestions.of(view));
        if (Object.keys(errors).length > 0) return { ...refused('the modal takes none of it'), errors };
      }
      const suggested = view === null ? [] : suggestions.of(view)(block, element);
      const chosen = actionFor(block, element, target.value, suggested);
      if (!chosen.ok) return refused(chosen.reason);
      if (chosen.held !== null) hold(around.values, block, element, chosen.held);

      const triggerId = triggers.issue(user.id, around.viewId);
      const place = around.describe((messageTs, channel) =>
        responseUrls.issue({ userId: user.id, channel, messageTs }),
      );
      const payload = blockActions(workspace, user, { triggerId, place, action: chosen.action });
      return outcomeOf(await interact(user, payload), triggerId);
    },

    /**
     * Fills in the modal in front and submits it.
     * @param entries by block id, then action id; inputs that are left out keep what they hold
     */
    async submitView(who: string, entries: Entries = {}): Promise<Outcome> {
      const user = workspace.user(who);
      const view = views.top(user.id);
      if (view === null) return refused(`${user.email} has no modal open`);
      if (view.submit === null) return refused('the modal has no submit button');
      const wrong = putIn(view, entries, suggestions.of(view));
      const errors = { ...missingIn(view), ...wrong };
      if (Object.keys(errors).length > 0) return { ...refused('the modal is not filled in'), errors };

      const triggerId = triggers.issue(user.id, view.id);
      const delivery = await interact(user, viewSubmission(workspace, user, { triggerId, view }));
      const outcome = outcomeOf(delivery, triggerId);
      return outcome.acknowledged
        ? { ...outcome, ...applyResponse(views, user.id, view, delivery) }
        : outcome;
    },

    /**
     * Types letters into a menu of the modal in front whose options the app knows.
     * @returns what came of it, with the options that may be chosen from then on
     */
    async suggest(who: string, typed: Suggestion): Promise<Outcome & { options: readonly Fields[] }> {
      const user = workspace.user(who);
      return suggestions.ask(user, views.top(user.id), typed);
    },

    /** Closes the modal in front. Null when there is none, or when the app did not ask to hear of it. */
    async closeView(who: string): Promise<Outcome | null> {
      const user = workspace.user(who);
      const view = views.top(user.id);
      if (view === null) return null;
      if (view.clear_on_close) views.clear(user.id);
      else views.close(user.id, view.id);
      if (!view.notify_on_close) return null;
      const payload = viewClosed(workspace, user, { view, isCleared: view.clear_on_close });
      return outcomeOf(await interact(user, payload), null);
    },

    /** Types a slash command, in the conversation with the bot unless a channel is given. */
    async command(
      who: string,
      command: string,
      text = '',
      { channel }: { channel?: string } = {},
    ): Promise<Outcome> {
      const user = workspace.user(who);
      const place = channel ?? workspace.openConversation(user.id).id;
      const origin = { userId: user.id, channel: place, messageTs: null };
      const triggerId = triggers.issue(user.id);
      const responseUrl = responseUrls.issue(origin);
      const typed = { command, text, channel: place, triggerId, responseUrl };
      const payload = slashCommand(workspace, user, typed);
      const delivery = await send({ kind: command, user }, { type: 'slash_commands', payload });
      const outcome = outcomeOf(delivery, triggerId);
      if (!outcome.acknowledged || delivery.body === '') return outcome;
      const shown = respondTo(workspace, origin, commandAnswer(delivery));
      return shown.ok
        ? outcome
        : { ...outcome, result: 'dispatch_failed', reason: `invalid_command_response: ${shown.error}` };
    },

    /** Writes something to the bot, of which Slack tells it ("message.im event"). */
    say(who: string, text: string): Promise<EventOutcome> {
      const user = workspace.user(who);
      const draft = {
        user: user.id,
        text,
        blocks: [],
        metadata: null,
        threadTs: null,
        replyBroadcast: false,
      };
      const message = workspace.post(workspace.openConversation(user.id), draft);
      return sendEvent({
        type: 'message',
        channel: message.channel,
        channel_type: 'im',
        user: user.id,
        team: user.teamId,
        ts: message.ts,
        text: writtenBySlack(text),
      });
    },

    /** Opens the app's Home tab, or with `messages` the conversation with the bot. */
    openHome(who: string, tab: 'home' | 'messages' = 'home'): Promise<EventOutcome> {
      const user = workspace.user(who);
      const home = views.home(user.id);
      return sendEvent({
        type: 'app_home_opened',
        user: user.id,
        channel: workspace.openConversation(user.id).id,
        tab,
        ...(tab === 'home' && home !== null && { view: home }),
      });
    },
  };
}

/** As Slack writes what people type: three signs as entities, addresses as links ("Formatting text for app surfaces"). */
function writtenBySlack(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (email) => `<mailto:${email}|${email}>`);
}

function commandAnswer({ body, contentType }: Delivery): Fields {
  return (contentType.includes('json') ? parseFields(body) : null) ?? { text: body };
}

function retryReason({ result, status }: Delivery): string {
  if (result === 'operation_timeout') return 'http_timeout';
  return status === null ? 'connection_failed' : 'http_error';
}
