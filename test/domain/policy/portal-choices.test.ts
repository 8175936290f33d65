import { describe, expect, test } from 'vitest';
import type { Condition } from '../../../src/domain/policy/condition.ts';
import {
  type Choices,
  namesPortalsOwn,
  unknownChoices,
  unknownChoiceWords,
  unreadChoiceWords,
  withChoices,
} from '../../../src/domain/policy/portal-choices.ts';
import { demoRequest, policy } from '../../support/examples.ts';

const choices: Choices = {
  lifecycle: [
    { value: 'lead', label: 'Lead' },
    { value: '123456789', label: 'Sales Accepted' },
    { value: 'customer', label: 'Client' },
  ],
  lead_status: [
    { value: 'NEW', label: 'Fresh' },
    { value: '77', label: 'Called back' },
    { value: 'OPEN', label: 'New' },
  ],
  pipelines: { deals: null, leads: null },
};

const entered = (...stages: string[]): Condition => ({ kind: 'stageEntered', stages });
const text = (attribute: 'lifecycle' | 'lead_status' | 'city', ...anyOf: string[]): Condition => ({
  kind: 'text',
  attribute,
  anyOf,
});
const triggered = (when: Condition) => policy({ triggers: [{ ...demoRequest, name: 'demo', when }] });

describe('a stage or status is named', () => {
  test.each<[string, Condition, Condition]>([
    ['as its pages do', entered('Sales Accepted'), entered('123456789')],
    ['in another case', text('lifecycle', 'sales accepted'), text('lifecycle', '123456789')],
    ['by its value', text('lead_status', '77'), text('lead_status', '77')],
    [
      'by a value that is the label of another as well',
      text('lead_status', 'new'),
      text('lead_status', 'new'),
    ],
    ['in several', text('lifecycle', 'Client', 'lead'), text('lifecycle', 'customer', 'lead')],
    ['and nothing else is', text('city', 'Client'), text('city', 'Client')],
    ['as one that is not there', entered('Sales Acepted'), entered('Sales Acepted')],
  ])('%s', (_, written, meant) => {
    expect(withChoices(triggered(written), choices).triggers[0]?.when).toEqual(meant);
  });

  test('wherever a policy may name one', () => {
    const deep = (part: Condition): Condition => ({
      kind: 'all',
      of: [{ kind: 'not', of: { kind: 'segment', name: 's', of: { kind: 'any', of: [part] } } }],
    });
    const written = deep(text('lead_status', 'Called back'));
    const meant = deep(text('lead_status', '77'));
    const plain = triggered(written);
    const [trigger] = plain.triggers;
    const [target] = trigger?.targets ?? [];
    if (!trigger || !target) throw new Error('The policy has no trigger with a target');
    const whole = {
      ...plain,
      qualification: { ...plain.qualification, never: [{ name: 'n', label: 'N', when: written }] },
      triggers: [{ ...trigger, targets: [{ ...target, when: written }] }],
    };
    const { qualification, triggers } = withChoices(whole, choices);
    expect([qualification.never[0]?.when, triggers[0]?.when, triggers[0]?.targets[0]?.when]).toEqual([
      meant,
      meant,
      meant,
    ]);
  });
});

test('what HubSpot does not have is told with its place and what there is', () => {
  const unknown = unknownChoices(triggered(entered('Sales Acepted', 'Lead')), choices);
  expect(unknown.map((one) => unknownChoiceWords(one, choices))).toEqual([
    'trigger demo: found the lifecycle stage "Sales Acepted", which HubSpot does not have, expected one of Lead, Sales Accepted, Client',
  ]);
});

test('of what may not be read of a portal nothing is wrong, but its own names are told', () => {
  const nothing: Choices = { ...choices, lifecycle: null, lead_status: null };
  const written = triggered(entered('Sales Accepted', 'lead'));
  expect(unreadChoiceWords(written, nothing)).toEqual([
    'trigger demo: HubSpot does not let the bot read the lifecycle stage property, so that "Sales Accepted" is taken for an internal value',
  ]);
  expect(unreadChoiceWords(written, choices)).toEqual([]);
  expect(unknownChoices(written, nothing)).toEqual([]);
  expect(withChoices(written, nothing)).toEqual(written);
});

test.each<[Condition, boolean]>([
  [entered('marketingqualifiedlead'), false],
  [text('lead_status', 'new', 'OPEN_DEAL'), false],
  [entered('123456789'), true],
  [text('lifecycle', 'Sales Accepted'), true],
])('%j needs the portal to be understood: %s', (when, expected) => {
  expect(namesPortalsOwn(triggered(when))).toBe(expected);
});
