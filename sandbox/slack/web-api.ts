import { type Arguments, stringArgument } from './arguments.ts';
import { chatMethods, resolveTarget } from './chat-methods.ts';
import { conversationMethods } from './conversation-methods.ts';
import { type Answer, type Method, missingScope, refuse, type SlackState } from './method.ts';
import { createRateLimits } from './rate-limits.ts';
import { userMethods } from './user-methods.ts';
import { viewMethods } from './view-methods.ts';

const methods: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...userMethods,
  ...viewMethods,
};

/** The only method that wants an app-level token. */
const openSocket = 'apps.connections.open';

export type WebApiCall = {
  readonly method: string;
  readonly token: string | null;
  readonly args: Arguments;
};

/** `retryAfter` in seconds makes it HTTP 429. */
export type WebApiReply = { answer: Answer; retryAfter: number | null };

/**
 * The Web API: who may call, how often, with what.
 * @param realTime milliseconds, for the rate limits
 */
export function createWebApi(
  state: SlackState,
  options: {
    botToken: string;
    /** Null while Socket Mode is off. */
    openSocket: { appToken: string; url: () => string } | null;
    limits: 'documented' | 'off';
    realTime: () => number;
  },
): (call: WebApiCall) => WebApiReply {
  const take = createRateLimits(options.realTime);
  const socketMethod: Method = {
    scope: null,
    tier: 3,
    required: [],
    run: () => ({ ok: true, url: options.openSocket?.url() ?? '' }),
  };

  return ({ method: name, token, args }) => {
    const reply = (answer: Answer): WebApiReply => ({ answer, retryAfter: null });
    const method = name === openSocket ? socketMethod : methods[name];
    if (method === undefined) return reply(refuse('unknown_method'));
    if (token === null) return reply(refuse('not_authed'));
    const isAppToken = token === options.openSocket?.appToken;
    if (token !== options.botToken && !isAppToken) return reply(refuse('invalid_auth'));
    if (isAppToken !== (name === openSocket)) return reply(refuse('not_allowed_token_type'));
    if (options.limits === 'documented') {
      const conversation = method.tier === 'message' ? conversationOf(state, args) : '';
      const retryAfter = take({ method: name, tier: method.tier, conversation });
      if (retryAfter !== null) return { answer: refuse('ratelimited'), retryAfter };
    }
    if (method.scope !== null && !state.scopes.includes(method.scope)) {
      return reply(missingScope(method.scope, state.scopes));
    }
    const missing = method.required.filter((argument) => (args[argument] ?? '') === '');
    if (missing.length > 0) {
      const issues = missing.map((argument) => ({
        message: `missing required field: ${argument}`,
        pointer: '',
      }));
      return reply(refuse('invalid_arguments', issues));
    }
    return reply(method.run(args, state));
  };
}

/** A message addressed to a person counts against the conversation with them. */
function conversationOf({ workspace }: SlackState, args: Arguments): string {
  const channel = stringArgument(args, 'channel') ?? '';
  return resolveTarget(workspace, channel)?.id ?? channel;
}
