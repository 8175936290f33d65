import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The unit of `/proc/<pid>/stat`, on every machine that Linux runs on today. */
const ticksPerSecond = 100;

/** The resident memory of a process in MB of 1024 × 1024 bytes. */
export async function residentMegabytes(pid: number): Promise<number> {
  return (await residentKilobytes(pid)) / 1024;
}

async function residentKilobytes(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout);
}

/** CPU seconds that a process has used, all its threads, in user and system mode; Linux only. */
export function cpuSeconds(pid: number): number {
  return statOf(pid).own;
}

/** The same with all its children, those that have ended as well. */
export function cpuSecondsWithChildren(pid: number): number {
  for (;;) {
    const before = statOf(pid);
    // All at once, between two events of ours: the reading must not take longer when there is much to do.
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => statIfThere(Number(name)))
      .filter((stat) => stat?.parent === pid);
    const after = statOf(pid);
    // One that ended meanwhile would be missing, or be there twice.
    if (before.ofEnded !== after.ofEnded) continue;
    return children.reduce((sum, stat) => sum + (stat?.own ?? 0), after.own + after.ofEnded);
  }
}

export function parentOf(pid: number): number {
  return statOf(pid).parent;
}

type Stat = { parent: number; own: number; ofEnded: number };

function statOf(pid: number): Stat {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in brackets, may hold anything. Behind it, from the third field on: man 5 proc_pid_stat.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const field = (number: number) => fields[number - 3] ?? Number.NaN;
  return {
    parent: field(4),
    own: (field(14) + field(15)) / ticksPerSecond,
    ofEnded: (field(16) + field(17)) / ticksPerSecond,
  };
}

function statIfThere(pid: number): Stat | null {
  try {
    return statOf(pid);
  } catch {
    return null;
  }
}
