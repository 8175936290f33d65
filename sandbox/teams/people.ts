import { isDeepStrictEqual } from 'node:util';
import { type Fields, fieldsAt, isFields, stringAt } from '../fields.ts';
import {
  activityFrom,
  executeActivity,
  type Happening,
  inGroup,
  inPrivate,
  installationUpdate,
  inTeam,
  membersUpdate,
  mentionActivity,
  messageActivity,
  newActivityId,
  searchActivity,
  shownAtOnce,
  submitActivity,
  teamMembersUpdate,
} from './activities.ts';
import { readCardAnswer } from './card-answer.ts';
import { gather } from './card-inputs.ts';
import { actionsIn, nodesOf } from './card-tree.ts';
import { deliver } from './deliver.ts';
import type { Issuer } from './issuer.ts';
import { type DeliveryRecord, type Outcome, outcomeOf, refused } from './outcome.ts';
import { type Choice, readSearchAnswer } from './search-answer.ts';
import type { Channel, Conversation, TeamsMessage, TeamsUser, Tenant } from './tenant.ts';

/** What a person presses on a card in the conversation with the bot. */
export type Press = {
  messageId: string;
  /** The verb of an `Action.Execute`, also of one in a card that opens inside the card. */
  verb: string;
  /** What the action carries, and maybe more, where several have this verb. */
  data?: Fields;
  /** By input id; inputs that are left out keep their initial value. */
  inputs?: Readonly<Record<string, string>>;
  /** The card that the person still sees, from before the bot changed the message. */
  card?: unknown;
  /** Teams asks again although the bot answered; the outcome is the second one's. */
  redeliver?: 'sameId' | 'newId';
  /** What the client tells as the message's id in its place; null when it tells none. */
  replyTo?: string | null;
  /** `submit`: an old client that takes the `Action.Submit` fallback. */
  as?: 'invoke' | 'submit';
};

/** Which activities tell the bot that somebody installed or removed the app. */
export type Told = 'both' | 'installation' | 'members';

export type People = ReturnType<typeof createPeople>;

/** What people can do in Teams, each as the signed requests that it sends to the bot. */
export function createPeople(
  tenant: Tenant,
  issuer: Issuer,
  bot: {
    messagesUrl: () => string | null;
    serviceUrl: () => string;
    answerWithinMs: number;
    record: (record: DeliveryRecord) => void;
  },
) {
  /** The values that searches have offered, by message and input. */
  const found = new Map<string, readonly string[]>();

  /** Sends an activity, and when no answer comes in time the same again, once. */
  async function send(user: TeamsUser, activity: Fields): Promise<Outcome> {
    const once = async (): Promise<Outcome> => {
      const authorization = issuer.authorization(bot.serviceUrl());
      const { answerWithinMs: withinMs } = bot;
      const delivery = await deliver({ url: bot.messagesUrl(), activity, authorization, withinMs });
      const { result, status } = delivery;
      bot.record({
        at: tenant.now(),
        kind: String(activity['type']),
        verb: verbOf(activity),
        user: user.id,
        activityId: String(activity['id']),
        result,
        status,
      });
      return outcomeOf(delivery);
    };
    const outcome = await once();
    return outcome.result === 'timeout' ? once() : outcome;
  }

  /** Sends an invoke and shows the person what the bot answers. */
  async function invoke(user: TeamsUser, message: TeamsMessage | null, activity: Fields): Promise<Outcome> {
    const outcome = await send(user, activity);
    if (outcome.result !== 'answered') return outcome;
    const answer = readCardAnswer(outcome.body);
    switch (answer.kind) {
      case 'card':
        if (message !== null) tenant.show(message, answer.card);
        return { ...outcome, card: answer.card };
      case 'message':
        return { ...outcome, text: answer.text };
      case 'error':
        return { ...outcome, reason: answer.words };
      case 'unusable':
        return { ...outcome, result: 'unreachable', reason: answer.reason };
    }
  }

  const from = (conversation: Conversation, fields: Happening): Fields =>
    activityFrom(tenant, conversation.user, inPrivate(tenant, conversation), bot.serviceUrl(), fields);

  const fromTeam = (user: TeamsUser, channel: Channel, fields: Happening, thread?: string): Fields =>
    activityFrom(tenant, user, inTeam(tenant, channel, thread), bot.serviceUrl(), fields);

  /** Two activities tell of an app, at the same time; of some installs only one comes. */
  async function tell(conversation: Conversation, change: 'added' | 'removed', told: Told): Promise<Outcome> {
    const action = change === 'added' ? 'add' : 'remove';
    const each = {
      installation: installationUpdate(conversation, action),
      members: membersUpdate(tenant, change),
    };
    const sent = told === 'both' ? Object.values(each) : [each[told]];
    const [outcome, other] = await Promise.all(
      sent.map((fields) => send(conversation.user, from(conversation, fields))),
    );
    if (outcome === undefined) throw new Error('nothing was told: expected an activity');
    return other !== undefined && other.result !== 'answered' ? other : outcome;
  }

  /** Teams tells of an app in a team twice: of the installation, and of a new member. */
  async function changeTeam(who: string, channelId: string, change: 'added' | 'removed'): Promise<Outcome> {
    const { user } = tenant.conversationWith(who);
    const channel = tenant.channelWith(channelId);
    tenant.setApp(channel, change === 'added' ? 'installed' : 'removed');
    const action = change === 'added' ? 'add' : 'remove';
    await send(user, fromTeam(user, channel, installationUpdate(channel, action)));
    return send(user, fromTeam(user, channel, teamMembersUpdate(tenant, change)));
  }

  return {
    /** Installs the app for a person, which opens the conversation and tells the bot. */
    install(who: string, told: Told = 'both'): Promise<Outcome> {
      const conversation = tenant.conversationWith(who);
      tenant.setApp(conversation, 'installed');
      return tell(conversation, 'added', told);
    },

    /** Removes the app and tells the bot, which cannot write there any more. */
    async uninstall(who: string, told: Told = 'both'): Promise<Outcome> {
      const conversation = tenant.conversationWith(who);
      if (conversation.app !== 'installed') return refused(`${who} has not installed the app`);
      tenant.setApp(conversation, 'removed');
      return tell(conversation, 'removed', told);
    },

    async write(who: string, text: string): Promise<Outcome> {
      const conversation = tenant.conversationWith(who);
      if (conversation.app !== 'installed') return refused(`${who} has not installed the app`);
      const { id } = tenant.post(conversation, 'person', { text, summary: null, card: null });
      return send(conversation.user, from(conversation, messageActivity(id, text)));
    },

    /** Adds the app to the team of a channel, which tells the bot. */
    installInTeam: (who: string, channelId: string): Promise<Outcome> => changeTeam(who, channelId, 'added'),

    /** Removes the app from the team of a channel and tells the bot, which cannot write there any more. */
    uninstallFromTeam: (who: string, channelId: string): Promise<Outcome> =>
      changeTeam(who, channelId, 'removed'),

    /** Begins a thread in a channel by mentioning the bot. */
    async mention(who: string, channelId: string, text: string): Promise<Outcome> {
      const { user } = tenant.conversationWith(who);
      const channel = tenant.channelWith(channelId);
      if (channel.app !== 'installed') return refused(`the app is not in the team of "${channel.name}"`);
      const content = { text, summary: null, card: null };
      const { id, messages } = tenant.startThread(channel, 'person', content);
      const activity = mentionActivity(tenant, messages[0]?.id ?? '', text);
      return send(user, fromTeam(user, channel, activity, id));
    },

    /** Mentions the bot in a chat of several people. */
    async mentionInGroup(who: string, groupId: string, text: string): Promise<Outcome> {
      const { user } = tenant.conversationWith(who);
      const group = tenant.groupWith(groupId);
      const { id } = tenant.post(group, 'person', { text, summary: null, card: null });
      const activity = mentionActivity(tenant, id, text);
      return send(user, activityFrom(tenant, user, inGroup(tenant, group), bot.serviceUrl(), activity));
    },

    /** Types letters into an input that asks the bot for its choices. @returns those that the person sees */
    async search(
      who: string,
      { messageId, inputId, text }: { messageId: string; inputId: string; text: string },
    ): Promise<Outcome & { choices: readonly Choice[] }> {
      const conversation = tenant.conversationWith(who);
      const card = conversation.messages.find(({ id }) => id === messageId)?.shown;
      const inputs = isFields(card) ? nodesOf(card).map(({ node }) => node) : [];
      const input = inputs.find(({ id }) => id === inputId);
      const query = input?.['style'] === 'filtered' ? fieldsAt(input, 'choices.data') : null;
      if (query === null) return { ...refused(`"${inputId}" asks nobody for its choices`), choices: [] };
      const asked = searchActivity(text, String(query['dataset']));
      const outcome = await send(conversation.user, from(conversation, asked));
      if (outcome.result !== 'answered') return { ...outcome, choices: [] };
      const answer = readSearchAnswer(outcome.body);
      if (typeof answer === 'string') {
        return { ...outcome, result: 'unreachable', reason: answer, choices: [] };
      }
      const choices = answer.slice(0, shownAtOnce);
      const offered = found.get(`${messageId} ${inputId}`) ?? [];
      found.set(`${messageId} ${inputId}`, [...offered, ...choices.map(({ value }) => value)]);
      return { ...outcome, choices };
    },

    async press(who: string, press: Press): Promise<Outcome> {
      const conversation = tenant.conversationWith(who);
      if (conversation.app !== 'installed') return refused(`${who} has not installed the app`);
      const message = conversation.messages.find(({ id }) => id === press.messageId) ?? null;
      const card = press.card ?? message?.shown;
      if (!isFields(card)) return refused(`${who} sees no card in message "${press.messageId}"`);
      const executed = actionsIn(card).find(({ action }) => isMeant(action, press));
      if (executed === undefined) return refused(`the card has no action with the verb "${press.verb}"`);
      const isSubmit = press.as === 'submit';
      const action = isSubmit ? fieldsAt(executed.action, 'fallback') : executed.action;
      if (action === null || (isSubmit && action['type'] !== 'Action.Submit')) {
        return refused(`the action "${press.verb}" falls back to no Action.Submit`);
      }
      if (action['isEnabled'] === false) return refused(`the action "${press.verb}" is not enabled`);

      const offered = (inputId: string) => found.get(`${press.messageId} ${inputId}`) ?? [];
      const gathered = gather({ ...executed, action }, press.inputs ?? {}, offered);
      if (!gathered.ok) return refused('the card is not filled in', gathered.errors);
      const { data } = gathered;
      const replyTo = press.replyTo === undefined ? press.messageId : press.replyTo;
      const activity = isSubmit
        ? from(conversation, submitActivity(replyTo, data))
        : from(conversation, executeActivity(replyTo, action, data, 'manual'));
      const act = (sent: Fields): Promise<Outcome> =>
        isSubmit ? send(conversation.user, sent) : invoke(conversation.user, message, sent);
      const outcome = await act(activity);
      if (outcome.result !== 'answered' || press.redeliver === undefined) return outcome;
      return act(press.redeliver === 'sameId' ? activity : { ...activity, id: newActivityId() });
    },

    /** Opens the conversation: Teams asks anew for every card that says `refresh` for this person. */
    async view(who: string): Promise<Outcome[]> {
      const conversation = tenant.conversationWith(who);
      const outcomes: Outcome[] = [];
      if (conversation.app !== 'installed') return outcomes;
      for (const message of [...conversation.messages]) {
        const action = refreshFor(conversation.user.memberId, message.shown);
        if (action === null) continue;
        const activity = executeActivity(message.id, action, action['data'] ?? {}, 'automatic');
        outcomes.push(await invoke(conversation.user, message, from(conversation, activity)));
      }
      return outcomes;
    },

    /** A message as the person would send it now. */
    activity(who: string, changes: Fields = {}): Fields {
      const conversation = tenant.conversationWith(who);
      return { ...from(conversation, messageActivity(tenant.nextMessageId(), 'hello')), ...changes };
    },
  };
}

function isMeant(action: Fields, { verb, data }: Press): boolean {
  if (action['verb'] !== verb) return false;
  if (data === undefined) return true;
  return Object.entries(fieldsAt(action, 'data') ?? {}).every(([name, value]) =>
    isDeepStrictEqual(data[name], value),
  );
}

/** Without a list of people a card is refreshed for everybody, in a conversation as small as this one. */
function refreshFor(memberId: string, card: Fields | null): Fields | null {
  const refresh = card === null ? null : fieldsAt(card, 'refresh');
  if (refresh === null) return null;
  const { userIds } = refresh;
  return Array.isArray(userIds) && !userIds.includes(memberId) ? null : fieldsAt(refresh, 'action');
}

function verbOf(activity: Fields): string | null {
  const value = fieldsAt(activity, 'value');
  const action = value === null ? null : fieldsAt(value, 'action');
  return action === null ? null : stringAt(action, 'verb');
}
