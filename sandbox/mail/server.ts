import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type ReadMail, readMail } from './read-mail.ts';

/** A mail that arrived in somebody's mailbox. */
export type ArrivedMail = ReadMail & { at: Date; to: string };

/**
 * What the next mail meets: an answer of the server, to its recipient or to the whole of it; or a line that breaks, before
 * or after it was taken.
 */
export type MailFault = { answers: number; to: 'recipient' | 'message' } | 'drop' | 'dropAfterEffect';

export type MailServer = {
  /** As `SMTP_URL` has it. */
  url: string;
  /** Everything that arrived, the newest last. */
  arrived: readonly ArrivedMail[];
  /** Why mails were not taken, in words. */
  refused: readonly string[];
  failNext(fault: MailFault): void;
  onArrival(listener: (mail: ArrivedMail) => void): void;
  close(): Promise<void>;
};

type Options = { now: () => Date; user?: { name: string; password: string } };

/** A mail server (RFC 5321, by smtp-server) that takes mail for everybody, and only such as is well formed. */
export async function startMail({ now, user }: Options): Promise<MailServer> {
  const arrived: ArrivedMail[] = [];
  const refused: string[] = [];
  const faults: MailFault[] = [];
  const listeners: ((mail: ArrivedMail) => void)[] = [];

  const server = new SMTPServer({
    authOptional: user === undefined,
    // The line is this machine's own.
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS', ...(user ? [] : ['AUTH'])],
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = username === user?.name && password === user?.password;
      return isKnown ? done(null, { user: username }) : done(answer(535, 'unknown user'));
    },
    onRcptTo: (_address, _session, done) => {
      const fault = faultAt('recipient');
      done(fault ? answer(fault, 'no mailbox here') : null);
    },
    onData: (stream, session, done) => {
      text(stream).then((source) => take(source, session, done), done);
    },
  });
  server.on('error', () => {});

  const faultAt = (place: 'recipient' | 'message'): number | null => {
    const [next] = faults;
    if (typeof next !== 'object' || next.to !== place) return null;
    faults.shift();
    return next.answers;
  };
  const hangUp = ({ id }: SMTPServerSession): void => {
    for (const connection of server.connections) if (connection.id === id) connection.close();
  };

  function take(source: string, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    const refusal = faultAt('message');
    if (refusal) {
      done(answer(refusal, 'not now'));
      return;
    }
    const mail = readMail(source);
    if ('wrong' in mail) {
      refused.push(mail.wrong);
      done(answer(554, mail.wrong));
      return;
    }
    const [broken] = faults;
    const breaks = broken === 'drop' || broken === 'dropAfterEffect';
    if (breaks) faults.shift();
    if (broken !== 'drop') {
      for (const { address } of session.envelope.rcptTo) {
        const one = { ...mail, at: now(), to: address };
        arrived.push(one);
        for (const tell of listeners) tell(one);
      }
    }
    if (breaks) hangUp(session);
    else done();
  }

  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const login = user ? `${user.name}:${user.password}@` : '';
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    arrived,
    refused,
    failNext: (fault) => void faults.push(fault),
    onArrival: (listener) => void listeners.push(listener),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
