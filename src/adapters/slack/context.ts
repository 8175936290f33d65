import type {
  AnswerCommand,
  AnswerPress,
  NoteSaid,
  NoteSeen,
  OpenHome,
  PrepareForm,
  Respond,
  Search,
} from '../../flow/ports/chat.ts';
import type { Log } from '../log.ts';
import type { Sender } from './accounts.ts';
import type { Changed } from './parse-action.ts';
import type { Charts } from './send-reply.ts';

export type SlackSteps = {
  respond: Respond;
  prepareForm: PrepareForm;
  search: Search;
  noteSeen: NoteSeen;
  noteSaid: NoteSaid;
  answerCommand: AnswerCommand;
  answerPress: AnswerPress;
  openHome: OpenHome;
  /** Whether somebody is of our own workspace or grid: a card in a channel may be seen by people of another. */
  isColleague: (sender: Sender) => Promise<boolean>;
  log: Log;
};

/** What everything from Slack is answered with. */
export type SlackContext = {
  steps: SlackSteps;
  /**
   * Slack waits three seconds ("Handling user interaction in your Slack apps"); what takes longer than this is
   * acknowledged first and told afterwards.
   */
  ackWithinMs: number;
  /** Of each view the newest change that is worked on. */
  changing: Map<string, Changed>;
  charts: Charts;
};
