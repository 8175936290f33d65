import { expect, test } from 'vitest';
import { introducing, introNotes, type SequencesOf } from '../../../src/domain/policy/intros.ts';
import type { Intro } from '../../../src/domain/policy/policy.ts';
import { ada, ben, chloe, dario, everyDay, policy } from '../../support/examples.ts';

const hello: Intro = {
  if: null,
  when: 'accept',
  sequence: { usual: 'Hello', of: new Map([[ben, 'Hi']]) },
  optedIn: null,
  daytime: everyDay('UTC', '09:00-18:00').week,
};
const rules = policy({ intros: [hello] });
const withOwn = (...own: [string, SequencesOf][]) => introNotes(rules, new Map(own));

test('whoever may have a lead needs a sequence, where one is named for everybody', () => {
  expect(introducing(rules)).toEqual(expect.arrayContaining([ada, ben, chloe, dario]));
  const forBen = { ...hello, sequence: { usual: null, of: new Map([[ben, 'Hi']]) } };
  expect(introducing(policy({ intros: [forBen] }))).toEqual([ben]);
  expect(introducing(policy())).toEqual([]);
});

test.each<[string, [string, SequencesOf][], string[]]>([
  [
    'who has it is not spoken of',
    [
      [ada, new Set(['Hello'])],
      [ben, new Set(['Hi'])],
    ],
    [],
  ],
  [
    'who has another is named, with the one of theirs',
    [[ben, new Set(['Hello'])]],
    [`intro: ${ben} has no sequence "Hi" of their own in HubSpot, and sends none`],
  ],
  [
    'who has no seat is named',
    [[ada, 'noSeat']],
    [`intro: ${ada} may not use sequences in HubSpot, and sends none`],
  ],
  [
    'who is no user is named',
    [[ada, 'noOwner']],
    [`intro: ${ada} is no active user of HubSpot, and sends none`],
  ],
  [
    'that the app lacks the scopes is said once',
    [
      [ada, 'noScope'],
      [ben, 'noScope'],
    ],
    [expect.stringContaining('it needs the scopes automation.sequences.read')],
  ],
])('%s', (_, own, notes) => {
  expect(withOwn(...own)).toEqual(notes);
});
