import { noLongerCalled } from '../../domain/handoff/called.ts';
import type { Handoff, HandoffEvent, HandoffId } from '../../domain/handoff/handoff.ts';
import { settledAfterSeconds } from '../../domain/handoff/undo.ts';

/** A mail to somebody of ours. */
export type Mail = {
  /** Stays the same when it is sent again, so that one that came twice is recognised. */
  id: string;
  /** The same for all mails that belong together. */
  thread: string;
  to: string;
  subject: string;
  text: string;
  html: string;
};

/** Tried once: TemporaryFailure tells whether the mail may have gone all the same. */
export type Mailer = { send(mail: Mail): Promise<void> };

/** What another system is told. `id`: the same for every attempt, so that one that came twice is recognised. */
export type WebhookCall = {
  id: string;
  url: string;
  body: object;
  /** The environment variable with what it is signed with; WEBHOOK_SECRET where it is left out. */
  secret?: string;
};

/** Tried once: TemporaryFailure tells whether it may have arrived all the same. */
export type Webhooks = { call(call: WebhookCall): Promise<void> };

/** What the job is called that tells of an event of a handoff outside of the chats. */
function alertKey(handoffId: HandoffId, seq: number): string {
  return `${handoffId}:${seq}`;
}

/**
 * Which jobs tell outside of the chats what a change leads to: one for each alert, and once more that of a webhook whose lead
 * waits no longer, as soon as nobody can take that back. As it is the same job, it never overtakes the alert.
 */
export function alertJobs(
  before: Handoff,
  { handoff, events }: { handoff: Handoff; events: readonly HandoffEvent[] },
): { key: string; wait: number }[] {
  const alerts = events.flatMap(({ type }, index) =>
    type === 'alerted' ? [{ seq: before.version + 1 + index, wait: 0 }] : [],
  );
  const wait = handoff.undoable ? settledAfterSeconds : 0;
  const over = noLongerCalled(before, handoff).map((seq) => ({ seq, wait }));
  return [...alerts, ...over].map(({ seq, wait }) => ({ key: alertKey(handoff.id, seq), wait }));
}

/** The handoff and the event of such a job. */
export function readAlertKey(key: string): { handoffId: HandoffId; seq: number } {
  const [handoffId = '', seq] = key.split(':');
  return { handoffId, seq: Number(seq) };
}
