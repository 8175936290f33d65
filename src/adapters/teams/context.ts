import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Line } from '../../domain/words/line.ts';
import type { Cards } from '../../flow/ports/cards.ts';
import type {
  AnswerCommand,
  AnswerPress,
  Farewell,
  Installs,
  NoteSaid,
  NoteSeen,
  PrepareForm,
  RefreshCard,
  Respond,
  Search,
  Welcome,
} from '../../flow/ports/chat.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { type Log, traceOf } from '../log.ts';
import type { UnderWay } from '../under-way.ts';
import { teamsLine, teamsSummary } from './card.ts';
import type { Address, Content, Conversations } from './conversations.ts';
import { createSentAnswers, type SentAnswers } from './sent-answers.ts';

export type TeamsSteps = {
  respond: Respond;
  prepareForm: PrepareForm;
  search: Search;
  refreshCard: RefreshCard;
  noteSeen: NoteSeen;
  noteSaid: NoteSaid;
  keepForm: Cards['keepForm'];
  takeForm: Cards['takeForm'];
  answerCommand: AnswerCommand;
  answerPress: AnswerPress;
  welcome: Welcome;
  farewell: Farewell;
  installs: Installs;
  clock: Clock;
  log: Log;
};

/** What everything from Teams is answered with. */
export type TeamsContext = {
  steps: TeamsSteps;
  sent: SentAnswers;
  /** For work that the answer does not wait for. */
  track: UnderWay['track'];
  /** Sends a message of its own as the answer. @returns its id; null when it is lost, which is logged */
  send(to: Address, content: Content): Promise<string | null>;
  /** Puts something else into a message, as far as it is there; a failure is logged. */
  replace(at: Address & { messageId: string }, content: Content): Promise<void>;
  /** Takes a message back; a failure is logged. */
  takeBack(at: Address & { messageId: string }): Promise<void>;
  sendLine(to: Address, text: Line): Promise<string | null>;
  logFailure(error: unknown, message: string, handoffId?: HandoffId): void;
};

export function createContext(
  conversations: Conversations,
  steps: TeamsSteps,
  track: UnderWay['track'],
): TeamsContext {
  const { log } = steps;
  const trying = async <Result>(work: Promise<Result>, lost: string): Promise<Result | null> => {
    try {
      return await work;
    } catch (error) {
      log.warn({ platform: 'teams', ...traceOf(error) }, lost);
      return null;
    }
  };
  const send: TeamsContext['send'] = (to, content) =>
    trying(conversations.send(to, content), 'an answer in Teams was lost');
  return {
    steps,
    sent: createSentAnswers(),
    track,
    send,
    async replace(at, content) {
      await trying(conversations.update(at, content), 'a message in Teams could not be brought up to date');
    },
    async takeBack(at) {
      await trying(conversations.remove(at), 'a needless message in Teams could not be removed');
    },
    sendLine: (to, text) =>
      send(to, { card: teamsLine(text, null, to.zone), summary: teamsSummary(null, text, to.zone) }),
    logFailure: (error, message, handoffId) =>
      log.error({ platform: 'teams', ...(handoffId && { handoffId }), ...traceOf(error) }, message),
  };
}
