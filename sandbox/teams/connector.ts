import { type Fields, isFields } from '../fields.ts';
import type { Issuer } from './issuer.ts';
import { memberJson } from './member-json.ts';
import { readActivity, readContents } from './message-content.ts';
import { openConversation } from './open-conversation.ts';
import { isForChannel, readThread } from './open-thread.ts';
import type { RateLimits } from './rate-limits.ts';
import { notInRoster, reject, writesBlocked } from './rejection.ts';
import type { Call, Operation, Reply, Route } from './route.ts';
import { type Conversation, isChannelId, type Place, type TeamsMessage, type Tenant } from './tenant.ts';

/** The service URL leads to `/teams`; the regional endpoints of Teams take the same below the root. */
const conversationsPath = '^(?:/teams)?/v3/conversations';
const activitiesPath = `${conversationsPath}/(?<conversation>[^/]+)/activities`;
const conversationPath = `${conversationsPath}/(?<conversation>[^/]+)`;

type Handle = (call: Call) => Reply;

/**
 * The Bot Connector's REST API, as far as Teams serves it for personal conversations and for posts in channels.
 * @param take counts a request against the limits
 */
export function connectorRoutes(tenant: Tenant, issuer: Issuer, take: RateLimits): Route[] {
  function route(operation: Operation, method: Route['method'], path: string, handle: Handle): Route {
    return {
      operation,
      method,
      path: new RegExp(`${path}/?$`),
      handle: (call) => {
        const check = issuer.checkBearer(call.headers.authorization, 'https://api.botframework.com');
        if (!check.ok)
          throw reject(401, 'AuthorizationHasBeenDenied', `Authorization denied: ${check.reason}.`);
        return handle(call);
      },
    };
  }

  function limit(kind: 'write' | 'member' | 'other', conversation: string): void {
    const seconds = take({ kind, conversation });
    if (seconds === null) return;
    const message = `Too many requests: expected the next one in ${seconds} s.`;
    throw reject(429, 'TooManyRequests', message, { 'retry-after': String(seconds) });
  }

  /** The place that the path names, if the bot may write there. */
  function writable({ params }: Call, kind: 'write' | 'other' = 'write'): Place {
    const found = placeOf(tenant, params);
    // All threads of a channel share its limits.
    limit(kind, found.id.split(';')[0] ?? found.id);
    if (found.app !== 'installed') throw isPersonal(found.id) ? writesBlocked() : notInRoster();
    return found;
  }

  function readable({ params }: Call): Conversation {
    const found = conversationOf(tenant, params['conversation'] ?? '');
    limit('member', found.id);
    if (found.app !== 'installed') throw notInRoster();
    return found;
  }

  const postAll = (place: Place, activity: Fields): TeamsMessage[] =>
    readContents(activity).map((content) => tenant.post(place, 'bot', content));

  const send: Handle = (call) => {
    const place = writable(call);
    const activity = readActivity(call.body);
    if (activity['type'] === 'typing') return { status: 202, body: {} };
    const posted = postAll(place, activity);
    // Teams has one id to give back, and gives none when the activity became several messages.
    return posted.length === 1 ? { status: 201, body: { id: posted[0]?.id } } : { status: 202, body: {} };
  };

  const update: Handle = (call) => {
    const message = ownMessage(writable(call), call.params);
    const [content, ...more] = readContents(readActivity(call.body));
    if (content === undefined || more.length > 0) {
      throw reject(400, 'BadSyntax', `The activity became ${more.length + 1} messages: expected one.`);
    }
    tenant.edit(message, content);
    return { status: 200, body: { id: message.id } };
  };

  const remove: Handle = (call) => {
    const place = writable(call, 'other');
    tenant.remove(place, ownMessage(place, call.params));
    return { status: 200, body: undefined };
  };

  return [
    route('createConversation', 'POST', conversationsPath, ({ body }) => {
      const parameters = readActivity(body);
      if (isForChannel(parameters)) {
        const { channel, content } = readThread(tenant, parameters, (id) => limit('write', id));
        const { id, messages } = tenant.startThread(channel, 'bot', content);
        return { status: 201, body: { id, activityId: messages[0]?.id } };
      }
      const conversation = openConversation(tenant, parameters, (id) => limit('write', id));
      const first = parameters['activity'];
      const posted = isFields(first) ? postAll(conversation, first) : [];
      const activityId = posted.length === 1 ? posted[0]?.id : undefined;
      return { status: 201, body: { id: conversation.id, activityId } };
    }),
    route('send', 'POST', activitiesPath, send),
    route('send', 'POST', `${activitiesPath}/(?<replyTo>[^/]+)`, send),
    route('update', 'PUT', `${activitiesPath}/(?<activity>[^/]+)`, update),
    route('delete', 'DELETE', `${activitiesPath}/(?<activity>[^/]+)`, remove),
    route('member', 'GET', `${conversationPath}/members`, (call) => ({
      status: 200,
      body: [memberJson(tenant, readable(call).user)],
    })),
    route('member', 'GET', `${conversationPath}/pagedmembers`, (call) => ({
      status: 200,
      body: { members: [memberJson(tenant, readable(call).user)] },
    })),
    route('member', 'GET', `${conversationPath}/members/(?<member>[^/]+)`, (call) => {
      const { user } = readable(call);
      const wanted = call.params['member'];
      if (wanted !== user.memberId && wanted !== user.id) {
        throw reject(404, 'MemberNotFoundInConversation', `Member "${wanted}" is not in the conversation.`);
      }
      return { status: 200, body: memberJson(tenant, user) };
    }),
  ];
}

function isPersonal(id: string): boolean {
  return id.startsWith('a:1');
}

function conversationOf(tenant: Tenant, id: string): Conversation {
  if (!isPersonal(id)) throw reject(400, 'BadArgument', `Conversation id "${id}": expected "a:1…".`);
  const found = tenant.findConversation(id);
  if (found === null) throw notFound(id);
  return found;
}

/** A personal conversation, or a thread in a channel. */
function placeOf(tenant: Tenant, params: Call['params']): Place {
  const id = params['conversation'] ?? '';
  if (isPersonal(id)) return conversationOf(tenant, id);
  const group = tenant.findGroup(id);
  if (group !== null) return group;
  const [channel = '', message] = id.split(';messageid=');
  if (!isChannelId(channel) || message === undefined) {
    throw reject(400, 'BadArgument', `Conversation id "${id}": expected "a:1…" or "19:…;messageid=…".`);
  }
  const found = tenant.findThread(id);
  if (found === null) throw notFound(id);
  return found;
}

function notFound(id: string): Error {
  return reject(404, 'ConversationNotFound', `There is no conversation "${id}".`);
}

/** The message that the path names; the bot can change only what it sent. */
function ownMessage({ messages }: Place, params: Call['params']): TeamsMessage {
  const id = params['activity'] ?? '';
  const found = messages.find((message) => message.id === id);
  if (found === undefined) {
    throw reject(404, 'ActivityNotFoundInConversation', `Activity "${id}" is not in the conversation.`);
  }
  if (found.from !== 'bot') throw reject(403, 'Forbidden', `Activity "${id}" was not sent by this bot.`);
  return found;
}
