import type { Mail, Mailer, WebhookCall, Webhooks } from '../../../src/flow/ports/alerts.ts';
import { type Script, scripted } from './script.ts';

export type MemoryAlerts = {
  mailer: Mailer;
  webhooks: Webhooks;
  /** What goes wrong next. */
  mailScript: Script<Mailer>;
  webhookScript: Script<Webhooks>;
  mails: Mail[];
  calls: WebhookCall[];
};

/** A mail server and other systems that take everything. */
export function memoryAlerts(): MemoryAlerts {
  const mails: Mail[] = [];
  const calls: WebhookCall[] = [];
  const mail = scripted<Mailer>({
    send: async (one) => {
      mails.push(one);
    },
  });
  const webhook = scripted<Webhooks>({
    call: async (one) => {
      calls.push(one);
    },
  });
  return {
    ...{ mailer: mail.port, mailScript: mail.script, mails },
    ...{ webhooks: webhook.port, webhookScript: webhook.script, calls },
  };
}
