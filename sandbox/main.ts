import { mkdir } from 'node:fs/promises';
import { stopOnSignal } from '../src/stop-on-signal.ts';
import { startSandboxes } from './begin-anew.ts';
import { withEverythingOn } from './company/everything-on.ts';
import { freePort } from './free-port.ts';

const usualPort = 3000;
const { PORT, HOST = '127.0.0.1', HANDOFF_DATA_DIR = '.data', HANDOFF_POLICY } = process.env;

try {
  const { port, note } = await choosePort();
  await mkdir(HANDOFF_DATA_DIR, { recursive: true });
  const policyFile = HANDOFF_POLICY ?? (await withEverythingOn('policy.yaml', HANDOFF_DATA_DIR));
  const starting = startSandboxes({ host: HOST, port, dataDir: HANDOFF_DATA_DIR, policyFile });
  stopOnSignal(async () => (await starting).stop());
  const { url } = await starting;
  console.log(`${note}Sandbox ready: ${url} (Ctrl-C stops it)`);
} catch (error) {
  fail(error);
}

/** The port that was asked for, or else the usual one when it is free. */
async function choosePort(): Promise<{ port: number; note: string }> {
  if (!PORT) {
    const usual = await freePort(HOST, usualPort);
    if (usual !== null) return { port: usual, note: '' };
    return { port: (await freePort(HOST, 0)) ?? 0, note: `Port ${usualPort} is taken. ` };
  }
  const wanted = Number(PORT);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
    throw new Error(`PORT="${PORT}" is wrong: expected a number from 0 to 65535`);
  }
  const port = await freePort(HOST, wanted);
  if (port === null) throw new Error(`PORT=${PORT} is taken by another program: set PORT to a free one`);
  return { port, note: '' };
}

function fail(error: unknown): never {
  console.error(`The sandbox cannot run: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
