import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { goAway } from '../support/chats/go-away.ts';
import { storedHandoff } from '../support/stored-handoffs.ts';
import {
  ada,
  ben,
  chloe,
  createLead,
  grace,
  ownerIdOf,
  policyFile,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

const farah = 'farah.singh@example.com';

let world: World;
afterEach(() => world.close());

const contact = (id: string) => world.hubspot.object('contacts', id)?.properties ?? {};
const holder = (id: string) => contact(id)['handoff_rep'];
const decisionsOn = (id: string) =>
  world.database.prisma.inboundEvent.findMany({ where: { leadId: id, decision: { not: null } } });

/** A lead with these properties that asks for a demo. */
async function demoRequest(properties: Record<string, string> = {}): Promise<string> {
  const lead = createLead(world, properties);
  requestDemo(world, lead);
  await world.settle();
  return lead;
}

describe('a lead that qualifies', () => {
  beforeEach(async () => {
    world = await startWorld({ chats: 'slack' });
  });

  test('but lacks a field is held: HubSpot says why, and it is released when the field arrives', async () => {
    const lead = await demoRequest({ email: '' });
    expect(contact(lead)['handoff_held_because']).toBe('Demo request: lacks email');
    expect(await world.database.prisma.hold.count()).toBe(1);
    expect(holder(lead)).toBeUndefined();

    world.hubspot.setProperties('contacts', lead, { email: 'dana@northwind.example' });
    await world.settle();
    expect(holder(lead)).toBe(ada);
    expect(contact(lead)['handoff_held_because'] ?? '').toBe('');
    expect(await world.database.prisma.hold.count()).toBe(0);
  });

  test('after the hours of its team waits until the first of them is at work, and then is theirs at once', async () => {
    // Three past nine in New York is past three in Berlin; four hours later nobody is at work there.
    world.moveTo(new Date('2026-03-02T18:03:00Z'));
    const lead = await demoRequest({ country: 'Austria' });
    expect(contact(lead)['handoff_held_because']).toBe('Demo request: nobody of International is free');
    await world.app.sweep();
    await world.settle();
    expect(holder(lead)).toBeUndefined();

    // Farah begins at ten in Kolkata.
    world.moveTo(new Date('2026-03-03T04:31:00Z'));
    await world.app.sweep();
    await world.settle();
    expect(holder(lead)).toBe(farah);
  });

  test('and works for a competitor is left alone, whatever it does', async () => {
    const companyId = world.hubspot.createCompany({ name: 'Rival', domain: 'rival-crm.example' });
    const lead = world.hubspot.createContact(
      { email: 'spy@rival-crm.example', firstname: 'Sly', lifecyclestage: 'lead' },
      { companyId },
    );
    requestDemo(world, lead);
    await world.settle();
    expect(holder(lead)).toBeUndefined();
    expect((await decisionsOn(lead)).map(({ reason }) => reason)).toContain(
      'Works for a competitor: company domain rival-crm.example',
    );
  });

  test('goes to the owner of the company that its mail domain belongs to', async () => {
    world.hubspot.createCompany({
      name: 'Blue Harbour',
      domain: 'blueharbour.example',
      hubspot_owner_id: ownerIdOf(world, chloe),
    });
    const lead = world.hubspot.createContact({
      email: 'kim@blueharbour.example',
      firstname: 'Kim',
      lifecyclestage: 'lead',
    });
    requestDemo(world, lead);
    await world.settle();
    expect(holder(lead)).toBe(chloe);
  });

  test('through a workflow is handed over by its name, once however often HubSpot asks', async () => {
    const lead = createLead(world);
    await world.settle();
    const run = {
      url: `${world.app.url}/hubspot/workflow-action`,
      objectId: lead,
      inputFields: { trigger: 'hand_over' },
    };
    const first = await world.hubspot.runWorkflowAction(run);
    const again = await world.hubspot.runWorkflowAction({ ...run, callbackId: first.callbackId });
    expect([first.status, again.status]).toEqual([200, 200]);
    await world.settle();
    expect(contact(lead)).toMatchObject({ handoff_rep: ada, handoff_trigger: 'workflow' });
    expect(await world.database.prisma.handoff.count()).toBe(1);

    const unknown = await world.hubspot.runWorkflowAction({ ...run, inputFields: { trigger: 'dance' } });
    expect(unknown.status).toBe(400);
    expect(JSON.stringify(unknown.body)).toContain('hand_over');
  });
});

describe.each(chats)('in $name', ({ platform }) => {
  beforeEach(async () => {
    world = await startWorld({ chats: platform });
  });
  const chat = () => world.in(platform);

  test('a lead for the whole team is offered to everybody at work, and the first to claim it has it', async () => {
    const lead = await demoRequest({ product_interest: 'academy' });
    expect(holder(lead)).toBe(grace);
    // In Los Angeles it is six in the morning.
    expect(chat().cards(chloe)).toEqual([]);
    expect(chat().card(ada).buttons).toEqual(['takeIt', 'open']);
    expect(chat().card(ben).text).toContain('Claim it by');

    const cards = { ada: chat().card(ada), ben: chat().card(ben) };
    await Promise.all([
      chat().press(ada, 'takeIt', { card: cards.ada }),
      chat().press(ben, 'takeIt', { card: cards.ben }),
    ]);
    await world.settle();
    const winner = holder(lead) ?? '';
    const loser = winner === ada ? ben : ada;
    expect([ada, ben]).toContain(winner);
    expect(chat().refusals(loser)).toEqual([expect.stringContaining('holds this lead now')]);
    expect(chat().card(loser).text).toMatch(/With (Ada Okafor|Ben Castillo) since/);
    expect(chat().card(winner).buttons).toContain('logTouch');
    const events = await world.database.prisma.handoffEvent.findMany();
    expect(events.filter(({ type }) => type === 'reassigned')).toHaveLength(1);
  });

  test('somebody out of office gets no leads until they are back, and then no more than their share', async () => {
    await goAway(chat(), ada, 'friday');
    await world.settle();
    expect(chat().answers(ada).at(-1)).toContain('no new leads come to you');
    const meanwhile = [await demoRequest(), await demoRequest(), await demoRequest()];
    expect(meanwhile.map(holder)).not.toContain(ada);

    expect(await chat().ask(ada, 'back')).toContain("You're back in turn");
    const after = [];
    for (let count = 0; count < 4; count += 1) after.push(await demoRequest());
    expect(after.map(holder).filter((rep) => rep === ada).length).toBeLessThanOrEqual(3);
    expect(after.map(holder)).toContain(ada);
  });

  test('why tells what was looked at for a lead, and who was passed over', async () => {
    await goAway(chat(), ben);
    const lead = await demoRequest();
    const answer = await chat().ask(grace, `why ${lead}`);
    expect(answer).toContain('because: demo request; no owner; turn in Americas. Passed over:');
    expect(answer).toContain('Ben Castillo (is out of office)');
    expect(answer).toMatch(/Chloe Nguyen \(starts .*9:00 AM in Los Angeles\)/);
    await chat().choose(grace, 'All Rules');
    await world.settle();
    const rules = chat().answers(grace).at(-1) ?? '';
    expect(rules).toMatch(/Demo request:? yes: filled in “Request a demo”/);
    expect(rules).toMatch(/Exclusions:? none applies/);
    expect(rules).toContain('next turn in Americas');
    expect(rules).toMatch(/Next turns:? /);
    expect(await chat().ask(grace, 'why nobody@nowhere.example')).toContain('I know no lead');
  });

  test('why tells somebody whom a lead does not concern only with whom it is, and nothing by its name', async () => {
    const lead = await demoRequest();
    const [other = ben] = [ben, chloe].filter((rep) => rep !== holder(lead));
    const answer = await chat().ask(other, `why ${lead}`);
    expect(answer).toContain('has this lead. Ask them for more.');
    expect(answer).not.toContain('because');
    expect(await chat().ask(other, 'why Dana Ortiz')).toContain('I know no lead "Dana Ortiz" of yours');
    expect(await chat().ask(other, 'why da')).toContain('Which lead?');
    expect(await chat().ask(holder(lead) ?? '', `why ${lead}`)).toContain('because: demo request');
  });

  test('the leads of somebody who is switched off in HubSpot move on, and the manager is told', async () => {
    const lead = await demoRequest();
    expect(holder(lead)).toBe(ada);
    world.hubspot.deactivateOwner(ownerIdOf(world, ada));
    await world.app.syncDirectory();
    await world.settle();
    expect(holder(lead)).toBe(ben);
    expect(chat().card(ben).text).toContain('Accept by');
    expect(chat().notified(grace)).toEqual([]);
    expect(chat().card(grace).text).toContain('Ben Castillo has until');
    expect(chat().card(ada).text).toContain('With Ben Castillo since');
  });
});

describe('the policy', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-policy-'));
    file = join(folder, 'policy.yaml');
    await writeFile(file, await readFile(policyFile));
    world = await startWorld({ chats: 'slack', policy: file });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const change = async (from: string, to: string) => {
    const text = await readFile(file, 'utf8');
    expect(text).toContain(from);
    await writeFile(file, text.replace(from, to));
  };
  const respondBy = async (lead: string) =>
    (await storedHandoff(world.database, ({ leadId }) => leadId === lead)).respondBy;

  test('is read again: new leads go by it, those that are under way by the one they began under', async () => {
    const before = await demoRequest();
    await change('acknowledge: 15 min', 'acknowledge: 45 min');
    await change('name: not_a_fit, label: Not a fit', 'name: wrong_size, label: Wrong size');
    expect(await world.app.reloadPolicy()).toBe(true);

    const after = await demoRequest();
    expect(await respondBy(before)).toEqual(new Date('2026-03-02T14:18:00Z'));
    expect(await respondBy(after)).toEqual(new Date('2026-03-02T14:48:00Z'));
    const filled = await world.in('slack').fill(ada, 'disqualify', { reason: 'not_a_fit' });
    expect(filled.ok).toBe(true);

    await world.restart();
    await world.settle();
    expect(await respondBy(after)).toEqual(new Date('2026-03-02T14:48:00Z'));
  });

  test('that is wrong changes nothing, and the log says what is wrong with it', async () => {
    await change('fallback: grace.whitfield@example.com', 'fallback: nobody');
    expect(await world.app.reloadPolicy()).toBe(false);
    expect(
      world.log.some((line) => line.includes('the old one stays in force') && line.includes('fallback')),
    ).toBe(true);
    expect(holder(await demoRequest())).toBe(ada);
  });

  test('gives a rep the turn back for a lead that was spam', async () => {
    const credits = async () => {
      const pools = await world.database.prisma.rotation.findMany();
      return pools.flatMap((pool) => Object.values(pool.credits as Record<string, number>));
    };
    await demoRequest();
    expect((await credits()).some((credit) => Math.abs(credit) > 0.01)).toBe(true);
    await world.in('slack').fill(ada, 'disqualify', { reason: 'spam' });
    await world.settle();
    expect((await credits()).map((credit) => Math.abs(credit) < 1e-9)).not.toContain(false);
  });
});
