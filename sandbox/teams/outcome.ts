import type { Delivery } from './deliver.ts';

/** What became of something that a person did. */
export type Outcome = {
  /**
   * `refused`: the person's client did not let them, so the bot heard nothing. `timeout`: no answer in time,
   * twice. `unreachable`: not HTTP 200, or an answer that Teams cannot use; the person reads that the app
   * cannot be reached.
   */
  readonly result: Delivery['result'] | 'refused';
  readonly status: number | null;
  /** Why it was refused or could not be used, or what the bot's own error answer says. */
  readonly reason: string | null;
  /** By input id: what the person reads beside the inputs of the card. */
  readonly errors: Readonly<Record<string, string>>;
  /** The message that the bot answered an action with. */
  readonly text: string | null;
  /** The card that the bot answered an action with. */
  readonly card: unknown;
  /** What the bot's answer said as JSON, or as it came. */
  readonly body: unknown;
};

/** A request that went to the bot, for the log. */
export type DeliveryRecord = {
  readonly at: Date;
  /** The activity's type. */
  readonly kind: string;
  /** The action's verb, for an invoke. */
  readonly verb: string | null;
  /** The person's Entra object id. */
  readonly user: string;
  readonly activityId: string;
  readonly result: Delivery['result'];
  readonly status: number | null;
};

/** What the person's client did not let happen. */
export function refused(reason: string, errors: Readonly<Record<string, string>> = {}): Outcome {
  return { result: 'refused', status: null, reason, errors, text: null, card: null, body: null };
}

/** What came of a request that went to the bot. */
export function outcomeOf({ result, status, reason, body }: Delivery): Outcome {
  return { result, status, reason, errors: {}, text: null, card: null, body };
}
