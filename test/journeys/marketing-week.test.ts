import { afterEach, describe, expect, test } from 'vitest';
import { startApp } from '../../src/app.ts';
import { chats } from '../support/chats/client.ts';
import {
  ada,
  ben,
  demoRequest,
  grace,
  ownerIdOf,
  requestDemo,
  startWorld,
  type World,
} from '../support/world.ts';

const mona = 'mona.petersen@example.com';
/** The Monday after the one on which everything begins, 08:00 in Berlin. */
const due = new Date('2026-03-09T07:00:00Z');
const hourMs = 3_600_000;

describe.each(chats)('in $name, a week after marketing was named in the policy', ({ platform, channel }) => {
  let world: World;
  afterEach(() => world.close());

  const chat = () => world.in(platform);

  async function started(where: { tell_channel?: string }): Promise<void> {
    const marketing = { people: [mona], weekly: 'monday 08:00', zone: 'Europe/Berlin', ...where };
    world = await startWorld({ chats: platform, amend: { marketing } });
    await looked();
  }

  /** Somebody looks whether a week is to be reported. */
  async function looked(at = world.now()): Promise<void> {
    world.moveTo(at);
    await world.app.report();
    await world.settle();
  }

  /** Of two leads of a campaign Ada accepts both, and sends one back after an hour. */
  async function worked(): Promise<void> {
    const campaign = { hs_analytics_source: 'PAID_SEARCH', hs_analytics_source_data_1: 'spring' };
    const hers = { hubspot_owner_id: ownerIdOf(world, ada), lead_score_fit: '30', ...campaign };
    await demoRequest(world, hers);
    await chat().press(ada, 'accept');
    await world.settle();
    world.moveTo(new Date(world.now().getTime() + hourMs));
    await chat().fill(ada, 'disqualify', { reason: 'no_budget', note: '' });
    await world.settle();
    await demoRequest(world, hers);
    await chat().press(ada, 'accept');
    await world.settle();
  }

  test('the channel is told once what became of its leads, with the numbers of the week', async () => {
    await started({ tell_channel: channel });
    chat().addChannel(channel);
    await worked();
    await looked(new Date(due.getTime() - 1));
    expect(chat().posts(channel)).toEqual([]);
    await looked(due);
    await looked(due);
    const [report, ...others] = chat().posts(channel);
    expect(others).toEqual([]);
    expect(report).toContain('Leads, 2 – 8 Mar');
    expect(report).toContain('2 handed over (+2), 2 accepted (+2), 1 sent back (+1)');
    expect(report).toContain('What cost sales most, for nothing Demo request: 1 h, 1 lead');
    expect(report).toContain('Sent back because From Leads No budget Paid search · spring 1');
    expect(report).toContain('Demo request 2 of 2');
    expect(report).toContain('Fit: 25 to 49 points 1 of 2');
    expect(report).toContain('handoff sent-back --csv --since 2026-03-02..2026-03-08');
    expect(chat().bulletins(mona)).toEqual([]);
  });

  test('it is told of leads that went back to nurture, and what woke those who came back', async () => {
    await started({ tell_channel: channel });
    chat().addChannel(channel);
    const lead = await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });
    const because = { reason: 'timing', note: 'in spring' };
    const sent = await chat().fill(ada, 'disqualify', because);
    // In Teams the form asks for the day once it knows the reason.
    if (!sent.ok) await chat().fill(ada, 'disqualify', because);
    await world.settle();
    world.moveTo(new Date(world.now().getTime() + 48 * hourMs));
    requestDemo(world, lead);
    await world.settle();
    await looked(due);
    const [report] = chat().posts(channel);
    expect(report).toContain('1 sent back until later, 1 came back, woken by: Demo request 1');
  });

  test('nobody reads in it who the leads were, or what was written about them', async () => {
    await started({ tell_channel: channel });
    chat().addChannel(channel);
    await demoRequest(world, { hubspot_owner_id: ownerIdOf(world, ada) });
    await chat().fill(ada, 'disqualify', { reason: 'other', note: 'Dana moved to Oslo' });
    await world.settle();
    await looked(due);
    expect(chat().posts(channel)).toHaveLength(1);
    for (const word of ['Dana', 'Ortiz', 'Oslo', 'Ada', '@northwind.example']) {
      expect(chat().posts(channel)[0]).not.toContain(word);
    }
  });

  test('after a standstill of three weeks it is told of the last one alone', async () => {
    await started({ tell_channel: channel });
    chat().addChannel(channel);
    await looked(new Date('2026-03-24T12:00:00Z'));
    expect(chat().posts(channel)).toEqual([expect.stringContaining('Leads, 16 – 22 Mar')]);
    // The clocks have been put forward meanwhile: it comes at the same time of day.
    await looked(new Date('2026-03-30T05:59:00Z'));
    expect(chat().posts(channel)).toHaveLength(1);
    await looked(new Date('2026-03-30T06:00:00Z'));
    expect(chat().posts(channel)[1]).toContain('Leads, 23 – 29 Mar');
  });

  test('of two processes one tells it', async () => {
    await started({ tell_channel: channel });
    chat().addChannel(channel);
    const other = await startApp(
      { ...world.config, http: { ...world.config.http, port: 0 }, metrics: null },
      world.secrets,
      { clock: world.now, connection: world.database, runsByItself: false, logTo: { write: () => {} } },
    );
    world.moveTo(due);
    await Promise.all([world.app.report(), other.report()]);
    await Promise.all([world.app.drain(), other.drain()]);
    await other.stop();
    expect(chat().posts(channel)).toHaveLength(1);
  });

  test('a channel that cannot be told keeps it from nobody: its people get it, and hear of the channel', async () => {
    await started({ tell_channel: channel });
    await worked();
    await looked(due);
    const [report, ...others] = chat().bulletins(mona);
    expect(others).toEqual([]);
    expect(report?.text).toContain('2 handed over (+2)');
    expect(report?.text).toContain(`The channel ${channel} could not be told.`);
  });

  test('without a channel each of the people gets it', async () => {
    await started({});
    await worked();
    await looked(due);
    const [report] = chat().bulletins(mona);
    expect(report?.text).toContain('Leads, 2 – 8 Mar 2 handed over (+2)');
    expect(report?.text).not.toContain('could not be told');
    expect([ada, grace].flatMap((person) => chat().bulletins(person))).toEqual([]);
  });

  test('whoever of them has switched it off gets it no more, until they switch it on again', async () => {
    await started({});
    await looked(due);
    expect(chat().bulletins(mona)).toHaveLength(1);
    await chat().choose(mona, 'Change This Summary');
    await world.settle();
    expect(chat().answers(mona).at(-1)).toContain('What became of marketing’s leads, Mon 8:00');
    await chat().choose(mona, 'Switch Off');
    await world.settle();
    await looked(new Date('2026-03-16T07:00:00Z'));
    expect(chat().bulletins(mona)).toHaveLength(1);
    await chat().ask(mona, 'summary on');
    await looked(new Date('2026-03-23T07:00:00Z'));
    expect(chat().bulletins(mona)).toHaveLength(2);
  });

  test('that the channel cannot be told is heard by whoever has switched it off, too', async () => {
    await started({ tell_channel: channel });
    await chat().ask(mona, 'summary off');
    await looked(due);
    expect(chat().bulletins(mona).at(-1)?.text).toContain(`The channel ${channel} could not be told.`);
  });

  test('marketing, managers and admins may ask for any time, and nobody else', async () => {
    await started({});
    await worked();
    world.moveTo(new Date(world.now().getTime() + hourMs));
    expect(await chat().ask(mona, 'sent-back')).toContain(
      '2 handed over (+2), 2 accepted (+2), 1 sent back (+1)',
    );
    expect(await chat().ask(mona, 'sent-back 2026-02-01..2026-02-28')).toContain('No lead was handed over');
    expect(await chat().ask('henrik.lund@example.com', 'sent-back 30d')).toContain('Leads of International');
    expect(await chat().ask(grace, 'sent-back 30d')).toContain('No budget');
    expect(await chat().ask(ben, 'sent-back')).toContain(
      'Marketing, managers and the admins can ask for this.',
    );
  });

  test('a policy that names nobody of marketing has nobody told, and costs nothing', async () => {
    world = await startWorld({ chats: platform, amend: { marketing: undefined } });
    await worked();
    await looked(due);
    expect(await world.database.prisma.run.findUnique({ where: { routine: 'report' } })).toBeNull();
    expect(await chat().ask(grace, 'help')).not.toContain('sent-back');
  });
});
