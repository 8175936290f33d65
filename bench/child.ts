import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** A process under measurement that is ready. */
export type Child = {
  pid: number;
  /** From the spawn to its saying that it is ready. */
  readyAfterMs: number;
  /** SIGTERM, and wait until it has gone. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
};

const readyWithinMs = 30_000;
/** Of its output, enough to see why it ended. */
const keptCharacters = 4_000;
/** A warning or worse in pino's log: a figure with failures in it means something else, so they are shown. */
const trouble = /^.*"level":[456]0,.*$/gm;

/**
 * Runs a script with this environment and nothing of ours besides PATH, until it logs `ready`; in a directory where no
 * `.env` file says anything else.
 */
export async function startChild(
  script: string,
  environment: Readonly<Record<string, string>>,
  { nodeArguments = [], directory }: { nodeArguments?: readonly string[]; directory: string },
): Promise<Child> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...nodeArguments, script], {
    cwd: directory,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = Promise.withResolvers<number>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptCharacters);
      for (const line of text.match(trouble) ?? []) console.error(line);
      if (text.includes('"msg":"ready"')) ready.resolve(performance.now() - begun);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.on('close', (code, signal) => {
      ready.reject(new Error(`${script} ended (${code ?? signal}) before it was ready: ${output}`));
      resolve();
    });
  });
  // No process is left behind, however the bench ends.
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);

  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
    process.off('exit', killWithUs);
  };
  const deadline = setTimeout(
    () => ready.reject(new Error(`${script} was not ready within ${readyWithinMs} ms: ${output}`)),
    readyWithinMs,
  );
  try {
    const readyAfterMs = await ready.promise;
    return { pid: child.pid ?? 0, readyAfterMs, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  } finally {
    clearTimeout(deadline);
  }
}

/** Runs a script to its end. */
export async function runChild(
  script: string,
  scriptArguments: readonly string[],
  environment: Readonly<Record<string, string>>,
  directory: string,
): Promise<void> {
  const run = promisify(execFile);
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  await run(process.execPath, [script, ...scriptArguments], { cwd: directory, env });
}
