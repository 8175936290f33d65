import { Client, escapeIdentifier, type Pool } from 'pg';
import { codeOf } from './embedded/error-code.ts';
import { UnfitDatabase } from './unfit.ts';

const unreachable: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EACCES',
]);

/** Of Node's TLS, for a certificate that nobody vouches for, or that is another's. */
const untrusted = /^(SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/;

/** As PostgreSQL's own. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sqlState = /^[0-9A-Z]{5}$/;

/** Of an error while a database was opened, what whoever set DATABASE_URL can do; an error of our own is left as it is. */
export function explained(error: unknown, pool: Pool): unknown {
  if (!(error instanceof Error) || error instanceof UnfitDatabase) return error;
  const what = whatToDo(error, pool);
  return what === null ? error : new UnfitDatabase(what, { cause: error });
}

function whatToDo(error: Error, pool: Pool): string | null {
  const { message } = error;
  const code = codeOf(error) ?? '';
  if ('syscall' in error && error.syscall === 'open') {
    return `A file that DATABASE_URL names cannot be read (${message}): expected a certificate or key`;
  }
  if (unreachable.has(code) || code === 'ENOENT' || message.includes('timeout')) {
    return `DATABASE_URL leads to no PostgreSQL (${code || 'no answer'}), expected one that answers`;
  }
  if (untrusted.test(code)) {
    return (
      `Nobody known vouches for the certificate of PostgreSQL (${code}): expected sslrootcert=/path/to/root.crt in ` +
      'DATABASE_URL, or sslmode=require, which encrypts without asking who it is'
    );
  }
  if (message === 'The server does not support SSL connections') {
    return 'PostgreSQL does not encrypt: switch ssl on there, or set sslmode=disable in DATABASE_URL';
  }
  // What `pg` says of a password that it has not got.
  if (message.startsWith('SASL: ')) return 'PostgreSQL wants a password: expected one in DATABASE_URL';
  return sqlState.test(code) ? whatPostgresMeans(code, message, namesOf(pool)) : null;
}

/** Its own messages name roles, databases and addresses here, and never a value. */
function whatPostgresMeans(code: string, message: string, { role, database }: Names): string {
  switch (code) {
    case '28P01':
      return `PostgreSQL does not let the role ${role} in: expected its password in DATABASE_URL`;
    case '3D000':
      return `There is no database ${database} on the server of DATABASE_URL: CREATE DATABASE ${database} OWNER ${role}`;
    case '42501':
      return (
        `The role ${role} lacks a right (${message}): GRANT CONNECT, CREATE ON DATABASE ${database} TO ${role}, ` +
        `GRANT USAGE, CREATE ON SCHEMA public (or its own) TO ${role}, and what is there already must belong to it`
      );
    default:
      return `PostgreSQL refuses what DATABASE_URL asks for (${code}): ${message}`;
  }
}

type Names = { role: string; database: string };

function namesOf({ options: { connectionString = '' } }: Pool): Names {
  const { user = '', database = '' } = new Client({ connectionString });
  return { role: escapeIdentifier(user), database: escapeIdentifier(database) };
}
