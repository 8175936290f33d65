import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';

/** What nodemailer tells of a failure: its own code, and the server's answer if there was one (RFC 5321, 4.2.1). */
type SmtpError = Error & { code?: string; responseCode?: number; originalCode?: string };

/** Failures of which it is sure that no mail was handed over. */
const before = new Set(['EDNS', 'EAUTH', 'ENOAUTH', 'ETLS', 'EENVELOPE', 'ECONFIG', 'EPROXY']);
/** The system's words for a server that is not there. */
const notThere = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Translates a failed mail, once. What the server says of people stays in the log. */
export function translateSmtpError(cause: unknown): Error {
  const { code = 'unknown', responseCode, originalCode = '', message } = cause as SmtpError;
  const isLogin = code === 'EAUTH' || code === 'ENOAUTH';
  if (responseCode && responseCode >= 500 && !isLogin) {
    const why = `the mail server refused it (${responseCode})`;
    return new PermanentFailure(message, { code: String(responseCode), why, cause });
  }
  const isSure = responseCode !== undefined || before.has(code) || notThere.has(originalCode);
  return new TemporaryFailure(`The mail server did not take the mail (${code})`, {
    outcome: isSure ? 'notDone' : 'unknown',
    cause,
  });
}
