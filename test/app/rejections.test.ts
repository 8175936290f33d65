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
    note({ route: 'hubspot', status: 401, reason: 'signed more than 5 minutes ago' });
  }
  note({ route: 'teams', status: 401, reason: 'wrong tenant' });
  vi.advanceTimersByTime(60_000);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { route: 'hubspot', reason: 'signed more than 5 minutes ago', msg: 'rejected' },
    { route: 'teams', reason: 'wrong tenant', msg: 'rejected' },
    {
      route: 'hubspot',
      reason: 'signed more than 5 minutes ago',
      count: 999,
      msg: 'rejected again within a minute',
    },
  ]);
  note({ route: 'hubspot', status: 401, reason: 'no request timestamp' });
  expect(lines).toHaveLength(4);
});

test('whoever knocks hides no other reason: the wrong secret of the operator is told as well', () => {
  const lines: string[] = [];
  const note = rejectionLog(openLog({ logLevel: 'info' }, { write: (line) => lines.push(line) }));
  note({ route: 'hubspot', status: 401, reason: 'no header x-hubspot-signature-v3' });
  note({ route: 'hubspot', status: 401, reason: 'wrong v3 signature: check HUBSPOT_CLIENT_SECRET' });
  expect(lines.map((line) => JSON.parse(line).reason)).toEqual([
    'no header x-hubspot-signature-v3',
    'wrong v3 signature: check HUBSPOT_CLIENT_SECRET',
  ]);
});

test('of reasons without number a hundred are told, and the others counted', () => {
  const lines: string[] = [];
  const note = rejectionLog(openLog({ logLevel: 'info' }, { write: (line) => lines.push(line) }));
  for (let count = 0; count < 1_000; count += 1) note({ route: 'teams', status: 401, reason: `${count}` });
  expect(lines).toHaveLength(101);
  vi.advanceTimersByTime(60_000);
  expect(lines.slice(101).map((line) => JSON.parse(line))).toMatchObject([
    { route: 'teams', reason: 'one of too many reasons', count: 899 },
  ]);
});
