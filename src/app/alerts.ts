import { noMailer, smtpMailer } from '../adapters/mail/mailer.ts';
import { webhookCalls } from '../adapters/webhook/call.ts';
import type { Config, Secrets } from '../config.ts';
import type { Clock } from '../flow/ports/time.ts';
import type { StepNeeds } from './step-needs.ts';

/** What tells outside of the chats. */
export function openAlerts(
  { mail }: Config,
  { smtpUrl, webhookSecret }: Secrets,
  clock: Clock,
): Pick<StepNeeds, 'mailer' | 'webhooks'> {
  return {
    mailer: mail && smtpUrl ? smtpMailer({ url: smtpUrl, from: mail.from }) : noMailer,
    webhooks: webhookCalls({ secret: webhookSecret, clock }),
  };
}
