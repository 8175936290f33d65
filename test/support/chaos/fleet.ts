import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../sandbox/free-port.ts';
import { type Child, environmentOf, startChild } from '../child.ts';
import type { Surroundings } from '../world.ts';
import type { FastDays } from './fast-clock.ts';

const program = fileURLToPath(new URL('./replica.ts', import.meta.url));
/** What the platforms allow in real time is far too little for days that last half a minute. */
const withoutPaces = new URL('../../../bench/unpaced.ts', import.meta.url).href;

/** Processes of the bot on one database, each with a port of its own. */
export type Fleet = {
  indices: readonly number[];
  /** The ports of those that are up. */
  ports(): number[];
  /** Starts every replica that does not run; resolves when all are ready. */
  startAll(): Promise<void>;
  /** Starts a replica, unless it runs; resolves when it is ready or has been killed. */
  start(index: number): Promise<void>;
  /** `kill -9`, unless it does not run; resolves when it is gone. */
  kill(index: number): Promise<void>;
  /** Kills all and waits until they are gone. */
  end(): Promise<void>;
  /** Those that ended without being killed, with what they printed. */
  fallen(): readonly string[];
};

type Replica = { child: Child; port: number; isUp: boolean; isKilled: boolean };

/** @param time what the replicas' clock goes by */
export async function prepareFleet(size: number, around: Surroundings, time: FastDays): Promise<Fleet> {
  const indices = Array.from({ length: size }, (_, index) => index);
  const ports = await Promise.all(indices.map(async () => (await freePort('127.0.0.1', 0)) ?? 0));
  const compiled = await mkdtemp(join(tmpdir(), 'handoff-replicas-'));
  const running = new Map<number, Replica>();
  const fallen: string[] = [];

  const launch = (index: number): Replica => {
    const port = ports[index] ?? 0;
    const child = startChild(
      {
        ...environmentOf(around),
        PORT: String(port),
        NODE_COMPILE_CACHE: compiled,
        CHAOS_STARTS_AT: String(time.startsAt),
        CHAOS_DAYS: String(time.days),
      },
      { program, preload: withoutPaces },
    );
    const replica: Replica = { child, port, isUp: false, isKilled: false };
    running.set(index, replica);
    void child.ended.then(({ output }) => {
      if (!replica.isKilled) fallen.push(output);
      running.delete(index);
    });
    return replica;
  };
  const start = async (index: number) => {
    const replica = running.get(index) ?? launch(index);
    replica.isUp = await replica.child.ready.then(
      () => !replica.isKilled,
      () => false,
    );
  };
  const kill = async (index: number) => {
    const replica = running.get(index);
    if (!replica) return;
    replica.isKilled = true;
    replica.isUp = false;
    replica.child.kill('SIGKILL');
    await replica.child.ended;
  };

  return {
    indices,
    ports: () => [...running.values()].filter(({ isUp }) => isUp).map(({ port }) => port),
    start,
    startAll: async () => {
      await Promise.all(indices.map(start));
    },
    kill,
    end: async () => {
      await Promise.all(indices.map(kill));
      await rm(compiled, { recursive: true, force: true });
    },
    fallen: () => fallen,
  };
}
