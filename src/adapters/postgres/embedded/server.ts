import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { codeOf } from './error-code.ts';
import { runProgram } from './program.ts';

/** Settings of postgresql.conf; the values pass through a shell and must be single plain words. */
export type Settings = Readonly<Record<string, string>>;

/** The server is small and private to this machine. */
const ownSettings: Settings = {
  listen_addresses: '127.0.0.1',
  // A socket's path may be too long, and its directory closed to the server's account.
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '32MB',
  // Without replication the log of changes can be leaner, and one process fewer runs.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  log_checkpoints: 'off',
  // Failed statements and constraint errors quote leads; the app logs its own errors without them.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
};

const pollMs = 20;
const goneWithinMs = 60_000;

/** Starts the server on a free port; `settings` add to ours or replace them. */
export async function startServer(cluster: Cluster, settings: Settings): Promise<void> {
  const all = { ...ownSettings, ...settings, port: String(await freePort()) };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`);
  await pgCtl(cluster, 'start', '--wait', '-o', options.join(' '));
}

/** Stops the server and ends the connections to it. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const { pid } = await runningServer(cluster);
  await pgCtl(cluster, 'stop', '--mode=fast', '--no-wait');
  // Told to wait itself, pg_ctl would go on waiting for the server of a newcomer that starts at once.
  const deadline = performance.now() + goneWithinMs;
  while ((await runningServer(cluster)).pid === pid) {
    if (performance.now() > deadline) {
      throw new Error(
        `PostgreSQL (process ${pid}) still runs ${goneWithinMs / 1000} s after it was told to stop: ` +
          `expected it to be gone. See ${cluster.logFile}.`,
      );
    }
    await delay(pollMs);
  }
}

async function pgCtl(cluster: Cluster, ...args: string[]): Promise<void> {
  await runProgram(join(cluster.programs, 'pg_ctl'), ['-D', cluster.data, '--silent', ...args], cluster);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP port on 127.0.0.1.');
  return address.port;
}

/** Process and port as `postmaster.pid` has them: neither if no server runs, and no port yet while one starts. */
export async function runningServer(cluster: Cluster): Promise<{ pid?: string; port?: number }> {
  const text = await readFile(pidFileOf(cluster), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
  const [pid, , , port] = text.split('\n');
  return { ...(pid && { pid }), ...(port && { port: Number(port) }) };
}

/** Takes away the file that a dead server left, if PostgreSQL mistakes it for that of a living one. */
export async function forgetServer(cluster: Cluster): Promise<void> {
  await rm(pidFileOf(cluster), { force: true });
}

function pidFileOf(cluster: Cluster): string {
  return join(cluster.data, 'postmaster.pid');
}
