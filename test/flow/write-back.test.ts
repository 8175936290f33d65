import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/domain/handoff/decide.ts';
import type { PortalProperty } from '../../src/domain/lead/portal-property.ts';
import { TemporaryFailure } from '../../src/flow/ports/failure.ts';
import { writeBack } from '../../src/flow/write-back.ts';
import {
  ada,
  assignment,
  at,
  ben,
  grace,
  lead,
  offered,
  policy,
  reason,
  target,
  targets,
  touch,
} from '../support/examples.ts';
import { survivesEveryInterruption } from '../support/interrupt.ts';
import { type Office, office } from '../support/office.ts';
import { writeBackAlone } from '../support/write-back-alone.ts';

const { id } = offered();
const run = (there: Office, again = false) => writeBackAlone(there.needs)({ key: id, again });

/** An office with the example handoff, about which HubSpot has not heard yet. */
async function opened(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  return there;
}

async function written(...commands: Command[]): Promise<Office> {
  const there = await opened();
  await run(there);
  for (const command of commands) {
    there.passMinutes(5);
    await there.carryOut(command);
    await run(there);
  }
  return there;
}

const accept: Command = { type: 'accept', by: ada };
const called = (override = {}): Command => ({ type: 'logTouch', by: ada, touch: touch(override) });
const disqualify: Command = { type: 'disqualify', by: ada, reason: 'timing', note: 'in May' };
const reassign: Command = { type: 'reassign', by: grace, to: ben };

const contact = ({ crm }: Office) => crm.written.get('501');

describe('an offered handoff', () => {
  it('makes the rep the owner, the status New, and notes the handoff on the contact', async () => {
    const there = await written();
    expect(contact(there)).toEqual({
      ownerId: 'owner-ada',
      leadStatus: 'NEW',
      record: {
        id,
        status: 'offered',
        trigger: 'demo_request',
        rep: ada,
        qualifiedAt: at('14:59:30'),
        respondBy: at('15:15'),
        acknowledgedAt: null,
        firstTouchAt: null,
        closedAt: null,
        outcome: null,
        disqualifyReason: null,
        disqualifyNote: null,
        disqualifiedBy: null,
        disqualifiedAt: null,
        revisitAt: null,
        timesRecycled: 0,
        heldBecause: null,
      },
    });
  });

  it('creates the rep’s task, due when the answer is', async () => {
    const there = await written();
    expect(there.crm.tasks).toMatchObject([
      {
        handoffId: id,
        leadId: '501',
        accountId: '9001',
        ownerId: 'owner-ada',
        subject: 'Follow up: Lena Fischer, Northwind Robotics (Demo request)',
        dueAt: at('15:15'),
        completed: false,
      },
    ]);
    expect(there.crm.tasks[0]?.body).toBe(
      [
        'VP Operations · Machinery, 1,200 people · New York',
        'filled in “Request a Demo”',
        'pricing, page /blog/robots',
        'Known to us for 11 days. Nobody from sales has talked to them yet.',
      ].join('\n'),
    );
  });

  it('costs two calls, and none when nothing has happened since', async () => {
    const there = await written();
    await run(there);
    expect(there.crm.script.calls).toEqual(['writeLead', 'createTask']);
  });

  it('of a lead that was accepted and disqualified before HubSpot heard of it leaves the stage alone', async () => {
    const there = await opened();
    await there.carryOut(accept);
    await there.carryOut(disqualify);
    await run(there);
    expect(contact(there)).toMatchObject({ leadStatus: 'UNQUALIFIED' });
    expect(contact(there)).not.toHaveProperty('lifecycleStage');
  });

  it('of a rep whom HubSpot does not know, or no longer, leaves the owner as it was', async () => {
    for (const known of [
      { ownerId: null, active: true },
      { ownerId: 'owner-ada', active: false },
    ]) {
      const there = await opened();
      await there.needs.directory.savePeople(
        [{ id: ada, name: 'Ada Okafor', hours: null, ...known }],
        there.needs.clock(),
      );
      await run(there);
      expect(contact(there)).not.toHaveProperty('ownerId');
      expect(there.crm.tasks).toMatchObject([{ ownerId: null }]);
    }
  });

  it('of a lead without a company has a task for the contact alone', async () => {
    const there = await office();
    await there.openHandoff(lead({ account: null }));
    await run(there);
    expect(there.crm.tasks).toMatchObject([
      { accountId: null, subject: 'Follow up: Lena Fischer (Demo request)' },
    ]);
  });

  it('tells whoever watches which of our properties the portal lacks', async () => {
    const there = await opened();
    there.crm.refusedProperties.push('handoff_trigger');
    await run(there);
    expect(there.observed).toContainEqual({
      what: 'propertiesRefused',
      handoffId: id,
      properties: ['handoff_trigger'],
    });
  });

  it('that nobody knows writes nothing', async () => {
    const there = await office();
    await run(there);
    expect(there.crm.script.calls).toEqual([]);
  });
});

describe('what happens afterwards', () => {
  it('accepting makes it a sales qualified lead, Open, and moves the task to the touch’s due time', async () => {
    const there = await written(accept);
    expect(contact(there)).toMatchObject({
      lifecycleStage: 'salesqualifiedlead',
      leadStatus: 'OPEN',
      record: { status: 'accepted', acknowledgedAt: at('15:05:02') },
    });
    expect(there.crm.tasks).toMatchObject([{ dueAt: at('16:05:02'), completed: false }]);
  });

  const outcomes = [
    ['connected', 'CONNECTED'],
    ['booked', 'CONNECTED'],
    ['noAnswer', 'ATTEMPTED_TO_CONTACT'],
    ['leftMessage', 'ATTEMPTED_TO_CONTACT'],
    ['sent', 'ATTEMPTED_TO_CONTACT'],
  ] as const;
  for (const [outcome, leadStatus] of outcomes) {
    it(`a touch that ended as ${outcome} makes the status ${leadStatus}`, async () => {
      expect(contact(await written(called({ outcome })))).toMatchObject({ leadStatus });
    });
  }

  it('the first touch completes the task; each touch is an engagement of whoever made it', async () => {
    const there = await written(accept, called(), called({ id: 'second', kind: 'email', outcome: 'sent' }));
    expect(there.crm.tasks).toMatchObject([{ completed: true }]);
    expect(there.crm.engagements).toMatchObject([
      { leadId: '501', accountId: '9001', ownerId: 'owner-ada', touch: touch(), at: at('15:10:02') },
      { touch: { id: 'second', kind: 'email' }, at: at('15:15:02') },
    ]);
  });

  it('disqualifying is written with reason and note, and completes the task', async () => {
    const there = await written(disqualify);
    expect(contact(there)).toMatchObject({
      leadStatus: 'UNQUALIFIED',
      record: {
        status: 'closed',
        outcome: 'disqualified',
        closedAt: at('15:05:02'),
        disqualifyReason: 'timing',
        disqualifyNote: 'in May',
      },
    });
    expect(there.crm.tasks).toMatchObject([{ completed: true }]);
  });

  it('the task and what was done are called so in the language of the policy', async () => {
    const there = await office({ rules: policy({ language: 'de' }) });
    await there.openHandoff();
    await there.carryOut(called());
    await run(there);
    expect(there.crm.engagements).toMatchObject([{ title: 'Angerufen: gesprochen' }]);
    const later = await office({ rules: policy({ language: 'pt' }) });
    await later.openHandoff();
    await run(later);
    expect(later.crm.tasks).toMatchObject([
      { subject: 'Fazer contato: Lena Fischer, Northwind Robotics (Demo request)' },
    ]);
  });

  it('reassigning moves owner and task to the new rep', async () => {
    const there = await written(reassign);
    expect(contact(there)).toMatchObject({
      ownerId: 'owner-ben',
      record: { rep: ben, respondBy: at('15:20:02') },
    });
    expect(there.crm.tasks).toMatchObject([{ ownerId: 'owner-ben', dueAt: at('15:20:02') }]);
  });

  it('grace moves the task', async () => {
    const there = await written({ type: 'giveGrace', by: grace, grace: 60 });
    expect(there.crm.tasks).toMatchObject([{ dueAt: at('16:15') }]);
  });

  it('giving a lead up is written with the reason, and completes the task', async () => {
    const unresponsive = reason('no_answer', 'Never answered', { outcome: 'unresponsive' });
    const there = await office({ rules: policy({ disqualifyReasons: [unresponsive] }) });
    await there.openHandoff();
    await run(there);
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'no_answer', note: 'three weeks' });
    await run(there);
    expect(contact(there)).toMatchObject({
      leadStatus: 'UNQUALIFIED',
      record: {
        outcome: 'unresponsive',
        disqualifyReason: 'no_answer',
        disqualifyNote: 'three weeks',
        acknowledgedAt: at('15:00:02'),
      },
    });
    expect(there.crm.tasks).toMatchObject([{ completed: true }]);
  });

  it('handing it back moves owner and task to whoever gets it', async () => {
    const to = assignment({ rep: ben, at: at('15:05:02') });
    const handBack: Command = { type: 'handBack', by: ada, reason: 'wrong_territory', note: '', to };
    const there = await written(handBack);
    expect(contact(there)).toMatchObject({
      ownerId: 'owner-ben',
      leadStatus: 'NEW',
      record: { rep: ben, status: 'offered', respondBy: at('15:20:02'), acknowledgedAt: at('15:05:02') },
    });
    expect(there.crm.tasks).toMatchObject([{ ownerId: 'owner-ben', dueAt: at('15:20:02') }]);
  });

  it('a task that was done is to be done again by whoever gets the lead', async () => {
    const there = await written(called(), reassign);
    expect(there.crm.tasks).toMatchObject([{ ownerId: 'owner-ben', dueAt: at('15:25:02') }]);
    expect(there.crm.script.calls.slice(-2)).toEqual(['writeLead', 'moveTask']);
  });

  it('other working time moves the task', async () => {
    const there = await written(accept);
    const absence = { from: at('15:05:02'), until: at('18:00:02'), why: 'Vacation' };
    await there.needs.directory.saveAbsences(ada, 'chat', [absence], there.needs.clock());
    await there.needs.heed(ada);
    await run(there);
    expect(there.crm.tasks).toMatchObject([{ dueAt: at('19:00:02'), completed: false }]);
  });

  it('the time that a rep has after a standstill moves the task', async () => {
    const there = await written();
    there.moveTo(at('17:00'));
    await there.carryOut({ type: 'breach', clock: 'acknowledge', run: 1, late: true });
    await run(there);
    expect(there.crm.tasks).toMatchObject([{ dueAt: there.handoff().handoff.respondBy, completed: false }]);
    expect(there.handoff().handoff.respondBy.getTime()).toBeGreaterThan(at('17:00').getTime());
  });

  it('several events at once are one write, in which the last word counts', async () => {
    const there = await opened();
    await there.carryOut(called({ outcome: 'noAnswer' }));
    await there.carryOut(called({ id: 'second' }));
    await run(there);
    expect(there.crm.script.calls).toEqual(['writeLead', 'logTouch', 'logTouch']);
    expect(contact(there)).toMatchObject({ leadStatus: 'CONNECTED', lifecycleStage: 'salesqualifiedlead' });
  });

  it('a handoff that was touched before HubSpot heard of it needs no task', async () => {
    const there = await opened();
    await there.carryOut(called());
    await run(there);
    expect(there.crm.tasks).toEqual([]);
  });
});

describe('what was found in HubSpot', () => {
  const found = (override = {}): Command => ({
    ...{ type: 'noteTouch', rep: ada, touch: touch(override), recordId: '7001', at: at('15:03') },
  });
  const became: Command = { type: 'noteDeal', recordId: '8001', at: at('15:04') };
  const isWon: Command = { type: 'noteWon', recordId: '8001', at: at('15:09') };

  it('of touches sets the status and completes the task, and is not logged there again', async () => {
    const there = await written(found({ outcome: 'noAnswer' }));
    expect(contact(there)).toMatchObject({
      lifecycleStage: 'salesqualifiedlead',
      leadStatus: 'ATTEMPTED_TO_CONTACT',
      record: { status: 'working', acknowledgedAt: at('15:03'), firstTouchAt: at('15:03') },
    });
    expect([there.crm.engagements, there.crm.tasks[0]?.completed]).toEqual([[], true]);
    await there.carryOut(called({ id: 'second' }));
    await run(there);
    expect(there.crm.engagements).toMatchObject([{ touch: { id: 'second' } }]);
  });

  it('of a deal closes the handoff as converted, and completes the task', async () => {
    const there = await written(called(), became);
    expect(contact(there)).toMatchObject({
      leadStatus: 'OPEN_DEAL',
      record: { status: 'closed', outcome: 'converted', closedAt: at('15:10:02') },
    });
    expect(there.crm.tasks).toMatchObject([{ completed: true }]);
  });

  it('of a deal that is won later changes nothing else', async () => {
    const there = await written(called(), became);
    const before = structuredClone(contact(there));
    await there.carryOut(isWon);
    await run(there);
    expect(contact(there)).toEqual(before);
    expect(there.crm.script.calls.slice(-1)).toEqual(['writeLead']);
  });

  it('of another owner moves the task to them, and has them the owner whatever was written meanwhile', async () => {
    const there = await opened();
    await run(there);
    there.crm.written.clear();
    await there.carryOut({ type: 'followOwner', from: ada, to: ben, at: at('15:04') });
    await run(there);
    expect(contact(there)).toMatchObject({
      ownerId: 'owner-ben',
      record: { rep: ben, respondBy: at('15:19') },
    });
    expect(there.crm.tasks).toMatchObject([{ ownerId: 'owner-ben', dueAt: at('15:19') }]);
  });

  it('of a meeting completes the task, which is nothing to chase any more', async () => {
    const there = await written({ type: 'noteMeeting', recordId: '7001', at: at('15:04') });
    expect(contact(there)).toMatchObject({ leadStatus: 'NEW', record: { status: 'offered' } });
    expect(there.crm.tasks).toMatchObject([{ completed: true }]);
  });
});

describe('what HubSpot need not hear of', () => {
  const table: [title: string, Command][] = [
    ['a nudge', { type: 'ping', by: grace }],
    ['a card that somebody wanted to see', { type: 'show', by: ada }],
    ['a breach', { type: 'breach', clock: 'acknowledge', run: 1, late: false }],
    ['an owner who is lost', { type: 'loseOwner', from: ada, ownerId: null }],
    [
      'a channel that cannot be told',
      { type: 'markChannelUnreachable', platform: 'slack', channel: 'C042', why: 'not_in_channel' },
    ],
    ['a rep who cannot be reached', { type: 'markUnreachable', rep: ada, why: 'has no account' }],
  ];
  for (const [title, command] of table) {
    it(`adds no job: ${title}`, async () => {
      const there = await opened();
      await there.work();
      await there.carryOut(command);
      expect(there.kept.jobs.keys().filter((key) => !key.startsWith('tell:'))).toEqual([`deliver:${id}`]);
    });
  }

  it('adds none either: a snooze', async () => {
    const there = await office();
    await there.openHandoff(lead(), { targets: targets({ acknowledge: target(60) }) });
    await there.work();
    await there.carryOut({ type: 'snooze', by: ada, choice: '30min' });
    expect(there.kept.jobs.keys()).toEqual([`deliver:${id}`]);
  });

  it('goes along with the next that it does', async () => {
    const there = await opened();
    await run(there);
    await there.carryOut({ type: 'ping', by: grace });
    await there.carryOut(accept);
    await run(there);
    expect(there.handoff().written).toMatchObject({ writtenSeq: 3 });
  });
});

describe('a contact that is no more', () => {
  it('is not written to, and its task is done', async () => {
    const there = await written();
    const before = structuredClone(contact(there));
    await there.carryOut({ type: 'withdraw', why: 'the contact was deleted' });
    await run(there);
    expect(contact(there)).toEqual(before);
    expect(there.crm.tasks).toMatchObject([{ completed: true }]);
    await run(there);
    expect(there.crm.script.calls).toEqual(['writeLead', 'createTask', 'completeTask']);
  });

  it('gets no touch that was logged before, and the job ends', async () => {
    const there = await written();
    await there.carryOut(called());
    there.crm.script.fail('writeLead', 'refused');
    there.crm.script.fail('logTouch', 'refused');
    await expect(run(there)).rejects.toThrow('was refused');
    await there.carryOut({ type: 'withdraw', why: 'the contact was deleted' });
    await run(there);
    expect(there.crm.engagements).toEqual([]);
    expect(there.handoff().written.writtenSeq).toBe(there.handoff().handoff.version);
  });

  it('of whom HubSpot never heard gets no task', async () => {
    const there = await opened();
    await there.carryOut({ type: 'withdraw', why: 'the contact was deleted' });
    await run(there);
    expect(there.crm.script.calls).toEqual([]);
  });
});

describe('what HubSpot would not take of an acceptance', () => {
  const wantsBudget = { fields: ['lifecycleStage'], wants: ['budget'] } as const;
  const budget: PortalProperty = {
    name: 'budget',
    label: 'Budget',
    kind: 'number',
    options: [],
    readOnly: false,
  };

  async function refused(): Promise<Office> {
    const there = await written();
    there.crm.properties.set('budget', budget);
    there.crm.heldUp.now = wantsBudget;
    await there.carryOut(accept);
    await run(there);
    return there;
  }
  const last = (there: Office) => there.handoff().log.at(-1)?.event;

  it('is asked of whoever accepted, in the portal’s words, and all else goes on', async () => {
    const there = await refused();
    const wants = [{ property: 'budget', label: 'Budget' }];
    expect(last(there)).toEqual({
      type: 'heldUp',
      heldUp: { fields: ['lifecycleStage'], wants },
      asked: ada,
    });
    expect(there.handoff().handoff).toMatchObject({ status: 'accepted', clockRun: 2 });
    expect(there.crm.tasks).toHaveLength(1);
  });

  it('is asked once, and costs no more than the question', async () => {
    const there = await refused();
    there.crm.heldUp.now = null;
    there.crm.script.calls.length = 0;
    await there.carryOut(called());
    await run(there);
    expect(there.handoff().log.filter(({ event }) => event.type === 'heldUp')).toHaveLength(1);
    expect(there.crm.script.calls).toEqual(['writeLead', 'logTouch', 'completeTask']);
    expect(there.handoff().handoff.heldUp).toMatchObject({ fields: ['lifecycleStage'] });
  });

  it('is asked of nobody when nobody did it', async () => {
    const there = await written(accept);
    there.crm.heldUp.now = { fields: ['leadStatus'], wants: ['budget'] };
    const found = { rep: ada, recordId: '7001', at: there.needs.clock() };
    await there.carryOut({ type: 'noteTouch', touch: touch(), ...found });
    await run(there);
    expect(last(there)).toMatchObject({ type: 'heldUp', asked: null });
  });

  it('is no more once HubSpot has taken it', async () => {
    const there = await written();
    there.crm.heldUp.now = { fields: ['leadStatus'], wants: ['budget'] };
    await there.carryOut(accept);
    await run(there);
    there.crm.heldUp.now = null;
    await there.carryOut(disqualify);
    await run(there);
    expect(last(there)).toEqual({ type: 'heldUp', heldUp: null, asked: null });
  });

  it('of the stage is no more once the lead is given up', async () => {
    const there = await refused();
    there.crm.heldUp.now = null;
    await there.carryOut(disqualify);
    await run(there);
    expect(there.handoff().handoff.heldUp).toBeNull();
  });

  it('has HubSpot’s name where nobody can tell what its pages call it', async () => {
    const there = await written();
    there.crm.heldUp.now = wantsBudget;
    await there.carryOut(accept);
    await run(there);
    expect(there.handoff().handoff.heldUp?.wants).toEqual([{ property: 'budget', label: 'budget' }]);
  });
});

describe('a create with an unknown end', () => {
  for (const mishap of ['lost', 'silent', 'notDone'] as const) {
    it(`(${mishap}) is one task and one engagement after the repeat`, async () => {
      const there = await opened();
      there.crm.script.fail('createTask', mishap);
      await expect(run(there)).rejects.toThrow(TemporaryFailure);
      await run(there, true);
      await there.carryOut(called());
      there.crm.script.fail('logTouch', mishap);
      await expect(run(there)).rejects.toThrow(TemporaryFailure);
      await run(there, true);
      expect(there.crm.tasks).toHaveLength(1);
      expect(there.crm.engagements).toHaveLength(1);
    });
  }

  it('looks for what may exist only then', async () => {
    const there = await opened();
    there.crm.tasks.push({
      ...{ handoffId: id, leadId: '501', accountId: null, ownerId: null, subject: '', body: '' },
      ...{ dueAt: at('15:15'), id: 'somebody-else’s', completed: false },
    });
    await run(there);
    expect(there.crm.tasks).toHaveLength(2);
  });

  it('leaves no open task behind when the touch came before the repeat', async () => {
    const there = await opened();
    there.crm.script.fail('createTask', 'lost');
    await run(there).catch(() => {});
    await there.carryOut(called());
    await run(there, true);
    expect(there.crm.tasks).toMatchObject([{ completed: true }]);
  });

  it('gives the found task to whoever holds the handoff by then', async () => {
    const there = await opened();
    there.crm.script.fail('createTask', 'lost');
    await run(there).catch(() => {});
    await there.carryOut(reassign);
    await run(there, true);
    expect(there.crm.tasks).toMatchObject([{ ownerId: 'owner-ben' }]);
  });
});

describe('interrupted at any call and run again, the end is the same, and nothing is there twice', () => {
  const hubSpot = ({ crm, handoff }: Office) => ({
    contact: crm.written.get('501'),
    tasks: crm.tasks,
    engagements: crm.engagements,
    noted: handoff().written,
  });
  /** HubSpot has heard of all but the last of these commands. */
  const survives = (...commands: Command[]) =>
    survivesEveryInterruption({
      prepare: async (there) => {
        await there.openHandoff();
        for (const command of commands.slice(0, -1)) await there.carryOut(command);
        if (commands.length > 0) await run(there);
        for (const command of commands.slice(-1)) await there.carryOut(command);
      },
      step: (needs, { repeat }) => writeBackAlone(needs)({ key: id, again: repeat }),
      look: hubSpot,
    });

  it('of a new handoff', async () => {
    await survives();
  });

  it('of an acceptance', async () => {
    await survives(accept);
  });

  it('of several touches', async () => {
    await survives(called(), called({ id: 'second' }), called({ id: 'third' }));
  });

  it('of touches that HubSpot hears of all at once', async () => {
    await survivesEveryInterruption({
      prepare: async (there) => {
        await there.openHandoff();
        await run(there);
        for (const touchId of ['first', 'second', 'third']) await there.carryOut(called({ id: touchId }));
      },
      step: (needs, { repeat }) => writeBackAlone(needs)({ key: id, again: repeat }),
      look: hubSpot,
    });
  });

  it('of a reassignment', async () => {
    await survives(accept, reassign);
  });

  it('of a disqualification', async () => {
    await survives(accept, disqualify);
  });

  it('of a contact that is no more', async () => {
    await survives(accept, { type: 'withdraw', why: 'the contact was deleted' });
  });
});

describe('what HubSpot refuses for good', () => {
  it.each(['writeLead', 'createTask', 'logTouch'] as const)(
    'keeps nothing behind it from HubSpot: %s, after which only that is tried again',
    async (refused) => {
      const there = await opened();
      await there.carryOut(called({ id: 'first' }));
      await there.carryOut(called({ id: 'second' }));
      await there.carryOut(reassign);
      there.crm.script.fail(refused, 'refused');
      await expect(run(there)).rejects.toThrow('was refused');
      const { crm } = there;
      const done = () => [crm.written.size, crm.tasks.length, crm.engagements.length];
      expect(done()).toEqual({ writeLead: [0, 1, 2], createTask: [1, 0, 2], logTouch: [1, 1, 1] }[refused]);
      await run(there);
      expect(done()).toEqual([1, 1, 2]);
    },
  );
});

describe('a lot of handoffs', () => {
  it('goes on without the one that cannot be read, and creates nothing twice', async () => {
    const there = await opened();
    await there.openHandoff(lead({ id: '502' }), { id: 'second' });
    const { views, noteWritten } = there.needs.handoffs;
    const broken = new RangeError('no snapshot');
    there.needs.handoffs.views = async (ids) => {
      if (ids.includes('broken')) throw broken;
      return views(ids);
    };
    let isNoted = false;
    there.needs.handoffs.noteWritten = async (written) => {
      if (written.length > 1 && !isNoted) {
        isNoted = true;
        throw new RangeError('cannot be noted');
      }
      return noteWritten(written);
    };
    const jobs = [id, 'second', 'broken'].map((handoffId) => ({ handoffId, again: false, job: null }));
    expect(await writeBack(there.needs)(jobs)).toEqual(['done', 'done', { failed: broken }]);
    expect(there.crm.tasks).toHaveLength(2);
    expect(there.handoff('second').written).toMatchObject({ writtenSeq: 1 });
  });
});
