import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { UnfitDatabase } from '../unfit.ts';
import type { Account } from './account.ts';
import { codeOf } from './error-code.ts';

const lastWordsBytes = 4_000;
const alternative = 'Set DATABASE_URL to use a PostgreSQL of your own instead.';

/** How a PostgreSQL program is run: as whom, from where, and the file that keeps what it says. */
export type Surroundings = { account: Account | undefined; directory: string; logFile: string };

/**
 * Runs one of PostgreSQL's programs to its end. A server that it leaves behind keeps writing to the log file.
 * The error of a program that fails holds what was logged meanwhile.
 */
export async function runProgram(file: string, args: readonly string[], around: Surroundings): Promise<void> {
  const log = await open(around.logFile, 'a+', 0o600);
  try {
    const { size: before } = await log.stat();
    const child = spawn(file, args, {
      cwd: around.directory,
      env: environment(),
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
      ...around.account,
    });
    const [code, signal]: (number | string | null)[] = await once(child, 'exit').catch((error: unknown) => {
      throw new UnfitDatabase(startFailure(file, error), { cause: error });
    });
    if (code === 0) return;

    const { size: after } = await log.stat();
    const from = Math.max(before, after - lastWordsBytes);
    const { buffer } = await log.read(Buffer.alloc(after - from), 0, after - from, from);
    throw new UnfitDatabase(
      `PostgreSQL's ${basename(file)} ended with ${code ?? signal}, expected 0. ${alternative} ` +
        `The end of ${around.logFile}:\n${buffer.toString()}`,
    );
  } finally {
    await log.close();
  }
}

/** The server lives on after us and other accounts may read its environment: none of our tokens belong there. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: 'C', TZ: 'UTC' };
}

function startFailure(file: string, error: unknown): string {
  if (codeOf(error) === 'ENOENT') {
    const platform = `${process.platform}-${process.arch}`;
    return `${file} cannot run on this ${platform}: expected a system with glibc (Alpine has musl). ${alternative}`;
  }
  return `${file} could not be run: ${String(error)}. ${alternative}`;
}
