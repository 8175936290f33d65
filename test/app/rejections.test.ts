import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLog } from '../../src/app/log.ts';
import { rejectionLog } from '../../src/app/rejections.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a thousand refused requests are two lines a minute, the first with its reason', () => {
  const lines: string[] = [];
  const note = rejectionLog(openLog({ logLevel: 'info' }, { write: (line) => lines.push(line) }));
  for (let count = 0; count < 1_000; count += 1) {
    note({ route: 'hubspot', status: 401, reason: `signed ${300 + count} s ago` });
  }
  note({ route: 'teams', status: 401, reason: 'wrong tenant' });
  vi.advanceTimersByTime(60_000);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { route: 'hubspot', reason: 'signed 300 s ago', msg: 'rejected' },
    { route: 'teams', reason: 'wrong tenant', msg: 'rejected' },
    { route: 'hubspot', count: 999, msg: 'rejected again within a minute' },
  ]);
  note({ route: 'hubspot', status: 401, reason: 'no request timestamp' });
  expect(lines).toHaveLength(4);
});
