import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { onTestFinished, type TestContext } from 'vitest';

const run = promisify(execFile);

/** Skips a test where a program of Debian's package `prometheus` is not installed. */
export function needsPrometheus({ skip }: Pick<TestContext, 'skip'>): void {
  for (const program of ['promtool', 'prometheus']) {
    const isThere = spawnSync(program, ['--version']).status === 0;
    skip(!isThere, `${program} is not installed: apt-get install prometheus`);
  }
}

/** A file of the project's. */
export function projectFile(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** A folder with some files, for as long as the test runs. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'handoff-prometheus-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** What promtool says, and whether it is content. */
export async function promtool(
  folder: string,
  command: readonly string[],
  input = '',
): Promise<{ ok: boolean; said: string }> {
  const running = run('promtool', [...command], { cwd: folder });
  running.child.stdin?.end(input);
  return running.then(
    ({ stdout, stderr }) => ({ ok: true, said: stdout + stderr }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ ok: false, said: stdout + stderr }),
  );
}

/** A Prometheus with `prometheus.yml` of a folder, for as long as the test runs. @returns where it is asked */
export async function startPrometheus(folder: string): Promise<string> {
  const server = spawn(
    'prometheus',
    ['--config.file=prometheus.yml', '--storage.tsdb.path=data', '--web.listen-address=127.0.0.1:0'],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  onTestFinished(async () => {
    const ended = once(server, 'exit');
    if (server.kill('SIGKILL')) await ended;
  });
  const lines: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    lines.push(line);
    const [, address] = /msg="Listening on" address=(\S+)/.exec(line) ?? [];
    if (address) return `http://${address}`;
  }
  throw new Error(`Prometheus did not start: ${lines.slice(-3).join(' ')}`);
}
