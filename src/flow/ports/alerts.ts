import type { HandoffId } from '../../domain/handoff/handoff.ts';

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
export type WebhookCall = { id: string; url: string; body: object };

/** Tried once: TemporaryFailure tells whether it may have arrived all the same. */
export type Webhooks = { call(call: WebhookCall): Promise<void> };

/** What the job is called that tells of an event of a handoff outside of the chats. */
export function alertKey(handoffId: HandoffId, seq: number): string {
  return `${handoffId}:${seq}`;
}

/** The handoff and the event of such a job. */
export function readAlertKey(key: string): { handoffId: HandoffId; seq: number } {
  const [handoffId = '', seq] = key.split(':');
  return { handoffId, seq: Number(seq) };
}
