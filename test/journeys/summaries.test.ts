import { afterEach, describe, expect, test } from 'vitest';
import { chats } from '../support/chats/client.ts';
import { goAway } from '../support/chats/go-away.ts';
import {
  ada,
  ben,
  createLead,
  demoRequest,
  grace,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

/** The Tuesday after the Monday on which everything begins, half past eight in New York. */
const tuesday = new Date('2026-03-03T13:30:00Z');
/** The Monday after, eight in New York, where the clocks were put forward the day before. */
const nextMonday = new Date('2026-03-09T12:00:00Z');

describe.each(chats)('in $name, summaries come by themselves', ({ platform }) => {
  let world: World;
  afterEach(() => world.close());

  const chat = () => world.in(platform);
  const summariesOf = (person: string) =>
    chat()
      .bulletins(person)
      .map(({ text }) => text);

  async function started(amend: object = {}, options: object = {}): Promise<void> {
    const late = [{ at: '0 min', do: 'tell manager' }];
    const quiet = { 'escalation.acknowledge': late, 'escalation.touch': late };
    world = await startWorld({ chats: platform, amend: { ...quiet, ...amend }, ...options });
    await looked();
  }

  async function looked(at = world.now()): Promise<void> {
    world.moveTo(at);
    await world.app.summaries();
    await world.settle();
  }

  /** A lead of Ada's that she has accepted, and not reached out to. */
  async function accepted(): Promise<void> {
    await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });
    await chat().press(ada, 'accept');
    await world.settle();
  }

  /** And within the hour in which she was to. */
  async function missed(): Promise<void> {
    await accepted();
    await world.pass(61);
  }

  test('a rep’s morning list, once, at the minute, with what they do next a press away', async () => {
    await started();
    await missed();
    await looked(new Date(tuesday.getTime() - 1));
    expect(summariesOf(ada)).toEqual([]);
    await looked(tuesday);
    await looked(tuesday);
    const [list, ...others] = summariesOf(ada);
    expect(others).toEqual([]);
    expect(list).toContain('Good morning, Ada: 1 to call today');
    expect(list).toMatch(/1 late.*Now \(1\).*Dana Ortiz.*reach out now, it was due/s);
    expect(summariesOf(ben)).toEqual([]);
    await chat().choose(ada, 'All My Leads');
    await world.settle();
    expect(chat().answers(ada).at(-1)).toContain('Dana Ortiz');
  });

  test('not to a rep who is away, nor on their free days', async () => {
    await started();
    await accepted();
    await goAway(chat(), ada, 'until wednesday 15:00');
    await world.settle();
    await looked(tuesday);
    await looked(new Date('2026-03-04T13:30:00Z'));
    expect(summariesOf(ada)).toEqual([]);
    await looked(new Date('2026-03-05T13:30:00Z'));
    expect(summariesOf(ada)).toHaveLength(1);
    await looked(new Date('2026-03-06T13:30:00Z'));
    await looked(new Date('2026-03-07T13:30:00Z'));
    await looked(new Date('2026-03-08T12:30:00Z'));
    expect(summariesOf(ada)).toHaveLength(2);
  });

  test('it tells of leads that slept and have woken', async () => {
    await started();
    const lead = await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });
    const because = { reason: 'timing', note: 'in spring' };
    const sent = await chat().fill(ada, 'disqualify', because);
    // In Teams the form asks for the day once it knows the reason.
    if (!sent.ok) await chat().fill(ada, 'disqualify', because);
    await world.settle();
    await looked(tuesday);
    expect(summariesOf(ada)).toEqual([]);
    world.moveTo(new Date('2026-03-05T12:00:00Z'));
    requestDemo(world, lead);
    await world.settle();
    await looked(new Date('2026-03-05T13:30:00Z'));
    expect(summariesOf(ada).at(-1)).toMatch(/1 to call today.*slept and is back/s);
  });

  test('in the language of whoever reads it', async () => {
    await started({}, { locales: { [ada]: 'de-DE' } });
    await accepted();
    await looked(tuesday);
    expect(summariesOf(ada)[0]).toContain('Guten Morgen, Ada: heute 1 anzurufen');
  });

  test('switched off by a button, and on again in words; the settings tell', async () => {
    await started();
    await accepted();
    await looked(tuesday);
    await chat().choose(ada, 'Change This Summary');
    await world.settle();
    expect(chat().answers(ada).at(-1)).toContain('Your morning list at 8:30');
    await chat().choose(ada, 'Switch Off');
    await world.settle();
    expect(chat().answers(ada).at(-1)).toContain('nothing comes by itself');
    expect(await chat().ask(ada, 'settings')).toMatch(/Summaries.*switched off/s);
    await looked(new Date('2026-03-04T13:30:00Z'));
    expect(summariesOf(ada)).toHaveLength(1);
    expect(await chat().ask(ada, 'summary maybe')).toContain('say off or on');
    expect(await chat().ask(ada, 'zusammenfassung an')).toContain('Your morning list at 8:30');
    await looked(new Date('2026-03-05T13:30:00Z'));
    expect(summariesOf(ada)).toHaveLength(2);
  });

  test('a manager’s week, with what changed and what to look at', async () => {
    await started();
    await missed();
    const noEmail = createLead(world, { firstname: 'Kestrel', lastname: 'Moore', email: '' });
    requestDemo(world, noEmail);
    await world.settle();
    await goAway(chat(), ada);
    await world.settle();
    await looked(new Date(nextMonday.getTime() - 1));
    expect(summariesOf(grace)).toEqual([]);
    await looked(nextMonday);
    await looked(nextMonday);
    const [week, ...others] = summariesOf(grace);
    expect(others).toEqual([]);
    expect(week).toContain('Americas, Mar 2 – 8');
    expect(week).toContain('1 lead, 0 the week before.');
    expect(week).toMatch(/Look at this.*Dana Ortiz.*accepted but has not reached out/s);
    expect(week).toMatch(/Kestrel Moore.*held since.*email/s);
    expect(week).toMatch(/Ada Okafor.*1 open.*away/s);
    expect(week).toMatch(/Answered in time.*1 of 1/s);
    await chat().choose(grace, 'Stats by Rep');
    await world.settle();
    expect(chat().answers(grace).at(-1)).toMatch(/Americas, .*Ada Okafor/s);
  });

  test('nothing where nothing happened, and nothing waits', async () => {
    await started();
    await looked(nextMonday);
    await looked(new Date('2026-03-09T12:30:00Z'));
    expect([ada, ben, grace].flatMap(summariesOf)).toEqual([]);
  });

  test('a policy without them sends none, and nobody can switch them', async () => {
    await started({ summaries: undefined });
    await accepted();
    await looked(tuesday);
    await looked(nextMonday);
    expect([ada, grace].flatMap(summariesOf)).toEqual([]);
    expect(await chat().ask(ada, 'summary')).toContain('has none come to you');
  });
});
