import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { holidayNotes } from '../../src/policy-file/holiday-notes.ts';
import { parsePolicy } from '../../src/policy-file.ts';

const whole = readFileSync(new URL('../../policy.yaml', import.meta.url), 'utf8');

/** What is noted on the example policy in 2026 when its first team keeps these holidays. */
function notesOn(holidays: unknown): string[] {
  const policy = parseDocument(whole);
  policy.setIn(['teams', 0, 'holidays'], holidays);
  return holidayNotes(parsePolicy(String(policy), 'policy.yaml'), 2026);
}

test('a place whose holidays are known thinly is noted once, with what is known and what to write', () => {
  expect(notesOn('IN')).toEqual([
    'of IN only these holidays of 2026 are known: 2026-01-26 Republic Day, 2026-04-03 Good Friday, ' +
      '2026-04-14 Ambedkar Jayanti, 2026-08-15 Independence Day, 2026-10-02 Gandhi Jayanti, ' +
      '2026-12-25 Christmas Day. Add what else is free, as in ' +
      'holidays: { place: IN, also: ["2026-12-24", "05-01"] }, or name a state, such as IN-AN',
  ]);
  expect(notesOn('MX')[0]).toMatch(/^of MX only these.*, also: \["2026-12-24", "05-01"\] }$/);
});

test('it is noted no more when the policy adds days, and never where most are known', () => {
  expect(notesOn({ place: 'IN', also: ['05-01', '2026-11-08'] })).toEqual([]);
  for (const place of ['DE', 'US-NY', 'GB-ENG', 'NL', 'SG']) expect(notesOn(place)).toEqual([]);
});
