import { expect, test } from 'vitest';
import { journal } from '../../sandbox/console/journal.ts';

test("the page's log keeps the latest entries, and how many there were", () => {
  const log = journal(
    () => new Date(0),
    () => {},
  );
  for (let number = 1; number <= 405; number += 1) log.add('Bot', `entry ${number}`);
  expect(log.entries.map(({ text }) => text)).toEqual(
    Array.from({ length: 400 }, (_, index) => `entry ${index + 6}`),
  );
  expect(log.total()).toBe(405);
});
