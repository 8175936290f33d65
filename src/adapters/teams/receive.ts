import type { IncomingHttpHeaders } from 'node:http';
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Observe } from '../../flow/ports/observe.ts';
import type { TeamsConnection } from './connect.ts';
import { type Found, nothing, type Outcome, type Shown } from './outcome.ts';

/** For `POST /api/messages`, as it came over the wire. */
export type TeamsRequest = { headers: IncomingHttpHeaders; body: Buffer };
export type TeamsAnswer = { status: number; body: unknown };

/** The reason is for the log: whoever forges learns nothing from the answer. */
type Rejection = { status: keyof typeof answers; reason: string };

const answers = { 400: 'bad request', 401: 'unauthorized', 413: 'body too large', 503: 'busy' };

type Needs = {
  connection: TeamsConnection;
  observe: Observe;
  /** Teams waits ten to fifteen seconds and asks again; what takes longer than this is answered as under way. */
  answerWithinMs: number;
};

/** Teams refuses messages above some 100 KB, and what it sends about them is little more. */
const bodyMaxBytes = 256 * 1024;

const bodyShape = z.looseObject({ type: z.string() });

/** Takes requests of Teams, once they are authenticated, and answers them with what came of their activity. */
export function createReceive(
  { connection, observe, answerWithinMs }: Needs,
  answer: (activity: Activity, withinMs: number) => Promise<Omit<Outcome, 'untold'>>,
): (request: TeamsRequest) => Promise<TeamsAnswer> {
  const reject = ({ status, reason }: Rejection): TeamsAnswer => {
    observe({ what: 'rejected', route: 'teams', status, reason });
    return { status, body: { message: answers[status] } };
  };

  return async ({ headers, body }) => {
    const answerBy = performance.now() + answerWithinMs;
    const activity = readActivity(body);
    if ('rejected' in activity) return reject(activity.rejected);
    const authenticated = await connection.authenticate(activity.read, headers.authorization ?? '');
    if ('rejected' in authenticated) return reject(authenticated.rejected);

    let { shown, status }: Omit<Outcome, 'untold'> = nothing;
    await connection.adapter.processActivityDirect(authenticated.caller, activity.read, async (context) => {
      ({ shown, status } = await answer(context.activity, Math.max(0, answerBy - performance.now())));
    });
    const isInvoke = activity.read.type === 'invoke';
    return { status: status ?? 200, body: isInvoke && shown !== null ? invokeAnswer(shown) : {} };
  };
}

/** Reads what the SDK would stumble over, before it does. */
function readActivity(body: Buffer): { read: Activity } | { rejected: Rejection } {
  if (body.length > bodyMaxBytes) {
    return { rejected: { status: 413, reason: 'a body larger than Teams sends' } };
  }
  try {
    const parsed = bodyShape.safeParse(JSON.parse(body.toString()));
    if (parsed.success) return { read: parsed.data as unknown as Activity };
  } catch {
    return { rejected: { status: 400, reason: 'a body that is no JSON' } };
  }
  return { rejected: { status: 400, reason: 'a body that is no activity' } };
}

function invokeAnswer(shown: Shown | Found): unknown {
  const answer = (type: string, value: unknown) => ({
    statusCode: 200,
    type: `application/vnd.microsoft.${type}`,
    value,
  });
  if (typeof shown === 'string') return answer('activity.message', shown);
  return 'found' in shown
    ? answer('search.searchResponse', { results: shown.found })
    : answer('card.adaptive', shown);
}
