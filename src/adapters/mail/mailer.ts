import { createTransport } from 'nodemailer';
import type { Mail, Mailer } from '../../flow/ports/alerts.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import { translateSmtpError } from './translate-error.ts';

/** So long each step may take: connecting, the server's greeting, and any silence after that. */
const timeoutMs = 8_000;

/** Sends mail through the company's own server. @param from an address, or `Name <address>` */
export function smtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url,
    ...mustBeEncrypted(url),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing of a mail is ever read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.replace(/>\s*$/, '').split('@').at(-1) ?? 'localhost';
  return {
    send: async ({ id, thread, to, subject, text, html }: Mail) => {
      const mail = {
        ...{ from, to: { name: '', address: to }, subject, text, html },
        messageId: `<${id.replaceAll(':', '.')}@${domain}>`,
        references: `<${thread}@${domain}>`,
        // No vacation notice answers it (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      };
      try {
        await transport.sendMail(mail);
      } catch (error) {
        throw translateSmtpError(error);
      }
    },
  };
}

/** A password goes over no line that others can read; to this machine there is no such line. */
function mustBeEncrypted(url: string): { requireTLS?: true } {
  const { protocol, username, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'smtp:' && username !== '' && !isHere ? { requireTLS: true } : {};
}

/** Where no server is configured. */
export const noMailer: Mailer = {
  send: async () => {
    const why = 'no mail server is configured (SMTP_URL)';
    throw new PermanentFailure(why, { code: 'no_mail_server', why });
  },
};
