import type { IncomingHttpHeaders } from 'node:http';
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { type Line, line, plain } from '../../domain/card/text.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type {
  Answer,
  AnswerCommand,
  Farewell,
  Installs,
  MessageRef,
  NoteSeen,
  RefreshCard,
  Respond,
  Welcome,
} from '../../flow/ports/chat.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { inTime } from '../in-time.ts';
import { type Log, traceOf } from '../log.ts';
import type { AdaptiveCard } from './adaptive-card.ts';
import { teamsCard, teamsLine, teamsReply, teamsSummary } from './card.ts';
import type { TeamsConnection } from './connect.ts';
import type { Address, Content } from './conversations.ts';
import { type Incoming, type Place, parseActivity } from './parse-action.ts';

export type TeamsSteps = {
  respond: Respond;
  refreshCard: RefreshCard;
  noteSeen: NoteSeen;
  answerCommand: AnswerCommand;
  welcome: Welcome;
  farewell: Farewell;
  installs: Installs;
  clock: Clock;
  /** Takes a message of ours back. */
  remove(message: MessageRef): Promise<void>;
  log: Log;
  observe: Observe;
  /** Teams waits ten to fifteen seconds and asks again; what takes longer than this is answered as under way. */
  answerWithinMs?: number;
};

/** For `POST /api/messages`, as it came over the wire. */
export type TeamsRequest = { headers: IncomingHttpHeaders; body: Buffer };
export type TeamsAnswer = { status: number; body: unknown };

type Action = Extract<Incoming, { kind: 'action' }>;
type Refresh = Extract<Incoming, { kind: 'refresh' }>;

/** What an `adaptiveCard/action` is answered with; Teams cannot use an empty one. */
type Shown = AdaptiveCard | string;

/**
 * What came of a request, and what its sender would miss if the answer came too late to be shown. `lost`: nothing came
 * of it, and Teams should send it again.
 */
type Outcome = { shown: Shown | null; untold: Line | null; lost?: true };

/** Teams refuses messages above some 100 KB, and what it sends about them is little more. */
const bodyMaxBytes = 256 * 1024;

const sorry = line`Something went wrong on our side; nothing was changed. Try again.`;
const unknownAction = line`This does nothing any more. The latest card has what can be done.`;
const stillWorking = line`This takes longer than usual. The card will follow here.`;
const stillLooking = line`This takes longer than usual. Open the chat again in a moment.`;
const personalOnly = line`I answer in our personal chat: others would read along here.`;
const further = line`This lead's card is further down.`;

const nothing: Outcome = { shown: null, untold: null };

const bodyShape = z.looseObject({ type: z.string() });

/**
 * Joins Teams to the steps. Every click, form and word gets an answer, also when a step fails or is slow; the work is
 * done before Teams hears of success, so that a crash in between shows as a failure.
 * @returns `settled`, which resolves when nothing is being worked on any more
 */
export function teamsListeners(
  connection: TeamsConnection,
  steps: TeamsSteps,
): { receive(request: TeamsRequest): Promise<TeamsAnswer>; settled(): Promise<void> } {
  const { installs, clock, log, answerWithinMs = 8000 } = steps;
  const running = new Set<Promise<unknown>>();

  const track = <Value>(work: Promise<Value>): Promise<Value> => {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  };

  const failed = (error: unknown, message: string, handoffId?: HandoffId): void =>
    log.error({ platform: 'teams', ...(handoffId && { handoffId }), ...traceOf(error) }, message);

  const send = async (to: Address, content: Content): Promise<void> => {
    try {
      await connection.conversations.send(to, content);
    } catch (error) {
      log.warn({ platform: 'teams', ...traceOf(error) }, 'an answer in Teams was lost');
    }
  };

  const sendLine = (to: Address, text: Line): Promise<void> =>
    send(to, { card: teamsLine(text, null), summary: teamsSummary(null, text) });

  /**
   * Teams may move a conversation to another server, and tells by what it sends.
   * @returns whether somebody was unknown until now; null when that cannot be said, nor anything saved
   */
  const remember = async ({ userId, ...place }: Place): Promise<{ isNew: boolean } | null> => {
    try {
      const known = await installs.byUser(userId);
      const { memberId, conversationId, serviceUrl } = place;
      const same =
        known?.memberId === memberId &&
        known.conversationId === conversationId &&
        known.serviceUrl === serviceUrl;
      if (!same) await installs.save({ userId, ...place, emails: [] }, clock());
      return { isNew: known === null };
    } catch (error) {
      failed(error, 'where somebody is reached in Teams could not be saved');
      return null;
    }
  };

  /** Somebody whose adding the app was never heard of: they have seen the bot, so only what waits for them is brought. */
  const welcomeLate = async ({ userId }: Place): Promise<void> => {
    try {
      await steps.welcome({ platform: 'teams', userId });
    } catch (error) {
      failed(error, 'what waits for somebody in Teams could not be brought');
    }
  };

  /** The answer of a step, or an apology when it throws. */
  const attempt = async ({ click, act }: Action): Promise<Answer> => {
    try {
      return await steps.respond(click, act);
    } catch (error) {
      failed(error, 'an action in Teams failed', click.handoffId);
      return { done: false, text: sorry, field: null };
    }
  };

  const takeBack = async (message: MessageRef): Promise<void> => {
    try {
      await steps.remove(message);
    } catch (error) {
      log.warn({ platform: 'teams', ...traceOf(error) }, 'a needless card in Teams could not be removed');
    }
  };

  /** The card as it stands, after what somebody did on it or when they look at it. */
  const showCard = async (
    { place, messageId }: Action | Refresh,
    who: Refresh['who'],
    options: Parameters<typeof teamsCard>[2],
    answer: Answer | null,
  ): Promise<Outcome> => {
    const untold = answer && !answer.done ? answer.text : null;
    try {
      const seen = await steps.refreshCard({ ...who, messageId });
      if ('card' in seen) return { shown: teamsCard(seen.card, seen.mark, options), untold };
      if ('refused' in seen) return { shown: teamsLine(untold ?? seen.refused, null), untold };
      // Started here, it reaches Teams after the answer: that waits for nothing any more.
      track(takeBack({ conversationId: place.conversationId, messageId }));
      return { shown: teamsLine([...(untold ? [...untold, ...line` `] : []), ...further], null), untold };
    } catch (error) {
      failed(error, 'a card in Teams could not be looked at again', who.handoffId);
      // Words leave the card where it is, with the buttons to try again.
      return { shown: plain(answer?.text ?? sorry), untold };
    }
  };

  const noteSeen = async (who: Refresh['who']): Promise<void> => {
    try {
      await steps.noteSeen(who);
    } catch (error) {
      failed(error, 'that somebody saw a card in Teams could not be noted', who.handoffId);
    }
  };

  const carryOut = async (action: Action): Promise<Outcome> => {
    const { click, act, place, via } = action;
    const { commandId: _, ...who } = click;
    const answer = await attempt(action);
    if (via === 'submit') {
      // Whatever else is done on a card ends in another look at it.
      await noteSeen(who);
      if (!answer.done) await sendLine(place, answer.text);
      return nothing;
    }
    // The button stands on a bulletin, which has to stay.
    if (act.type === 'show') return { shown: plain(answer.text), untold: answer.done ? null : answer.text };
    if (answer.done) return showCard(action, who, {}, answer);
    const { text, field } = answer;
    const toMend = field !== null && act.type === 'submit';
    const options = toMend
      ? { open: { form: act.form, values: act.values, error: { field, text } } }
      : { notice: text };
    return showCard(action, who, options, answer);
  };

  const answerWords = async (place: Place, ask: () => ReturnType<AnswerCommand>): Promise<Outcome> => {
    try {
      const reply = await ask();
      await send(place, { card: teamsReply(reply), summary: teamsSummary(null, line`${reply.title}`) });
    } catch (error) {
      failed(error, 'words in Teams could not be answered');
      await sendLine(place, sorry);
    }
    return nothing;
  };

  const bidFarewell = async ({ userId }: Place): Promise<Outcome> => {
    try {
      await installs.remove(userId);
      await steps.farewell({ platform: 'teams', userId });
    } catch (error) {
      failed(error, 'the removal of the app in Teams could not be noted');
    }
    return nothing;
  };

  const work = async (incoming: Incoming): Promise<Outcome> => {
    if (!('place' in incoming) || incoming.kind === 'uninstalled') return respondTo(incoming);
    const remembered = await remember(incoming.place);
    if (incoming.kind === 'installed') return remembered ? respondTo(incoming) : { ...nothing, lost: true };
    const outcome = await respondTo(incoming);
    if (remembered?.isNew) track(welcomeLate(incoming.place));
    return outcome;
  };

  const respondTo = async (incoming: Incoming): Promise<Outcome> => {
    switch (incoming.kind) {
      case 'action':
        return carryOut(incoming);
      case 'refresh':
        return showCard(incoming, incoming.who, {}, null);
      case 'text': {
        const { place, userId, text } = incoming;
        return answerWords(place, () => steps.answerCommand({ platform: 'teams', userId, text }));
      }
      case 'mention':
        await sendLine(incoming, personalOnly);
        return nothing;
      case 'installed': {
        const { place, userId } = incoming;
        return answerWords(place, () => steps.welcome({ platform: 'teams', userId }));
      }
      case 'uninstalled':
        return bidFarewell(incoming.place);
      case 'upgraded':
      case 'ignored':
        return nothing;
      case 'unsupported':
        log.warn({ platform: 'teams', reason: incoming.reason }, 'something from Teams that nobody handles');
        return { shown: plain(unknownAction), untold: null };
      default:
        return incoming satisfies never;
    }
  };

  const outcomeOf = async (incoming: Incoming): Promise<Outcome> => {
    try {
      return await work(incoming);
    } catch (error) {
      failed(error, 'something from Teams could not be worked on');
      return { shown: plain(sorry), untold: sorry };
    }
  };

  /** In time for Teams; what was not, is told in the conversation. */
  const answer = async (incoming: Incoming, withinMs: number): Promise<Omit<Outcome, 'untold'>> => {
    const outcome = track(outcomeOf(incoming));
    const early = await inTime(outcome, withinMs);
    if (early) return early;
    if ('place' in incoming) {
      track(outcome.then(({ untold }) => (untold ? sendLine(incoming.place, untold) : undefined)));
    }
    return { shown: plain(incoming.kind === 'refresh' ? stillLooking : stillWorking) };
  };

  const receive = async ({ headers, body }: TeamsRequest): Promise<TeamsAnswer> => {
    const answerBy = performance.now() + answerWithinMs;
    const activity = readActivity(body);
    if ('rejected' in activity) return reject(activity.rejected);
    const authenticated = await connection.authenticate(activity.read, headers.authorization ?? '');
    if ('rejected' in authenticated) return reject(authenticated.rejected);

    let { shown, lost } = nothing;
    await connection.adapter.processActivityDirect(authenticated.caller, activity.read, async (turn) => {
      ({ shown, lost } = await answer(parseActivity(turn.activity), answerBy - performance.now()));
    });
    if (lost) return { status: 500, body: { message: 'nothing could be saved, expected again' } };
    const isInvoke = activity.read.type === 'invoke';
    return { status: 200, body: isInvoke && shown !== null ? invokeAnswer(shown) : {} };
  };

  const reject = ({ status, reason }: Rejection): TeamsAnswer => {
    steps.observe({ what: 'rejected', route: 'teams', status, reason });
    return { status, body: { message: reason } };
  };

  return {
    receive,
    async settled() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

type Rejection = { status: number; reason: string };

/** Reads what the SDK would stumble over, before it does. */
function readActivity(body: Buffer): { read: Activity } | { rejected: Rejection } {
  if (body.length > bodyMaxBytes) {
    return { rejected: { status: 413, reason: `a body above ${bodyMaxBytes} bytes` } };
  }
  try {
    const parsed = bodyShape.safeParse(JSON.parse(body.toString()));
    if (parsed.success) return { read: parsed.data as unknown as Activity };
  } catch {
    return { rejected: { status: 400, reason: 'a body that is no JSON' } };
  }
  return { rejected: { status: 400, reason: 'a body that is no activity' } };
}

function invokeAnswer(shown: Shown): unknown {
  const type = typeof shown === 'string' ? 'activity.message' : 'card.adaptive';
  return { statusCode: 200, type: `application/vnd.microsoft.${type}`, value: shown };
}
