import { describe, expect, it } from 'vitest';
import type { Colleague, Ended } from '../../../src/domain/handoff/memory.ts';
import type { Activity } from '../../../src/domain/lead/lead.ts';
import {
  activity,
  ada,
  at,
  ben,
  deal,
  demoRequest,
  lead,
  minutesAfter,
  offered,
  policy,
} from '../../support/examples.ts';
import { briefed } from './briefed.ts';

const now = at('15:10');
const ago = (days: number) => minutesAfter(now, -days * 24 * 60);
const colleague = (override: Partial<Colleague> = {}): Colleague => ({
  ...{
    leadId: '601',
    handoffId: 'h601',
    name: 'Zoë Lindqvist',
    role: 'marketing',
    rep: ada,
    since: at('14:06'),
  },
  ...{ status: 'accepted', outcome: null, reason: null },
  ...override,
});
const ended = (override: Partial<Ended> = {}): Ended => ({
  ...{ handoffId: 'h1', trigger: 'demo_request', rep: ben, qualifiedAt: ago(100), closedAt: ago(90) },
  ...{ outcome: 'disqualified', reason: 'timing', note: 're-opens budget in March' },
  ...override,
});
const talk = (override: Partial<Activity>) =>
  activity({ id: 't', at: ago(40), text: null, title: '', ...override });
const memory = (override: Parameters<typeof briefed>[0]) => briefed(override).memory;
const remembered = (colleagues: Colleague[], earlier: Ended[] = []) => ({ memory: { colleagues, earlier } });

describe('what there was before', () => {
  it('tells how the last time ended, in the words of whoever ended it', () => {
    expect(memory(remembered([], [ended()]))).toEqual([
      'Last time Dec 3, Ben Castillo sent it back: Wrong timing, “re-opens budget in March”',
    ]);
    const back = { ...ended(), at: ago(8), outcome: 'recycled', by: ada, recycled: 1 } as const;
    expect(memory({ handoff: offered({ back }), ...remembered([], [ended()]) })).toEqual([
      'Last time Feb 23, you sent it back: Wrong timing, “re-opens budget in March”',
    ]);
  });

  it('names colleagues whom sales has at the moment, and since when', () => {
    expect(memory(remembered([colleague()]))).toEqual([
      'Also here Zoë Lindqvist (marketing), with you since 14:06 UTC',
    ]);
    const tomas = colleague({ leadId: '602', name: 'Tomás Herrera', role: null, rep: ben, since: ago(3) });
    expect(memory(remembered([colleague(), tomas]))).toEqual([
      'Also here Zoë Lindqvist (marketing), with you since 14:06 UTC; Tomás Herrera, with Ben Castillo since Sat',
    ]);
  });

  const words: [what: string, Partial<Activity>, string][] = [
    [
      'mail of the lead’s',
      { kind: 'email', direction: 'inbound', text: 'We look at tools in Q4.' },
      'Last word Jan 22, by email: “We look at tools in Q4.”',
    ],
    [
      'call of a colleague’s',
      { kind: 'call', ownerId: 'owner-ben', text: 'Budget opens next quarter.' },
      'Last word Jan 22, Ben Castillo on the phone: “Budget opens next quarter.”',
    ],
    [
      'call of one’s own of which nobody wrote anything',
      { kind: 'call' },
      'Last word Jan 22, you on the phone',
    ],
    [
      'note where nobody talked',
      { kind: 'note', ownerId: null, text: 'Asked for prices.' },
      'Last word Jan 22, in a note: “Asked for prices.”',
    ],
  ];
  for (const [what, override, line] of words) {
    it(`has the last word by a ${what}`, () => {
      expect(memory({ lead: lead({ activities: [talk(override)] }) })).toEqual([line]);
    });
  }

  it('prefers a talk whose words are known, and counts neither automated mail nor what is still to come', () => {
    const activities = [
      talk({ id: '1', kind: 'meeting', at: minutesAfter(now, 60), text: 'Agenda' }),
      talk({ id: '2', kind: 'email', at: ago(1), text: 'Newsletter', automated: true }),
      talk({ id: '3', kind: 'call', at: ago(2) }),
      talk({ id: '4', kind: 'email', direction: 'inbound', at: ago(5), text: 'Not now.' }),
    ];
    expect(memory({ lead: lead({ activities }) })).toEqual(['Last word Thu, by email: “Not now.”']);
  });

  it('says nothing of a company’s deals that HubSpot was not asked for, as the policy does not count them', () => {
    const told = briefed({ lead: lead({ deals: [], accountDeals: [], openDeals: null }) });
    expect(JSON.stringify(told)).not.toMatch(/deal/i);
    const own = briefed({ lead: lead({ deals: [deal({ name: '40 seats' })], openDeals: null }) });
    expect(own.memory).toEqual(['Open deal 40 seats']);
  });

  it('puts two lines before the fold, the weightiest first, and the rest behind it', () => {
    const { memory: lines, more } = briefed({
      lead: lead({
        activities: [talk({ kind: 'email', direction: 'inbound', text: 'Not now.' })],
        deals: [
          deal({ id: '1', name: '40 seats', stage: 'Contract sent' }),
          deal({ id: '2', name: '10 seats', lostAt: ago(200) }),
        ],
        accountDeals: [deal({ id: '3', name: 'Pilot', wonAt: ago(400) })],
      }),
      ...remembered(
        [colleague(), colleague({ leadId: '7', name: 'Kim', status: 'closed', outcome: 'disqualified' })],
        [ended()],
      ),
    });
    expect(lines.map((line) => line?.split(' ').slice(0, 2).join(' '))).toEqual(['Last time', 'Also here']);
    expect(more['Before']).toEqual([
      'Open deal: 40 seats (Contract sent)',
      'Last word: Not now.',
      'Colleague: Kim (marketing): you sent it back',
      'Lost deal: 10 seats',
      'Won deal: Pilot',
    ]);
  });
});

describe('what they wrote', () => {
  const answer = (value: string, label = 'Message') => ({ label, value });

  it('is the longest answer of the form, with the others one by one', () => {
    const formAnswers = [answer('12', 'Depots'), answer('We plan in spreadsheets, by hand.')];
    const { words, more } = briefed({ lead: lead({ formAnswers }) });
    expect([words, more['Their answers']]).toEqual(['We plan in spreadsheets, by hand.', ['Depots: 12']]);
  });

  it('is quoted in part where it is long, with all of it behind the fold', () => {
    const long = `We plan ${'and plan '.repeat(30)}by hand.`;
    const { words, more } = briefed({ lead: lead({ formAnswers: [answer(long)] }) });
    expect(words).toMatch(/^We plan and plan .{0,100}…$/);
    expect(more['Their answers']).toEqual([`Message: ${long}`]);
  });

  it('is the mail where that was the reason, and not told again as the last word', () => {
    const wrote = talk({
      kind: 'email',
      direction: 'inbound',
      text: 'Can we talk this week?',
      at: at('15:05'),
    });
    const { words, memory: lines } = briefed({
      handoff: offered({ trigger: 'wrote_back' }),
      lead: lead({ activities: [wrote] }),
      policy: policy({ triggers: [{ ...demoRequest, name: 'wrote_back', when: { kind: 'replied' } }] }),
    });
    expect([words, lines]).toEqual(['Can we talk this week?', []]);
  });
});

describe('how to reach them', () => {
  it('tells their time where it is another, and not to call at night', () => {
    const time = (timeZone: string | null) => briefed({ lead: lead({ timeZone }) }).reach[2];
    expect(time('America/Chicago')).toBe('9:10 AM there');
    expect(time('Asia/Tokyo')).toBe('12:10 AM there: better write');
    expect(time('America/Toronto')).toBeUndefined();
    expect(time(null)).toBeUndefined();
  });

  it('says what stands against it: opted out, mail that comes back, nurture that is paused', () => {
    const pause = { since: at('15:00'), until: at('23:00') };
    const { flags } = briefed({
      handoff: offered({ pause }),
      lead: lead({
        consent: { optedOut: true, marketable: false, lawfulBasis: 'Legitimate interest' },
        emailBounced: true,
      }),
    });
    expect(flags).toEqual([
      'Opted out of email',
      'Mail to this address comes back',
      'Nurture is paused while you have the lead',
    ]);
  });
});
