import type { Logger } from 'pino';
import { heartbeat } from '../adapters/heartbeat.ts';
import { noMailer, smtpMailer } from '../adapters/mail/mailer.ts';
import { webhookCalls } from '../adapters/webhook/call.ts';
import type { Config, Secrets } from '../config.ts';
import type { Clock } from '../flow/ports/time.ts';
import type { StepNeeds } from './step-needs.ts';

/** What tells outside of the chats. */
export function openAlerts(
  { mail }: Config,
  { smtpUrl, webhookSecret, webhookSecrets = {} }: Secrets,
  clock: Clock,
): Pick<StepNeeds, 'mailer' | 'webhooks'> {
  return {
    mailer: mail && smtpUrl ? smtpMailer({ url: smtpUrl, from: mail.from }) : noMailer,
    webhooks: webhookCalls({ secret: webhookSecret, others: webhookSecrets, clock }),
  };
}

/** What tells a watcher outside, if there is one, that the bot does its work. */
export function openHeartbeat({ heartbeatUrl }: Secrets, clock: Clock, log: Logger): () => Promise<void> {
  if (!heartbeatUrl) return async () => {};
  return heartbeat(heartbeatUrl, clock, (err) => log.warn({ err }, 'the heartbeat was not heard'));
}
