import type { Delivery } from './inbound.ts';

/** What became of something that a person did. */
export type Outcome = {
  /** `refused`: Slack's client did not let the person do it, so the app heard nothing. */
  readonly result: Delivery['result'] | 'refused';
  /** The app answered HTTP 200 within three seconds. */
  readonly acknowledged: boolean;
  readonly status: number | null;
  readonly body: string;
  /** Why it was refused, or why Slack could not use the app's answer. */
  readonly reason: string | null;
  /** By block id: what the person reads beside the inputs of the modal. */
  readonly errors: Readonly<Record<string, string>>;
  readonly triggerId: string | null;
};

export type EventOutcome = Outcome & {
  /** How often Slack sent the event: once, and up to three times more. */
  readonly attempts: number;
};

/** A request that went to the app, for the log. */
export type DeliveryRecord = {
  readonly at: Date;
  readonly kind: string;
  readonly user: string | null;
  readonly result: Delivery['result'];
  readonly status: number | null;
};

/** What Slack's client did not let happen. */
export function refused(reason: string): Outcome {
  return {
    result: 'refused',
    acknowledged: false,
    status: null,
    body: '',
    reason,
    errors: {},
    triggerId: null,
  };
}

/** What came of a request that went to the app. */
export function outcomeOf({ result, status, body }: Delivery, triggerId: string | null): Outcome {
  const acknowledged = result === 'acknowledged';
  return { result, acknowledged, status, body, reason: null, errors: {}, triggerId };
}
