import { expect, it } from 'vitest';
import { reasonInWords } from '../../../src/domain/card/reasons.ts';
import type { RouteReason, Skip } from '../../../src/domain/routing/route.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { ada, ben, chloe, grace, names, stranger } from '../../support/examples.ts';

const skipped: Skip[] = [
  { person: ben, why: { kind: 'deactivated' } },
  { person: stranger, why: { kind: 'takesNoTurns' } },
];

const table: [RouteReason, string][] = [
  [{ kind: 'contactOwner', person: ada, taken: true }, 'owner of this contact'],
  [{ kind: 'contactOwner', ownerId: null, taken: false, why: 'none is set' }, 'the contact has no owner'],
  [{ kind: 'accountOwner', person: ada, taken: true }, 'owner of the company'],
  [
    { kind: 'accountOwner', ownerId: 'owner-ben', taken: false, why: 'gone' },
    'the owner of the company cannot take it (gone)',
  ],
  [
    { kind: 'rotation', team: 'Americas', person: chloe, taken: true, skipped: [], weights: {} },
    'next turn in Americas',
  ],
  [
    { kind: 'rotation', team: 'Americas', person: chloe, taken: true, skipped, weights: {} },
    `next turn in Americas (passed over: Ben Castillo is deactivated in HubSpot; ${stranger} takes no turns (weight 0))`,
  ],
  [
    { kind: 'rotation', team: 'Americas', person: null, taken: false, why: 'nobody is available', skipped },
    `nobody free in Americas (passed over: Ben Castillo is deactivated in HubSpot; ${stranger} takes no turns (weight 0))`,
  ],
  [{ kind: 'notForThis', taken: false, why: 'country France' }, 'not for this lead: country France'],
  [{ rule: 'South Asia', kind: 'rep', person: ada, taken: true }, 'named by the rule “South Asia”'],
  [
    { kind: 'rep', ownerId: null, taken: false, why: 'out of office' },
    'the named rep cannot take it (out of office)',
  ],
  [
    { kind: 'pool', team: 'Americas', person: grace, taken: true, skipped },
    `open to Americas until somebody claims it (passed over: Ben Castillo is deactivated in HubSpot; ${stranger} takes no turns (weight 0))`,
  ],
  [
    { kind: 'pool', team: 'Americas', person: null, taken: false, why: 'nobody is available', skipped: [] },
    'nobody free in Americas',
  ],
  ...(['rotation', 'pool'] as const).map((kind): [RouteReason, string] => [
    {
      kind,
      team: 'Americas',
      person: null,
      taken: false,
      why: 'there is no such team any more',
      skipped: [],
    },
    'nobody free in Americas (there is no such team any more)',
  ]),
  [{ kind: 'fallback', person: grace, taken: true }, 'fallback when no rule finds anybody'],
  [{ kind: 'reassigned', person: ben, taken: true, by: grace }, 'chosen by Grace Whitfield'],
  [{ kind: 'reassigned', person: ben, taken: true, by: ben }, 'took it'],
  [{ kind: 'ownerChanged', person: ben, taken: true }, 'made the owner of the contact in HubSpot'],
];

for (const [reason, words] of table) {
  it(`${reason.kind}, ${reason.taken ? 'taken' : 'passed over'}, reads "${words}"`, () => {
    expect(plain(reasonInWords(reason, { names, words: wordsIn('en') }))).toBe(words);
  });
}
