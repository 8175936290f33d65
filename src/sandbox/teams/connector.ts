import { type Fields, isFields } from '../fields.ts';
import type { Issuer } from './issuer.ts';
import { memberJson } from './member-json.ts';
import { readActivity, readContents } from './message-content.ts';
import { openConversation } from './open-conversation.ts';
import type { RateLimits } from './rate-limits.ts';
import { notInRoster, reject, writesBlocked } from './rejection.ts';
import type { Call, Operation, Reply, Route } from './route.ts';
import type { Conversation, TeamsMessage, Tenant } from './tenant.ts';

/** The service URL leads to `/teams`; the regional endpoints of Teams take the same below the root. */
const CONVERSATIONS = '^(?:/teams)?/v3/conversations';
const ACTIVITIES = `${CONVERSATIONS}/(?<conversation>[^/]+)/activities`;
const MEMBERS = `${CONVERSATIONS}/(?<conversation>[^/]+)`;

type Handle = (call: Call) => Reply;

/**
 * The Bot Connector's REST API, as far as Teams serves it for personal conversations.
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

  /** The conversation that the path names, if the bot may write there. */
  function writable({ params }: Call): Conversation {
    const found = conversationOf(tenant, params);
    limit('write', found.id);
    if (found.app !== 'installed') throw writesBlocked();
    return found;
  }

  function readable({ params }: Call): Conversation {
    const found = conversationOf(tenant, params);
    limit('member', found.id);
    if (found.app !== 'installed') throw notInRoster();
    return found;
  }

  const postAll = (conversation: Conversation, activity: Fields): TeamsMessage[] =>
    readContents(activity).map((content) => tenant.post(conversation, 'bot', content));

  const send: Handle = (call) => {
    const conversation = writable(call);
    const activity = readActivity(call.body);
    if (activity['type'] === 'typing') return { status: 202, body: {} };
    const posted = postAll(conversation, activity);
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

  const remove: Handle = ({ params }) => {
    const conversation = conversationOf(tenant, params);
    limit('other', conversation.id);
    if (conversation.app !== 'installed') throw writesBlocked();
    tenant.remove(conversation, ownMessage(conversation, params));
    return { status: 200, body: undefined };
  };

  return [
    route('createConversation', 'POST', CONVERSATIONS, ({ body }) => {
      const parameters = readActivity(body);
      const conversation = openConversation(tenant, parameters, (id) => limit('write', id));
      const first = parameters['activity'];
      const posted = isFields(first) ? postAll(conversation, first) : [];
      const activityId = posted.length === 1 ? posted[0]?.id : undefined;
      return { status: 201, body: { id: conversation.id, activityId } };
    }),
    route('send', 'POST', ACTIVITIES, send),
    route('send', 'POST', `${ACTIVITIES}/(?<replyTo>[^/]+)`, send),
    route('update', 'PUT', `${ACTIVITIES}/(?<activity>[^/]+)`, update),
    route('delete', 'DELETE', `${ACTIVITIES}/(?<activity>[^/]+)`, remove),
    route('member', 'GET', `${MEMBERS}/members`, (call) => ({
      status: 200,
      body: [memberJson(tenant, readable(call).user)],
    })),
    route('member', 'GET', `${MEMBERS}/pagedmembers`, (call) => ({
      status: 200,
      body: { members: [memberJson(tenant, readable(call).user)] },
    })),
    route('member', 'GET', `${MEMBERS}/members/(?<member>[^/]+)`, (call) => {
      const { user } = readable(call);
      const wanted = call.params['member'];
      if (wanted !== user.memberId && wanted !== user.id) {
        throw reject(404, 'MemberNotFoundInConversation', `Member "${wanted}" is not in the conversation.`);
      }
      return { status: 200, body: memberJson(tenant, user) };
    }),
  ];
}

function conversationOf(tenant: Tenant, params: Call['params']): Conversation {
  const id = params['conversation'] ?? '';
  if (!id.startsWith('a:1')) {
    throw reject(400, 'BadArgument', `Conversation id "${id}": expected "a:1…".`);
  }
  const found = tenant.findConversation(id);
  if (found === null) throw reject(404, 'ConversationNotFound', `There is no conversation "${id}".`);
  return found;
}

/** The message that the path names; the bot can change only what it sent. */
function ownMessage(conversation: Conversation, params: Call['params']): TeamsMessage {
  const id = params['activity'] ?? '';
  const found = conversation.messages.find((message) => message.id === id);
  if (found === undefined) {
    throw reject(404, 'ActivityNotFoundInConversation', `Activity "${id}" is not in the conversation.`);
  }
  if (found.from !== 'bot') throw reject(403, 'Forbidden', `Activity "${id}" was not sent by this bot.`);
  return found;
}
