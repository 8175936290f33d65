import { line, plain } from '../../domain/words/line.ts';
import type { Observe } from '../../flow/ports/observe.ts';
import { inTime } from '../in-time.ts';
import { sorry, unknownAction } from '../refusals.ts';
import { createUnderWay } from '../under-way.ts';
import { answerClick } from './answer-click.ts';
import { answerCancel, answerOpen } from './answer-form.ts';
import { answerOpenFromReply, answerPressed, answerRenew } from './answer-pressed.ts';
import { answerSearch } from './answer-search.ts';
import { answerGuest, answerMention, answerWords } from './answer-words.ts';
import { answerInstalled, answerUninstalled, remembering } from './app-installs.ts';
import type { TeamsConnection } from './connect.ts';
import { createContext, type TeamsContext, type TeamsSteps } from './context.ts';
import { answerRefresh } from './current-card.ts';
import { nothing, type Outcome } from './outcome.ts';
import { type Incoming, parseActivity } from './parse-action.ts';
import { createReceive, type TeamsAnswer, type TeamsRequest } from './receive.ts';

type Options = TeamsSteps & { observe: Observe; answerWithinMs?: number };

type ByKind = { [From in Incoming as From['kind']]: From };
type AnswerTo<From> = (incoming: From, context: TeamsContext) => Promise<Outcome>;

const stillWorking = line`This takes longer than usual. The answer will follow here.`;
const stillLooking = line`This takes longer than usual. Open the chat again in a moment.`;

/** What is done about each kind of activity. */
const answers: { [Kind in Incoming['kind']]: AnswerTo<ByKind[Kind]> } = {
  action: remembering(answerClick),
  reply: remembering(answerPressed),
  openFromReply: remembering(answerOpenFromReply),
  open: remembering(answerOpen),
  cancel: remembering(answerCancel),
  renew: remembering(answerRenew),
  refresh: remembering(answerRefresh),
  search: answerSearch,
  text: remembering(answerWords),
  upgraded: remembering(doNothing),
  installed: answerInstalled,
  uninstalled: answerUninstalled,
  mention: answerMention,
  guest: answerGuest,
  ignored: doNothing,
  foreign: refuseForeign,
  unsupported: answerUnsupported,
};

/**
 * Joins Teams to the steps. Every click, form and word gets an answer, also when a step fails or is slow; the work is
 * done before Teams hears of success, so that a crash in between shows as a failure.
 * @returns `settled`, which resolves when nothing is being worked on any more
 */
export function teamsListeners(
  connection: TeamsConnection,
  { observe, answerWithinMs = 8000, ...steps }: Options,
): { receive(request: TeamsRequest): Promise<TeamsAnswer>; settled(): Promise<void> } {
  const { track, settled } = createUnderWay();
  const context = createContext(connection.conversations, steps, track);
  const receive = createReceive({ connection, observe, answerWithinMs }, (activity, withinMs) =>
    answerInTime(parseActivity(activity), withinMs, context),
  );
  return { receive, settled };
}

/** In time for Teams; what was not, is told in the conversation. */
async function answerInTime(
  incoming: Incoming,
  withinMs: number,
  context: TeamsContext,
): Promise<Omit<Outcome, 'untold'>> {
  const { track, sendLine } = context;
  const outcome = track(answer(incoming, context));
  const early = await inTime(outcome, withinMs);
  if (early) return early;
  // The next letter asks again.
  if (incoming.kind === 'search') return { shown: { found: [] } };
  if ('place' in incoming) {
    track(outcome.then(({ untold }) => (untold ? sendLine(incoming.place, untold) : undefined)));
  }
  return { shown: plain(isLook(incoming) ? stillLooking : stillWorking) };
}

/** Whether somebody only looks: nothing was done. */
function isLook({ kind }: Incoming): boolean {
  return kind === 'refresh' || kind === 'renew';
}

async function answer(incoming: Incoming, context: TeamsContext): Promise<Outcome> {
  // Each entry is written for its own kind, of which this is one.
  const answerKind = answers[incoming.kind] as AnswerTo<Incoming>;
  try {
    return await answerKind(incoming, context);
  } catch (error) {
    context.logFailure(error, 'something from Teams could not be worked on');
    return { shown: plain(sorry), untold: sorry };
  }
}

async function doNothing(): Promise<Outcome> {
  return nothing;
}

/** As Microsoft's own SDK answers what an app does not implement. */
async function refuseForeign(): Promise<Outcome> {
  return { ...nothing, status: 501 };
}

async function answerUnsupported(
  { reason }: ByKind['unsupported'],
  { steps }: TeamsContext,
): Promise<Outcome> {
  steps.log.warn({ platform: 'teams', reason }, 'something from Teams that nobody handles');
  return { shown: plain(unknownAction), untold: null };
}
