import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type LockedPackage, lockedPackages } from '../.ci/locked-packages.ts';
import { environmentOf, packagesIn, startChild } from './support/child.ts';
import { type Surroundings, startSurroundings } from './support/world.ts';

describe('npm ci --omit=dev', () => {
  let locked: LockedPackage[];
  let around: Surroundings;

  beforeAll(async () => {
    locked = await lockedPackages();
    around = await startSurroundings({ chats: 'both', realTime: true });
  });

  afterAll(() => around.close());

  test('leaves out every tool that the bot is developed with, and whatever only such a tool needs', () => {
    // npm keeps what a package would like to have beside it as soon as it is there for development.
    expect(locked.filter(({ neededFor }) => neededFor === 'either')).toEqual([]);
  });

  test('brings botbuilder and MSAL the uuid that checks the bounds of a buffer (GHSA-w5hq-g745-h8pq)', () => {
    const versions = locked.filter(({ name }) => name === 'uuid').map(({ version }) => version);
    expect(versions).toEqual(['11.1.1']);
  });

  test('installs every package that a bot in both chats loads', async () => {
    const child = startChild(environmentOf(around), { tellsPackages: true });
    onTestFinished(() => child.kill('SIGKILL'));
    await child.ready;
    child.kill('SIGTERM');
    const loaded = packagesIn((await child.ended).output);
    const installed = new Set(
      locked.filter(({ neededFor }) => neededFor === 'production').map(({ name }) => name),
    );
    expect(loaded.filter((name) => !installed.has(name))).toEqual([]);
    expect(loaded).toEqual(expect.arrayContaining(['@prisma/client', '@slack/bolt', 'botbuilder']));
  });
});
