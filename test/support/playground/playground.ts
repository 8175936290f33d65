import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Microsoft 365 Agents Playground as a process of its own. */
export type Playground = {
  /** Its page. */
  url: string;
  stop(): Promise<void>;
};

/** Who sits at the Playground. */
export type PlaygroundUser = { email: string; givenName: string; surname: string };

const require = createRequire(import.meta.url);
const cli = require.resolve('@microsoft/m365agentsplayground/cli.js');
/** A test run that is killed stops nobody; the channel to it breaks all the same. */
const endsWithItsParent = "data:text/javascript,process.once('disconnect', () => process.exit())";

/** Starts it on a free port, with files in a directory of its own. */
export async function startPlayground(options: {
  /** Where it sends what the user does. */
  messagesUrl: string;
  appId: string;
  tenantId: string;
  user: PlaygroundUser;
}): Promise<Playground> {
  const directory = await mkdtemp(join(tmpdir(), 'handoff-playground-'));
  const configFile = join(directory, 'playground.yml');
  const logFile = join(directory, 'playground.log');
  await writeFile(configFile, stringify(configOf(options)));
  const child = spawn(
    process.execPath,
    [
      '--import',
      endsWithItsParent,
      cli,
      'start',
      '--app-endpoint',
      options.messagesUrl,
      '--channel-id',
      'msteams',
      '--port',
      '0',
      '--disable-telemetry',
    ],
    {
      cwd: directory,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: directory,
        TEAMSAPPTESTER_BROWSER: 'none',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: configFile,
        M365_AGENTS_PLAYGROUND_LOGFILE: logFile,
      },
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    },
  );
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };

  let output = '';
  const { promise: listening, resolve } = Promise.withResolvers<string | null>();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const port = /Listening on (\d+)\n/.exec(output)?.[1];
    if (port !== undefined) resolve(port);
  });
  ended.then(() => resolve(null));
  const url = `http://localhost:${await listening}`;
  // It listens before it has read its configuration, and serves nothing when it does not like it.
  const answers = await fetch(`${url}/_debug/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (answers) return { url, stop };

  // What is wrong stands nowhere else.
  const log = await readFile(logFile, 'utf8').catch(() => 'it wrote no log');
  await stop();
  throw new Error(`The Playground did not start: ${log}`);
}

/** Five other users are the least that it starts with, and the most. */
function configOf({
  appId,
  tenantId,
  user,
}: {
  appId: string;
  tenantId: string;
  user: PlaygroundUser;
}): unknown {
  const others = ['One', 'Two', 'Three', 'Four', 'Five'].map((surname, index) =>
    account(
      { email: `colleague.${surname.toLowerCase()}@example.com`, givenName: 'Colleague', surname },
      index + 1,
    ),
  );
  return {
    version: '0.1.1',
    tenantId,
    bot: { id: `28:${appId}`, name: 'Lead Handoff' },
    currentUser: account(user, 0),
    users: others,
    personalChat: { id: 'a:1-personal' },
    groupChat: { id: '19:group@unq.gbl.spaces', name: 'Group Chat' },
    team: { id: '19:team@thread.tacv2', name: 'Team', aadGroupId: guid(90), channels: [] },
  };
}

function account({ email, givenName, surname }: PlaygroundUser, index: number): Record<string, string> {
  return {
    id: `29:1${surname}`,
    name: `${givenName} ${surname}`,
    userPrincipleName: email,
    aadObjectId: guid(index),
    givenName,
    surname,
    email,
  };
}

function guid(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
