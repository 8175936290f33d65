import type { Line } from '../../domain/card/text.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type {
  AnswerCommand,
  Farewell,
  Installs,
  MessageRef,
  NoteSaid,
  NoteSeen,
  RefreshCard,
  Respond,
  Welcome,
} from '../../flow/ports/chat.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { type Log, traceOf } from '../log.ts';
import type { UnderWay } from '../under-way.ts';
import { teamsLine, teamsSummary } from './card.ts';
import type { Address, Content, Conversations } from './conversations.ts';

export type TeamsSteps = {
  respond: Respond;
  refreshCard: RefreshCard;
  noteSeen: NoteSeen;
  noteSaid: NoteSaid;
  answerCommand: AnswerCommand;
  welcome: Welcome;
  farewell: Farewell;
  installs: Installs;
  clock: Clock;
  /** Takes a message of ours back. */
  remove(message: MessageRef): Promise<void>;
  log: Log;
};

/** What everything from Teams is answered with. */
export type TeamsContext = {
  steps: TeamsSteps;
  /** For work that the answer does not wait for. */
  track: UnderWay['track'];
  /** Sends a message of its own as the answer. One that is lost is logged, not thrown. @returns its id; null: lost */
  send(to: Address, content: Content): Promise<string | null>;
  sendLine(to: Address, text: Line): Promise<string | null>;
  logFailure(error: unknown, message: string, handoffId?: HandoffId): void;
};

export function createContext(
  conversations: Conversations,
  steps: TeamsSteps,
  track: UnderWay['track'],
): TeamsContext {
  const { log } = steps;
  const send: TeamsContext['send'] = async (to, content) => {
    try {
      return await conversations.send(to, content);
    } catch (error) {
      log.warn({ platform: 'teams', ...traceOf(error) }, 'an answer in Teams was lost');
      return null;
    }
  };
  return {
    steps,
    track,
    send,
    sendLine: (to, text) => send(to, { card: teamsLine(text, null), summary: teamsSummary(null, text) }),
    logFailure: (error, message, handoffId) =>
      log.error({ platform: 'teams', ...(handoffId && { handoffId }), ...traceOf(error) }, message),
  };
}
