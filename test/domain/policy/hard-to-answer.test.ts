import { expect, it } from 'vitest';
import type { Condition } from '../../../src/domain/policy/condition.ts';
import { hardToAnswer } from '../../../src/domain/policy/hard-to-answer.ts';
import { demoRequest, policy, portalProperty } from '../../support/examples.ts';

const asking = (when: Condition) => policy({ triggers: [{ ...demoRequest, name: 'x', when }] });
const contact = new Map(['lead_score', 'budget'].map((name) => [name, portalProperty(name)]));
const portal = { contact, company: new Set(['tier']) };
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

it('what nobody can set from the card is named: what the portal does not have, and what HubSpot fills in', () => {
  const properties = [
    portalProperty('lead_score'),
    portalProperty('budget'),
    portalProperty('num_notes', { readOnly: true }),
  ];
  const has = new Map(properties.map((property) => [property.name, property]));
  const rules = policy({ update: ['budget', 'Budget', 'timeline', 'num_notes'] });
  expect(hardToAnswer(rules, { contact: has, company: new Set() })).toEqual([
    'update: found "timeline", and the portal has no contact property of that name',
    'update: nobody can set "num_notes", as HubSpot fills it in by itself',
  ]);
  expect(hardToAnswer(rules, null)).toEqual([]);
});
