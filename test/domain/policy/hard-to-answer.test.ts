import { expect, it } from 'vitest';
import type { Condition } from '../../../src/domain/policy/condition.ts';
import { hardToAnswer } from '../../../src/domain/policy/hard-to-answer.ts';
import { demoRequest, policy } from '../../support/examples.ts';

const asking = (when: Condition) => policy({ triggers: [{ ...demoRequest, name: 'x', when }] });
const portal = { contact: new Set(['lead_score', 'budget']), company: new Set(['tier']) };
const pages = { contains: ['/pricing'], times: 3, withinMinutes: 60 };

it('views of a page are named, as HubSpot tells of a part of them alone', () => {
  expect(hardToAnswer(asking({ kind: 'page', ...pages }), null)).toEqual([
    expect.stringMatching(/^trigger x: HubSpot names the last page of a visit .* views of \/pricing /),
  ]);
  expect(hardToAnswer(asking({ kind: 'visitsEndingOn', ...pages }), null)).toEqual([]);
});

it('a workflow is named with what brings one', () => {
  expect(hardToAnswer(asking({ kind: 'workflow', name: 'Hot' }), null)).toEqual([
    expect.stringContaining('portals have workflows from HubSpot Professional on'),
  ]);
});

it.each<[Condition, string]>([
  [{ kind: 'property', object: 'contact', property: 'seats', anyOf: ['1'] }, 'contact property "seats"'],
  [
    { kind: 'propertyKnown', object: 'company', property: 'budget', known: true },
    'company property "budget"',
  ],
])('%o is never met in a portal without the property', (when, what) => {
  expect(hardToAnswer(asking(when), portal)).toEqual([
    `trigger x: is never met, as the portal has no ${what}`,
  ]);
  expect(hardToAnswer(asking(when), null)).toEqual([]);
});

it('a score that the portal does not have is named with what brings one', () => {
  const scored = asking({ kind: 'scoreReached', range: { atLeast: 50, below: null } });
  const named = { ...scored, properties: { ...scored.properties, score: 'their_score' } };
  expect(hardToAnswer(named, portal)).toEqual([expect.stringContaining('"their_score". Scores come with')]);
  const has = { ...scored, properties: { ...scored.properties, score: 'lead_score' } };
  expect(hardToAnswer(has, portal)).toEqual([]);
});
