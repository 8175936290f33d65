import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { byCalendar } from '../../src/adapters/cron.ts';
import { startSchedule } from '../../src/app/schedule.ts';
import { retain } from '../../src/flow/forget/retain.ts';
import { office } from '../support/office.ts';

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

beforeEach(() => {
  // Setting the time of these moves the clock on the wall alone: what waits for its time goes on waiting.
  vi.useFakeTimers({ now: new Date('2026-10-24T23:59:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const moveWallClock = (ms: number) => vi.setSystemTime(Date.now() + ms);

function started({ isCron = true } = {}) {
  const runs = {
    sweep: 0,
    sync: 0,
    reconcile: 0,
    watchPauses: 0,
    report: 0,
    summaries: 0,
    measure: 0,
    retain: 0,
  };
  const count = (routine: keyof typeof runs) => async () => {
    runs[routine] += 1;
  };
  const unwinding = new AsyncDisposableStack();
  const routines = {
    sweep: count('sweep'),
    sync: count('sync'),
    reconcile: count('reconcile'),
    watchPauses: count('watchPauses'),
    report: count('report'),
    summaries: count('summaries'),
    measure: count('measure'),
    retain: count('retain'),
  };
  startSchedule(routines, { log: pino({ level: 'silent' }), unwinding, isCron });
  return { runs, stop: () => unwinding.disposeAsync() };
}

describe('what runs every so often', () => {
  test('but for who is who, which each process has to know, is done where it is asked for alone', async () => {
    const { runs, stop } = started({ isCron: false });
    await vi.advanceTimersByTimeAsync(1 * hours);
    const { sync, ...others } = runs;
    expect(sync).toBe(6);
    expect(Object.values(others).every((times) => times === 0)).toBe(true);
    await stop();
  });

  test('runs on through the hour that Berlin has twice in autumn', async () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(new Date('2026-10-25T00:30:00Z').getHours()).toBe(2);
    expect(new Date('2026-10-25T01:30:00Z').getHours()).toBe(2);
    const { runs, stop } = started();
    for (let hour = 1; hour <= 3; hour += 1) {
      await vi.advanceTimersByTimeAsync(1 * hours);
      expect(runs).toMatchObject({
        ...{ sweep: 1 + 240 * hour, sync: 6 * hour, reconcile: 12 * hour },
        watchPauses: 4 * hour,
        report: 60 * hour,
        summaries: 60 * hour,
        measure: 60 * hour,
      });
    }
    await stop();
  });

  test.each([
    { moved: 'back an hour', ms: -1 * hours },
    { moved: 'ahead an hour', ms: 1 * hours },
    { moved: 'back a year', ms: -365 * 24 * hours },
  ])('does not miss a run, and has none too many, when the clock is set $moved', async ({ ms }) => {
    const { runs, stop } = started();
    await vi.advanceTimersByTimeAsync(1 * hours);
    moveWallClock(ms);
    await vi.advanceTimersByTimeAsync(1 * hours);
    expect(runs).toMatchObject({ sweep: 481, sync: 12, reconcile: 24 });
    await stop();
  });

  test('begins at the start, so that a bot that is started again every minute still does it', async () => {
    const { runs, stop } = started();
    await vi.advanceTimersByTimeAsync(1 * minutes);
    expect(runs).toMatchObject({ sweep: 5, sync: 0, reconcile: 1 });
    await stop();
  });

  test('never runs beside itself, is ended by its end, and goes on after a failure', async () => {
    const { promise: over, reject: fail } = Promise.withResolvers<void>();
    let begun = 0;
    const sweep = () => {
      begun += 1;
      return begun === 1 ? over : Promise.resolve();
    };
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const unwinding = new AsyncDisposableStack();
    const idle = async () => {};
    startSchedule(
      {
        sweep,
        sync: idle,
        reconcile: idle,
        watchPauses: idle,
        report: idle,
        summaries: idle,
        measure: idle,
        retain: idle,
      },
      { log, unwinding, isCron: true },
    );
    await vi.advanceTimersByTimeAsync(1 * hours);
    expect(begun).toBe(1);

    fail(new Error('the database is away'));
    await vi.advanceTimersByTimeAsync(15 * seconds);
    expect(begun).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('a scheduled run failed');
    await unwinding.disposeAsync();
    await vi.advanceTimersByTimeAsync(1 * hours);
    expect(begun).toBe(2);
  });
});

describe('what is kept no longer', () => {
  /** The routine as it is, with what it notes; nothing is there to be let go of. */
  async function nights(lastRun: Date | null) {
    const { needs } = await office();
    const at: string[] = [];
    const runRetain = retain({
      ...needs,
      retention: { drop: async () => 0, outlived: async () => [], retractAgain: async () => {} },
      clock: () => new Date(),
      observe: () => at.push(new Date().toISOString().slice(0, 13)),
    });
    if (lastRun) await needs.runs.note('retain', lastRun);
    const unwinding = new AsyncDisposableStack();
    const idle = async () => {};
    const routines = {
      sweep: idle,
      sync: idle,
      reconcile: idle,
      watchPauses: idle,
      report: idle,
      summaries: idle,
      measure: idle,
      retain: runRetain,
    };
    startSchedule(routines, { log: pino({ level: 'silent' }), unwinding, isCron: true });
    return { at, stop: () => unwinding.disposeAsync() };
  }
  beforeEach(() => {
    vi.stubEnv('TZ', 'UTC');
  });
  const lastNight = new Date('2026-10-24T03:30:00Z');

  test('is let go of once a night', async () => {
    const { at, stop } = await nights(lastNight);
    await vi.advanceTimersByTimeAsync(72 * hours);
    expect(at).toEqual(['2026-10-25T03', '2026-10-26T03', '2026-10-27T03']);
    await stop();
  });

  test.each([
    { moved: 'back 60 days', ms: -60 * 24 * hours },
    { moved: 'back two days', ms: -48 * hours },
    { moved: 'ahead 60 days', ms: 60 * 24 * hours },
  ])('is let go of every day, and not every hour, when the clock is set $moved', async ({ ms }) => {
    const { at, stop } = await nights(lastNight);
    await vi.advanceTimersByTimeAsync(6 * hours);
    expect(at).toHaveLength(1);
    moveWallClock(ms);
    await vi.advanceTimersByTimeAsync(10 * 24 * hours);
    expect(at.length).toBeGreaterThanOrEqual(1 + 9);
    expect(at.length).toBeLessThanOrEqual(1 + 12);
    await stop();
  });

  test('is let go of every day also when the clock ran ahead for an hour', async () => {
    const { at, stop } = await nights(new Date('2026-12-24T03:30:00Z'));
    await vi.advanceTimersByTimeAsync(10 * 24 * hours);
    expect(at.length).toBeGreaterThanOrEqual(9);
    expect(at.length).toBeLessThanOrEqual(12);
    await stop();
  });

  test('is let go of by day where the bot never runs at night', async () => {
    const { at, stop } = await nights(new Date('2026-10-23T20:00:00Z'));
    await vi.advanceTimersByTimeAsync(1 * minutes);
    expect(at).toEqual(['2026-10-24T23']);
    await stop();
  });
});

describe('what runs each night at half past two in Berlin', () => {
  function nightly() {
    const at: string[] = [];
    const call = async () => {
      at.push(new Date().toISOString().slice(0, 16));
    };
    const stop = byCalendar('30 2 * * *', 'Europe/Berlin', call, (error) => {
      throw error;
    });
    return { at, stop };
  }

  test('runs once a night, also in the one that has that time twice', async () => {
    const { at, stop } = nightly();
    await vi.advanceTimersByTimeAsync(48 * hours);
    expect(at).toEqual(['2026-10-25T01:30', '2026-10-26T01:30']);
    await stop();
  });

  test('makes up for a night that the clock jumped over', async () => {
    const { at, stop } = nightly();
    moveWallClock(3 * hours);
    await vi.advanceTimersByTimeAsync(24 * hours);
    expect(at).toEqual(['2026-10-25T04:30', '2026-10-26T01:30']);
    await stop();
  });

  test('waits for its time when the clock is set back', async () => {
    const { at, stop } = nightly();
    moveWallClock(-2 * hours);
    await vi.advanceTimersByTimeAsync(24 * hours);
    expect(at).toEqual(['2026-10-25T01:30']);
    await stop();
  });
});
