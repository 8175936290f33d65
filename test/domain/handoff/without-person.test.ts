import { expect, it } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { eventWithoutPerson, withoutPerson } from '../../../src/domain/handoff/without-person.ts';
import { turnOf } from '../../../src/domain/routing/route.ts';
import { dealMade } from '../../support/events.ts';
import { ada, assignment, at, ben, minutesAfter, offered, touch } from '../../support/examples.ts';

const secret = 'Lena, in Germany';
const notForThis = { rule: 'DACH', kind: 'notForThis', taken: false, why: secret } as const;
const given = { ...assignment(), reasons: [notForThis, ...assignment().reasons] };
const term = { respondBy: at('15:15'), granted: { from: at('15:00'), minutes: 15 } };

const telling: HandoffEvent[] = [
  { type: 'offered', assignment: given, evidence: secret, ...term },
  { type: 'reassigned', from: ben, assignment: given, ...term },
  { type: 'touched', touch: touch({ note: secret }) },
  { type: 'disqualified', reason: 'timing', note: secret },
  { type: 'gaveUp', reason: 'no_answer', note: secret },
  { ...dealMade, name: secret },
  { type: 'handedBack', reason: 'other', note: secret },
  {
    type: 'updated',
    values: [{ property: 'city', label: 'City', value: secret, shown: secret }],
    heldUp: null,
  },
];

it.each(telling.map((event) => [event.type, event] as const))(
  'nothing of the lead is left in %s',
  (_, event) => {
    expect(JSON.stringify(event)).toContain(secret);
    const bare = eventWithoutPerson(event);
    expect(JSON.stringify(bare)).not.toContain(secret);
    expect(Object.keys(bare)).toEqual(Object.keys(event));
  },
);

it('who of ours had the lead stays, with the turn that it was', () => {
  const handoff = withoutPerson({ ...offered(), assignment: given });
  expect(JSON.stringify(handoff)).not.toContain(secret);
  expect(handoff.assignment.rep).toBe(ada);
  expect(turnOf(handoff.assignment)).toEqual(turnOf(given));
});

it('what tells of our people alone stays as it is', () => {
  const event = { type: 'unreachable', rep: ada, why: 'has no account in Slack', manager: ben } as const;
  expect(eventWithoutPerson(event)).toBe(event);
  const due = { type: 'breached', clock: 'touch', due: minutesAfter(at('15:00'), 5) } as const;
  expect(eventWithoutPerson(due)).toBe(due);
});
