import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { search } from '../../../src/flow/answer/search.ts';
import { leadOption, searchLeads } from '../../../src/flow/answer/search-leads.ts';
import {
  ada,
  americas,
  assignment,
  ben,
  dario,
  grace,
  lead,
  member,
  offered,
  policy,
  stranger,
} from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const { id } = offered();

const maya = lead({
  id: '601',
  name: 'Maya Chen',
  email: 'maya@brightwater.example',
});
const named = (one: Lead, name: string): Lead => ({ ...one, id: name, name, email: `${name}@x.example` });

/** An office with the example lead, which is Ada's, and Maya, who is Ben's. */
async function withMaya(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await there.openHandoff(maya, { id: 'mayas', assignment: assignment({ rep: ben, team: 'Americas' }) });
  return there;
}

const labels = async (there: Office, by: PersonId, text: string) => {
  const found = await searchLeads(text, { by, policy: policy(), leadId: lead().id }, there.needs);
  return found.map(({ label }) => label);
};
const mayas = `Maya Chen · ${maya.account?.name} · maya@brightwater.example`;

describe('another lead', () => {
  it.each(['maya', 'CHEN ma', 'maya@brightwater.example', '601'])('is found by "%s"', async (text) => {
    const there = await withMaya();
    there.needs.crm.contacts.clear();
    expect(await labels(there, ben, text)).toEqual([mayas]);
    expect(await labels(there, grace, text)).toEqual([mayas]);
  });

  it('that is known and concerns somebody else is found in HubSpot alone', async () => {
    const there = await withMaya();
    there.needs.crm.contacts.clear();
    expect(await labels(there, dario, 'maya')).toEqual([]);
    expect(await labels(there, dario, maya.id)).toEqual([]);
    there.needs.crm.contacts.set(maya.id, maya);
    expect(await labels(there, dario, 'maya')).toEqual([mayas]);
  });

  it('that both know comes once, before those of HubSpot alone', async () => {
    const there = await withMaya();
    const { contacts } = there.needs.crm;
    contacts.clear();
    contacts.set('mayer', named(maya, 'mayer')).set(maya.id, maya);
    expect(await labels(there, ben, 'may')).toEqual([
      mayas,
      `mayer · ${maya.account?.name} · mayer@x.example`,
    ]);
  });

  it('is never the lead itself', async () => {
    const there = await withMaya();
    const own = lead();
    there.needs.crm.contacts.set(own.id, own);
    for (const text of [own.id, own.name ?? '', own.email ?? '']) {
      expect(await labels(there, ada, text)).toEqual([]);
    }
  });

  it('is one of twenty at most', async () => {
    const there = await withMaya();
    for (let n = 0; n < 30; n += 1) there.needs.crm.contacts.set(`zoe${n}`, named(maya, `zoe${n}`));
    expect(await labels(there, ada, 'zoe')).toHaveLength(20);
  });

  it('is found among those that the bot knows while HubSpot does not answer', async () => {
    const there = await withMaya();
    there.needs.crm.findContacts = () => Promise.reject(new Error('HubSpot is down'));
    expect(await labels(there, ben, 'maya')).toEqual([mayas]);
  });

  it('is not searched by one letter', async () => {
    const there = await withMaya();
    there.needs.crm.findContacts = () => expect.unreachable('nobody is asked');
    expect(await labels(there, ben, ' m ')).toEqual([]);
  });

  it('that was chosen is called by its name, as the bot or HubSpot knows it, or by its id', async () => {
    const there = await withMaya();
    const { crm } = there.needs;
    crm.contacts.clear();
    crm.contacts.set('702', { ...named(maya, '702'), name: 'Zoe Ek' });
    expect(await leadOption(maya.id, there.needs)).toEqual({ value: maya.id, label: mayas });
    expect(await leadOption('702', there.needs)).toMatchObject({
      value: '702',
      label: expect.stringMatching(/^Zoe Ek/),
    });
    expect(await leadOption('703', there.needs)).toEqual({ value: '703', label: 'Contact 703' });
  });
});

describe('what is typed into a choice of a form', () => {
  const reps = Array.from({ length: 150 }, (_, n) => member({ id: `rep${n}@example.com` }));
  const crowd = policy({ teams: [{ ...americas, members: [member(), ...reps] }] });
  const found = async (there: Office, by: PersonId, text: string) => {
    const who = { platform: 'slack', userId: userIdOf(by), handoffId: id } as const;
    const options = await search(there.needs)(who, { form: 'reassign', field: 'to', text, answers: {} });
    return options.map(({ value }) => value);
  };

  it('finds the options that have all its words', async () => {
    const there = await office({ rules: crowd });
    await there.openHandoff();
    expect(await found(there, grace, 'REP14 open')).toEqual(
      ['14', ...Array.from({ length: 10 }, (_, n) => `14${n}`)].map((n) => `rep${n}@example.com`),
    );
    expect(await found(there, grace, '')).toHaveLength(151);
  });

  it.each([
    ['to whoever may not send the form', ada],
    ['to a stranger', stranger],
  ])('finds nothing %s', async (_, by) => {
    const there = await office({ rules: crowd });
    await there.openHandoff();
    expect(await found(there, by, 'rep')).toEqual([]);
  });

  it('finds nothing of a handoff or a field that there is not, nor of one that takes words', async () => {
    const there = await office();
    const who = { platform: 'slack', userId: userIdOf(ada), handoffId: id } as const;
    const type = (field: string) =>
      search(there.needs)(who, { form: 'logTouch', field, text: 'ca', answers: {} });
    expect(await type('did')).toEqual([]);
    await there.openHandoff();
    expect(await type('did')).toEqual([
      { value: 'talked', label: 'Called: talked' },
      { value: 'noAnswer', label: 'Called: no answer' },
      { value: 'voicemail', label: 'Called: left a voicemail' },
    ]);
    expect([await type('note'), await type('gone')]).toEqual([[], []]);
  });
});
