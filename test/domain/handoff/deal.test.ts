import { describe, expect, it } from 'vitest';
import { dealDue, dealMadeIn, dealRuleFor } from '../../../src/domain/handoff/deal.ts';
import type { Handoff, HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { type DealMoment, dealName, placesIn } from '../../../src/domain/policy/deals.ts';
import { dealMade, meetingBooked } from '../../support/events.ts';
import {
  accepted,
  acceptedAt,
  account,
  closed,
  dealRule,
  lead,
  logged,
  offered,
  policy,
  touch,
  touchBy,
  working,
} from '../../support/examples.ts';

describe('a handoff gets its deal', () => {
  const large = dealRule({
    when: { kind: 'number', attribute: 'employees', range: { atLeast: 1000, below: null } },
  });
  const demos = dealRule({ when: { kind: 'trigger', anyOf: ['demo_request'] }, moment: 'touched' });
  const ruleOf = (override: Parameters<typeof lead>[0], trigger = 'demo_request') =>
    dealRuleFor(offered({ trigger }), lead(override), policy({ deals: [large, demos] }));

  it('by the first rule that is for the lead', () => {
    expect(ruleOf({ account: account({ employees: 2000 }) })).toBe(large);
    expect(ruleOf({ account: account({ employees: 200 }) })).toBe(demos);
  });

  it('or not at all', () => {
    expect(ruleOf({ account: null }, 'score')).toBeNull();
    expect(dealRuleFor(offered(), lead(), policy())).toBeNull();
  });
});

const accepts: HandoffEvent = { type: 'accepted', touchBy, granted: null };
const touches = (outcome: 'sent' | 'booked'): HandoffEvent => ({
  type: 'touched',
  touch: touch({ outcome }),
});
const met = { meetingAt: acceptedAt };

describe('the deal is due', () => {
  type Row = [what: string, DealMoment, Handoff, HandoffEvent, boolean];
  const rows: Row[] = [
    ['when the rep accepts', 'accepted', accepted(), accepts, true],
    ['when they went on at once', 'accepted', working(), accepts, true],
    ['not by a touch, when accepting makes it', 'accepted', working(), touches('sent'), false],
    ['not when somebody else has the lead by now', 'accepted', offered(), accepts, false],
    ['not when the lead was given up meanwhile', 'accepted', closed(), accepts, false],
    ['when the rep has reached out', 'touched', working(), touches('sent'), true],
    ['not by an acceptance, when a touch makes it', 'touched', accepted(), accepts, false],
    [
      'when the lead books a meeting, also before anybody accepts',
      'meetingBooked',
      offered(met),
      meetingBooked,
      true,
    ],
    ['when the rep tells of a meeting', 'meetingBooked', working(met), touches('booked'), true],
    ['not when the meeting fell through meanwhile', 'meetingBooked', working(), meetingBooked, false],
    ['not by another touch', 'meetingBooked', working(met), touches('sent'), false],
  ];
  it.each(rows)('%s', (_, moment, handoff, event, expected) => {
    const news = logged([acceptedAt, null, event]).slice(1);
    expect(dealDue(dealRule({ moment }), handoff, news)).toBe(expected);
  });

  it('once: what HubSpot was told of before is no news', () => {
    expect(dealDue(dealRule(), accepted(), [])).toBe(false);
  });
});

it('what was made is known from the log', () => {
  expect(dealMadeIn(logged())).toBeNull();
  expect(dealMadeIn(logged([acceptedAt, null, accepts], [acceptedAt, null, dealMade]))).toBe(dealMade);
});

it('a name has the places filled in, whatever the words in them look like', () => {
  const filled = { company: '{trigger} & $1', lead: 'Lena', trigger: 'Demo request' };
  expect(dealName('{company}: {trigger} ({lead})', filled)).toBe('{trigger} & $1: Demo request (Lena)');
  expect(placesIn('{company} {}{other one}')).toEqual(['company', '', 'other one']);
});
