import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { explain } from '../../../src/flow/answer/explain.ts';
import { why as whyFor } from '../../../src/flow/answer/why.ts';
import { eraseLead } from '../../../src/flow/forget/erase.ts';
import {
  ada,
  at,
  ben,
  closedAt,
  grace,
  henrik,
  lead,
  policy,
  routing,
  rule,
} from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';
import { writeBackAlone } from '../../support/write-back-alone.ts';

/** HubSpot holds this lead, and something about it arrives. */
async function arrive(there: Office, subject: ReturnType<typeof lead>): Promise<void> {
  there.crm.contacts.set(subject.id, subject);
  await there.arrive(subject.id);
  await takeInAlone(there.needs)(subject.id);
}

/** The answer as lines. */
async function why(there: Office, who: string, person?: PersonId): Promise<string[]> {
  const reply = person
    ? await whyFor(person, who, wordsIn('en'), there.needs)
    : await explain(who, there.needs);
  if ('wrong' in reply) return [reply.wrong];
  const lines = reply.sections.flatMap((section) => {
    if (section.kind === 'text') return [`${section.title}: ${plain(section.text)}`];
    return section.kind === 'facts' ? section.facts.map(({ label, value }) => `${label}: ${value}`) : [];
  });
  return [reply.title, ...lines];
}

describe('of a lead that was handed over', () => {
  const handedOver = async () => {
    const there = await office();
    await arrive(there, lead());
    return there;
  };
  const answer = [
    'Handed over: 15:00 UTC: filled in “Request a Demo” (policy example)',
    'Never: customer: no (lifecycle stage lead)',
    'demo_request: yes (filled in “Request a Demo”)',
    'score: no (score 30)',
    'lifecycle: no (lifecycle stage lead)',
    'contactOwner: the contact has no owner',
    'accountOwner: the company has no owner',
    'rotation Americas: next turn in Americas',
    'Balances: Ada Okafor 0.00 → -0.50, Ben Castillo 0.00 → 0.25, Chloe Nguyen 0.00 → 0.25',
  ];

  for (const who of [
    '501',
    'lena.fischer@northwind.example',
    'LENA.FISCHER@NORTHWIND.EXAMPLE',
    'fischer lena',
  ]) {
    it(`asked for as "${who}", it tells what was met, what was tried, and the balances before and after`, async () => {
      expect(await why(await handedOver(), who)).toEqual([`Why: ${who}`, ...answer]);
    });
  }

  it('tells what HubSpot would not take of it', async () => {
    const there = await handedOver();
    there.crm.refusedProperties.push('hs_lead_status');
    const [open] = there.kept.handoffs.values();
    await writeBackAlone(there.needs)({ key: open?.handoff.id ?? '', again: false });
    expect((await why(there, '501')).at(-1)).toBe(
      'HubSpot would not take: hs_lead_status: look at the property and its rules in HubSpot',
    );
  });

  it('tells the newest decision first, and no more than three', async () => {
    const there = await handedOver();
    for (const [day, name] of [
      [4, 'Demo two'],
      [5, 'Demo three'],
      [6, 'Demo four'],
    ] as const) {
      there.moveTo(new Date(`2026-03-0${day}T15:00:00Z`));
      const open = [...there.kept.handoffs.values()].at(-1);
      if (open)
        Object.assign(open.handoff, { status: 'closed', closedAt, outcome: 'disqualified', reason: 'spam' });
      const when = new Date(`2026-03-0${day}T14:00:00Z`);
      await arrive(there, lead({ conversions: [{ name, at: when }] }));
    }
    const outcomes = (await why(there, '501')).filter((line) =>
      /^(Handed over|Held|Not handed over)/.test(line),
    );
    expect(outcomes).toEqual([
      'Handed over: 15:00 UTC: filled in “Demo four” (policy example)',
      'Handed over: 15:00 UTC: filled in “Demo three” (policy example)',
      'Handed over: 15:00 UTC: filled in “Demo two” (policy example)',
    ]);
  });
});

it('of a lead that was not, it tells why what was met did not count', async () => {
  const there = await office();
  await arrive(there, lead({ conversions: [{ name: 'Demo', at: new Date('2026-02-01T12:00:00Z') }] }));
  expect(await why(there, '501')).toEqual([
    'Why: 501',
    'Not handed over: 15:00 UTC: filled in “Demo”, but more than 7 days ago (policy example)',
    'Never: customer: no (lifecycle stage lead)',
    'demo_request: no (filled in “Demo”, but more than 7 days ago)',
    'score: no (score 30)',
    'lifecycle: no (lifecycle stage lead)',
  ]);
});

it('of a lead that is held, it tells what it lacks', async () => {
  const there = await office();
  await arrive(there, lead({ email: null }));
  expect((await why(there, '501')).slice(0, 2)).toEqual([
    'Why: 501',
    'Held: 15:00 UTC: filled in “Request a Demo”, but lacks email (policy example)',
  ]);
});

it('of a lead that waits for a team, it tells who was passed over and why', async () => {
  const hold = rule({ kind: 'rotation', team: 'Americas' }, { whenNobody: 'hold' });
  const night = new Date('2026-03-04T03:00:00Z');
  const there = await office({ rules: policy({ routing: routing([hold]) }), now: night });
  await arrive(there, lead());
  const lines = await why(there, '501');
  expect(lines[1]).toBe(
    'Held: 03:00 UTC: filled in “Request a Demo”, but nobody of Americas is free (policy example)',
  );
  expect(lines.at(-1)).toMatch(
    /^rotation Americas: nobody free in Americas \(passed over: Ada Okafor starts Wed 9:00 AM in New York/,
  );
});

describe('of a lead that cannot be told', () => {
  it('it says that nobody has seen it', async () => {
    expect(await why(await office(), 'x@y.example')).toEqual([
      'I know no lead "x@y.example", or it is kept no longer.',
    ]);
  });

  it('it names those that may be meant', async () => {
    const there = await office();
    await arrive(there, lead({ id: '1', email: 'a@x.example' }));
    await arrive(there, lead({ id: '2', email: 'b@x.example' }));
    expect(await why(there, 'Lena')).toEqual([
      '"Lena" may be 2 leads: HubSpot ids 1, 2. Ask by one of them.',
    ]);
  });

  it('it says that nothing was decided', async () => {
    const there = await office();
    await there.needs.handoffs.saveLead(lead(), at('15:00'));
    expect(await why(there, '501')).toEqual(['Nothing was decided about the lead 501 yet.']);
  });
});

it('people are named as the directory knows them', async () => {
  const there = await office();
  const named = { id: ada, name: 'Ada O.', ownerId: 'owner-ada', active: true, hours: null };
  await there.needs.directory.savePeople([named], at('15:00'));
  await arrive(there, lead());
  expect((await why(there, '501')).at(-1)).toMatch(/^Balances: Ada O\. 0\.00/);
});

describe('somebody of the policy who asks', () => {
  const handedOver = async (rules = policy()) => {
    const there = await office({ rules });
    await arrive(there, lead());
    return there;
  };
  const all =
    ': Ada Okafor has Lena Fischer since 15:00 UTC because: demo request; no owner; turn in Americas.';
  const withAda = ['With whom: 501', 'Not among yours: Ada Okafor has this lead. Ask them for more.'];

  it.each([
    ['whoever has it', ada],
    ['the manager of who has it, who is an admin as well', grace],
  ])('sees everything as %s', async (_, person) => {
    expect(await why(await handedOver(), '501', person)).toContain(all);
  });

  it('sees everything who had it earlier, or was offered it', async () => {
    const there = await handedOver();
    const withBen =
      ': Ben Castillo has Lena Fischer since 15:00 UTC because: demo request; given by Grace Whitfield.';
    const { id } = there.handoff().handoff;
    await there.carryOut({ type: 'reassign', by: grace, to: ben }, id);
    expect(await why(there, '501', ada)).toContain(withBen);
    expect(await why(there, '501', ben)).toContain(withBen);
  });

  it('learns only with whom the lead is, whom it does not concern, and not by a name', async () => {
    const there = await handedOver();
    expect(await why(there, '501', ben)).toEqual(withAda);
    expect(await why(there, 'lena.fischer@northwind.example', henrik)).toEqual([
      'With whom: lena.fischer@northwind.example',
      'Not among yours: Ada Okafor has this lead. Ask them for more.',
    ]);
    expect(await why(there, 'Lena', ben)).toEqual([
      'I know no lead "Lena" of yours',
      ': By email or HubSpot id I tell with whom another one is.',
    ]);
  });

  it('gets an answer that can be taken back, whatever it tells', async () => {
    const there = await handedOver();
    for (const person of [ada, henrik]) {
      const reply = await whyFor(person, 'lena.fischer@northwind.example', wordsIn('en'), there.needs);
      expect(reply).toMatchObject({ about: ['501'] });
    }
  });

  it('hears nothing of leads that are not theirs among those that fit', async () => {
    const there = await handedOver();
    await arrive(there, lead({ id: '502', email: 'lena.b@x.example', conversions: [] }));
    expect(await why(there, 'Lena', ada)).toContain(all);
    expect(await why(there, '502', ada)).toEqual([
      'With whom: 502',
      'Not among yours: Nobody in sales has had this lead.',
    ]);
  });

  it('finds their own lead, and hears of no others, however many strangers have the name', async () => {
    const there = await handedOver();
    for (let id = 1000; id < 1100; id += 1) {
      await there.needs.handoffs.saveLead(lead({ id: `${id}`, email: null }), at('15:00'));
    }
    expect(await why(there, 'Lena', ada)).toContain(all);
    expect(await why(there, 'Lena', ben)).toEqual([
      'I know no lead "Lena" of yours',
      ': By email or HubSpot id I tell with whom another one is.',
    ]);
    expect(await why(there, 'Lena')).toEqual([
      'Too many leads fit "Lena". Ask by email or HubSpot id, or give more of the name.',
    ]);
  });

  it.each([
    ['team', ben, true],
    ['team', henrik, false],
    ['everybody', henrik, true],
  ] as const)('sees as much as the policy lets %s see', async (whySeen, person, isSeen) => {
    const there = await handedOver(policy({ whoSees: { why: whySeen } }));
    expect((await why(there, '501', person)).includes(all)).toBe(isSeen);
  });

  it.each(['a', 'le', 'a b', '  '])('has to say more than "%s"', async (who) => {
    expect((await why(await handedOver(), who, ada))[0]).toBe('Which lead?');
  });

  it('hears of an erased lead that it was erased', async () => {
    const there = await handedOver();
    await eraseLead(there.needs)(['501']);
    expect(await why(there, '501', ada)).toEqual(['The lead 501 was erased at their request.']);
  });
});
