import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { why } from '../../../src/flow/answer/why.ts';
import {
  ada,
  americas,
  ben,
  chloe,
  grace,
  lead,
  member,
  policy,
  routing,
  rule,
  weekdays,
} from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';
import { takeInAlone } from '../../support/take-in.ts';

/** HubSpot holds this lead, and something about it arrives. */
async function arrive(there: Office, subject: ReturnType<typeof lead>): Promise<void> {
  there.crm.contacts.set(subject.id, subject);
  await there.arrive(subject.id);
  await takeInAlone(there.needs)(subject.id);
}

async function ask(there: Office, asked: string, person: PersonId = ada) {
  const { title, sections, actions = [] } = await why(person, asked, wordsIn('en'), there.needs);
  return {
    title,
    texts: sections.flatMap((one) => (one.kind === 'text' ? [plain(one.text)] : [])),
    facts: sections.flatMap((one) => (one.kind === 'facts' ? one.facts : [])),
    buttons: actions.map(({ label }) => label),
    says: actions.flatMap((action) => (action.kind === 'say' ? [action.words] : [])),
  };
}

describe('why', () => {
  it('begins with one sentence: who has the lead, since when and why, and who was passed over', async () => {
    // At nine in New York, where it is six in Los Angeles.
    const hours = weekdays('America/Los_Angeles', '09:00-17:00');
    const members = [member(), member({ id: chloe, hours })];
    const rules = policy({ teams: [{ ...americas, members }] });
    const there = await office({ rules, now: new Date('2026-03-03T14:00:02Z') });
    await arrive(
      there,
      lead({ conversions: [{ name: 'Request a Demo', at: new Date('2026-03-03T13:59:00Z') }] }),
    );
    const { title, texts, facts, buttons } = await ask(there, 'lena');
    expect(title).toBe('Why: Lena Fischer · Northwind Robotics');
    expect(texts).toEqual([
      'Ada Okafor has Lena Fischer since 14:00 UTC because: demo request; no owner; turn in Americas. Passed over: Chloe Nguyen (starts Tue 9:00 AM in Los Angeles).',
    ]);
    expect(facts).toEqual([]);
    expect(buttons).toEqual(['All Rules', 'Show Card']);
  });

  it('shows everything that was looked at by a button, in people’s words', async () => {
    const there = await office();
    await arrive(there, lead());
    const { texts, facts, buttons } = await ask(there, '501 all');
    expect(texts.at(-1)).toBe('Handed over 15:00 UTC: filled in “Request a Demo”');
    expect(facts).toContainEqual({ label: 'Demo request', value: 'yes: filled in “Request a Demo”' });
    expect(facts).toContainEqual({ label: 'Exclusions', value: 'none applies' });
    expect(facts).toContainEqual({
      label: 'Next turns',
      value: 'Ben Castillo, Chloe Nguyen, and Ada Okafor',
    });
    expect(buttons).toEqual(['In Short', 'Show Card']);
    expect(JSON.stringify([texts, facts])).not.toMatch(/policy example|\d\.\d\d|[a-z]_[a-z]|America\//);
  });

  it('of a lead that was given to somebody tells by whom', async () => {
    const there = await office();
    await there.openHandoff();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    expect((await ask(there, '501', ben)).texts[0]).toBe(
      'Ben Castillo has Lena Fischer since 15:00 UTC because: demo request; given by Grace Whitfield.',
    );
  });

  it('of a lead that is closed tells who had it', async () => {
    const there = await office();
    await arrive(there, lead());
    const { id } = there.handoff().handoff;
    await there.carryOut(
      { type: 'disqualify', by: ada, reason: 'not_a_fit', note: '', revisit: null, other: null },
      id,
    );
    const { texts, buttons } = await ask(there, '501');
    expect(texts[0]).toContain('Ada Okafor had Lena Fischer, which is closed since 15:00 UTC.');
    expect(buttons).toEqual(['All Rules']);
  });

  it('of a lead that waits, or was not handed over, tells why', async () => {
    const hold = rule({ kind: 'rotation', team: 'Americas' }, { whenNobody: 'hold' });
    const there = await office({
      rules: policy({ routing: routing([hold]), whoSees: { why: 'everybody' } }),
      now: new Date('2026-03-04T03:00:00Z'),
    });
    await arrive(there, lead());
    expect((await ask(there, '501')).texts).toEqual([
      'Lena Fischer waits: filled in “Request a Demo”, but nobody of Americas is free.',
    ]);
    const old = { name: 'Demo', at: new Date('2026-02-01T12:00:00Z') };
    await arrive(there, lead({ id: '502', email: 'b@x.example', conversions: [old] }));
    expect((await ask(there, '502')).texts).toEqual([
      'Lena Fischer was not handed over: filled in “Demo”, but more than 7 days ago.',
    ]);
  });
});

describe('a lead that is not named exactly', () => {
  const several = async () => {
    const there = await office();
    await arrive(there, lead({ id: '1', name: 'Zoë Lindqvist', email: 'zoe@copperleaf.example' }));
    await arrive(there, lead({ id: '2', name: '佐藤 美咲', email: 'misaki.sato@kumo.example' }));
    return there;
  };

  it.each([
    ['copperleaf', '1'],
    ['zoe', '1'],
    ['Zoe Lindquist', '1'],
    ['lindqwist', '1'],
    ['misaki', '2'],
    ['kumo', '2'],
  ])('"%s" is answered with a button for the one that may be meant', async (asked, id) => {
    const there = await several();
    const { title, says } = await ask(there, asked, grace);
    expect([title, says]).toEqual([`I know no lead "${asked}"`, [`why ${id}`]]);
  });

  it('is chosen by a button where several fit', async () => {
    const there = await office();
    await arrive(there, lead({ id: '1', email: 'a@x.example' }));
    await arrive(there, lead({ id: '2', email: 'b@x.example' }));
    const { title, says } = await ask(there, 'Lena', grace);
    expect([title, says]).toEqual(['Several leads fit "Lena"', ['why 1', 'why 2']]);
  });

  it('is asked for with the latest that somebody has', async () => {
    const there = await office();
    await arrive(there, lead());
    for (const asked of ['', 'le']) {
      const { title, says } = await ask(there, asked);
      expect([title, says]).toEqual(['Which lead?', ['why 501']]);
    }
    expect((await ask(there, '', ben)).says).toEqual([]);
  });

  it('is not guessed of the leads of others', async () => {
    const there = await office();
    await arrive(there, lead());
    const { title, says } = await ask(there, 'lenna', ben);
    expect([title, says]).toEqual(['I know no lead "lenna" of yours', []]);
    expect((await ask(there, 'lenna')).says).toEqual(['why 501']);
  });
});
