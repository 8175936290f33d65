import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { buttonNamed } from '../support/chats/slack-blocks.ts';
import { ada, ben, chloe, demoRequest, grace, happenedTo, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world?.close());

const stranger = 'temp@agency.example';

describe.each(chats)('the work list in $name', ({ platform }) => {
  const opened = async (person: string): Promise<string> => {
    await world.in(platform).openHome(person);
    await world.settle();
    return world.in(platform).home(person);
  };
  const choose = async (person: string, label: string): Promise<string> => {
    const { answered } = await world.in(platform).chooseAtHome(person, label);
    expect(answered).toBe(true);
    await world.settle();
    return world.in(platform).home(person);
  };

  test('shows what waits for somebody; they accept it there, and see what is next', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    const home = await opened(ada);
    expect(home).toContain('1 waiting for your answer · 1 due within the hour');
    expect(home).toContain('accept by 2026-03-02T14:18:00Z · Demo request');
    expect(await choose(ada, 'Accept')).toContain('reach out by 2026-03-02T15:03:00Z');
    expect(await happenedTo(world, lead)).toContain('accepted');
    expect(world.in(platform).card(ada).buttons).not.toContain('accept');
  });

  test('has a touch logged from it by a form', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    await opened(ada);
    await choose(ada, 'Accept');
    await choose(ada, 'Log');
    const people = world.in(platform);
    expect(people.hasOpen(ada, 'logTouch')).toBe(true);
    await people.fill(ada, 'logTouch', { did: 'talked' });
    await world.settle();
    expect(await happenedTo(world, lead)).toContain('touched');
    expect(await opened(ada)).toContain('1 lead, with nothing due today');
    expect(await people.ask(ada, 'queue all')).toContain('try again by 2026-03-04');
  });

  test('of a manager begins with what they are to decide, and gives a lead to somebody else in place', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    await world.pass(16);
    const home = await opened(grace);
    expect(home).toContain('1 to decide');
    expect(home).toContain('Ada Okafor has not answered, due 2026-03-02T14:18:00Z');
    await choose(grace, 'Reassign');
    await world.in(platform).fill(grace, 'reassign', { to: ben });
    await world.settle();
    expect(await happenedTo(world, lead)).toContain('reassigned');
    expect(await opened(grace)).toContain('Nothing waits for your decision.');
    expect(await opened(ben)).toContain('1 waiting for your answer');
  });

  test('teaches whoever has had no lead yet, and sends them a sample of which nothing comes', async () => {
    world = await startWorld({ chats: platform });
    expect(await opened(ada)).toContain('A card comes to Messages within seconds when a lead is yours');
    await choose(ada, 'Send Me a Sample Card');
    const people = world.in(platform);
    const { text, buttons } = people.card(ada);
    expect(text).toContain('Sample · ');
    expect(text).toContain('This is a sample.');
    expect(buttons).not.toContain('open');
    await people.press(ada, 'accept');
    await world.settle();
    expect(people.refusals(ada).at(-1)).toContain('This is a sample, so nothing was changed.');
    await people.look(ada);
    expect(people.card(ada).text).toContain('This is a sample.');
    expect(await world.database.prisma.handoff.count()).toBe(0);
  });

  test('says when nothing waits, and until when somebody is at work', async () => {
    world = await startWorld({ chats: platform });
    await demoRequest(world);
    await world.in(platform).fill(ada, 'disqualify', { reason: 'not_a_fit' });
    await world.settle();
    const home = await opened(ada);
    expect(home).toContain('Nothing waits for you. You are at work until 5:30 PM.');
    expect(home).toContain('Ended: 1 disqualified');
  });

  test('offers a lead of a team mate that was offered to the team', async () => {
    world = await startWorld({ chats: platform });
    const lead = await demoRequest(world);
    await world.pass(21);
    expect(await opened(ben)).toContain('Take it first (1)');
    expect(await choose(ben, 'Claim')).toContain('reach out by 2026-03-02T15:24:00Z');
    expect(await happenedTo(world, lead)).toContain('reassigned');
  });

  test('is friendly to a stranger', async () => {
    world = await startWorld({ chats: platform });
    const people = world.in(platform);
    people.addPerson({ email: stranger, name: 'Temp' });
    await people.arrive(stranger);
    expect(await opened(stranger)).toContain('ask whoever keeps it to add your email');
  });
});

describe('the work list in a message of Teams', () => {
  test('shows what has come since when somebody looks at it again', async () => {
    world = await startWorld({ chats: 'teams' });
    const people = world.in('teams');
    await people.openHome(ada);
    await demoRequest(world);
    expect(people.home(ada)).not.toContain('Dana Ortiz');
    await people.look(ada);
    expect(people.home(ada)).toContain('accept by 2026-03-02T14:18:00Z');
    await people.chooseAtHome(ada, 'Accept');
    await world.settle();
    expect(people.home(ada)).toContain('reach out by');
  });
});

describe('the Home tab of Slack', () => {
  const people = () => world.in('slack');
  const published = () => people().server.callCounts()['views.publish'] ?? 0;
  const opens = async (person: string) => {
    await people().openHome(person);
    await world.settle();
  };

  test('shows a new lead without being opened again, and nobody else’s is published', async () => {
    world = await startWorld({ chats: 'slack' });
    await opens(ada);
    expect(published()).toBe(1);
    await demoRequest(world);
    expect(people().home(ada)).toContain('Dana Ortiz');
    expect(published()).toBe(2);
  });

  test('follows a lead that goes to somebody else, for both of them and their manager', async () => {
    world = await startWorld({ chats: 'slack' });
    await demoRequest(world);
    for (const person of [ada, ben, grace]) await opens(person);
    await people().fill(ada, 'handBack', { reason: 'no_capacity', note: '' });
    await world.settle();
    expect(people().home(ada)).not.toContain('Dana Ortiz');
    const next = people().home(ben).includes('Dana Ortiz') ? 'Ben Castillo' : 'Chloe Nguyen';
    expect(people().home(grace)).toContain(`${next} Leads 1 open`);
  });

  test('says on top why nothing came of a press, and says it no longer when something changes', async () => {
    world = await startWorld({ chats: 'slack' });
    await demoRequest(world);
    await opens(ada);
    const old = structuredClone(people().server.home(ada)?.blocks ?? []);
    await people().press(ada, 'accept');
    await world.settle();
    const button = { view: 'home', actionId: 'handoff.act.accept.0', stale: old } as const;
    await people().server.click(ada, button);
    await world.settle();
    expect(people().home(ada)).toContain('Already accepted');
    await people().fill(ada, 'logTouch', { did: 'talked' });
    await world.settle();
    expect(people().home(ada)).not.toContain('Already accepted');
  });

  test('answers in a modal, which gives its place to the next answer, and puts forms on top of it', async () => {
    world = await startWorld({ chats: 'slack' });
    await demoRequest(world);
    await opens(grace);
    const titleOf = () => JSON.stringify(people().server.openView(grace)?.blocks[0]);
    await people().chooseAtHome(grace, 'Settings');
    expect(titleOf()).toContain('Settings');
    await people().server.closeView(grace);
    await people().chooseAtHome(grace, 'Leads');
    expect(titleOf()).toContain('Leads of Ada Okafor');
    await people().server.click(grace, { view: 'modal', actionId: 'handoff.form.reassign' });
    expect(people().server.openView(grace)?.callback_id).toBe('handoff.form.reassign');
    await people().fill(grace, 'reassign', { to: chloe });
    await world.settle();
    expect(people().home(grace)).toContain('Chloe Nguyen Leads 1 open');
  });

  test('is published anew when its reader goes away, and comes back', async () => {
    world = await startWorld({ chats: 'slack' });
    await demoRequest(world);
    await opens(ada);
    await people().chooseAtHome(ada, 'Away…');
    const goAway = buttonNamed(people().server.openView(ada)?.blocks ?? [], 'Go Away');
    await people().server.click(ada, { view: 'modal', ...goAway, actionId: goAway?.actionId ?? '' });
    await world.settle();
    expect(people().home(ada)).toContain('You are away');
    await people().chooseAtHome(ada, 'I’m Back');
    await world.settle();
    expect(people().home(ada)).not.toContain('You are away');
  });

  test('is given up where it is switched off, which the log tells', async () => {
    world = await startWorld({ chats: 'slack' });
    people().server.setHomeTab(false);
    await opens(ada);
    expect(world.log.some((line) => line.includes('homeRefused') && line.includes('not_enabled'))).toBe(true);
    await demoRequest(world);
    expect(published()).toBe(1);
  });

  test('loses a lead that is erased', async () => {
    world = await startWorld({ chats: 'slack' });
    const lead = await demoRequest(world);
    await opens(ada);
    world.hubspot.privacyDelete(lead);
    await world.settle();
    expect(people().home(ada)).not.toContain('Dana Ortiz');
  });
});
