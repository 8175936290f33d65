import { beforeEach, describe, expect, test } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import {
  accepted,
  ann,
  assignment,
  bea,
  boss,
  byAnn,
  change,
  disqualified,
  lead,
  minute,
  opening,
  reassigned,
  uuid,
} from './given.ts';
import { open as openIn } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const touch = { id: uuid(50), kind: 'call', outcome: 'connected', note: '' } as const;

/** What every store of handoffs tells about one that is open, and takes note of. */
export function handoffReadsContract(make: MakeStores): void {
  let stores: Stores;
  let handoffs: Stores['handoffs'];
  beforeEach(async () => {
    stores = await make();
    ({ handoffs } = stores);
    await handoffs.saveLead(lead, minute(0));
    await open();
  });

  const open = (part?: Parameters<typeof opening>[0]) =>
    openIn(stores, [part?.leadId ?? lead.id], [], null, minute(0), () => opening(part));
  const happens = (events: HandoffEvent[], at: Date) =>
    handoffs.change(uuid(1), byAnn(at), (handoff) => change(handoff, at, events));

  test('a snapshot of the lead replaces the one before', async () => {
    await handoffs.saveLead({ ...lead, name: 'Lea Lindt-Hauser' }, minute(2));
    expect((await handoffs.view(uuid(1)))?.lead.name).toBe('Lea Lindt-Hauser');
  });

  test('the snapshot names the owner whom the bot has set, and stays as it is besides', async () => {
    const told = { handoffId: uuid(1), ownerId: '17', touchIds: new Map(), job: null };
    await handoffs.noteWritten([
      { ...told, leadId: lead.id },
      { ...told, leadId: '999' },
    ]);
    expect(await handoffs.snapshots([lead.id, '999'])).toEqual(
      new Map([[lead.id, { ...lead, ownerId: '17' }]]),
    );
  });

  test('the leads of a company are those that were read since, or that sales works on', async () => {
    const account = lead.account && { ...lead.account, id: null, matchedId: '7' };
    await handoffs.saveLead({ ...lead, id: '102' }, minute(2));
    await handoffs.saveLead({ ...lead, id: '103' }, minute(3));
    await handoffs.saveLead({ ...lead, id: '104', account }, minute(3));
    await handoffs.saveLead({ ...lead, id: '105', account: null }, minute(3));
    expect(await handoffs.leadsAt(['7', '8'], minute(3))).toEqual([lead.id, '103', '104']);
    expect(await handoffs.leadsAt(['8'], minute(0))).toEqual([]);
  });

  const earlierOf = async (id: string) => (await stores.arrivals.known([[id]]))[0]?.earlier;

  test('the earlier handoffs of a lead are told from the newest on', async () => {
    const first = { trigger: 'mql', qualifiedAt: minute(-1) };
    expect(await earlierOf('999')).toEqual([]);
    expect(await earlierOf(lead.id)).toEqual([{ ...first, closedAt: null, end: null }]);
    await happens([disqualified], minute(10));
    await open({ id: uuid(2), qualifiedAt: minute(20) });
    expect(await earlierOf(lead.id)).toEqual([
      { trigger: 'mql', qualifiedAt: minute(20), closedAt: null, end: null },
      {
        ...first,
        closedAt: minute(10),
        end: {
          handoffId: uuid(1),
          rep: ann,
          at: minute(10),
          outcome: 'disqualified',
          reason: 'timing',
          note: 'in autumn',
          by: ann,
          recycled: 0,
          lock: null,
          revisitAt: null,
        },
      },
    ]);
  });

  test('the open handoffs of a person are told, the most urgent first', async () => {
    await open({ id: uuid(2), leadId: '102' });
    await open({ id: uuid(3), leadId: '103' });
    await handoffs.change(uuid(2), byAnn(minute(5)), (handoff) => change(handoff, minute(5), [disqualified]));
    const grace: HandoffEvent = {
      type: 'graceGiven',
      clock: 'acknowledge',
      until: minute(90),
      granted: null,
    };
    await happens([grace], minute(6));
    expect(await handoffs.heldBy(ann)).toEqual([uuid(3), uuid(1)]);
    await happens([reassigned], minute(15));
    expect(await handoffs.heldBy(ann)).toEqual([uuid(3)]);
    expect(await handoffs.heldBy(bea)).toEqual([uuid(1)]);
    expect(await handoffs.heldBy('nobody@example.com')).toEqual([]);
  });

  test('what others got from a person is told, since when, whatever has become of it', async () => {
    await open({ id: uuid(2), leadId: '102' });
    expect(await handoffs.takenFrom(ann, minute(0))).toEqual([]);
    await happens([reassigned], minute(15));
    const taken = (since: Date) => handoffs.takenFrom(ann, since);
    expect([await taken(minute(15)), await taken(minute(16))]).toEqual([[uuid(1)], []]);
    await happens([disqualified], minute(20));
    expect(await taken(minute(15))).toEqual([uuid(1)]);
    expect(await handoffs.takenFrom(bea, minute(0))).toEqual([]);
  });

  describe('the load of a person', () => {
    const given = (at: Date): Parameters<typeof opening>[0] => ({ assignment: { ...assignment, at } });
    const loadOf = async (person: string) => (await handoffs.balance(lead.id)).load.get(person);

    test('is what they hold, and what they were given, by a manager too', async () => {
      await open({ id: uuid(2), leadId: '102' });
      await happens([reassigned], minute(15));
      expect(await loadOf(ann)).toEqual({ open: 1, givenAt: [minute(0), minute(0)] });
      expect(await loadOf(bea)).toEqual({ open: 1, givenAt: [minute(15)] });
      await happens([disqualified], minute(20));
      expect(await loadOf(bea)).toEqual({ open: 0, givenAt: [minute(15)] });
      expect(await loadOf(boss)).toBeUndefined();
    });

    test('forgets after two days what they were given, not what they hold', async () => {
      const days = (count: number) => minute(60 * 24 * count);
      await open({ id: uuid(2), leadId: '102', ...given(days(1)) });
      await open({ id: uuid(3), leadId: '103', ...given(days(2)) });
      expect(await loadOf(ann)).toEqual({ open: 3, givenAt: [days(1), days(2)] });
      const seen: unknown[] = [];
      await openIn(stores, ['104'], [], null, days(3), ({ load }) => {
        seen.push(load.get(ann));
        return opening({ id: uuid(4), leadId: '104', ...given(days(3)) });
      });
      expect(seen).toEqual([{ open: 3, givenAt: [days(2)] }]);
    });
  });

  describe('leads', () => {
    const save = (id: string, name: string | null, email: string | null) =>
      handoffs.saveLead({ ...lead, id, name, email }, minute(0));
    beforeEach(async () => {
      await save('102', 'Leonhard Lindt', 'Leo@Lindt.example');
      await save('103', 'Ümit 100% Öz', 'uemit@oez.example');
      await save('104', null, null);
    });

    test.each([
      { text: '101', found: ['101'] },
      { text: ' 104 ', found: ['104'] },
      { text: 'leo@lindt.EXAMPLE', found: ['102'] },
      { text: 'LINDT', found: ['101', '102'] },
      { text: 'lindt  le', found: ['101', '102'] },
      { text: 'hard Lin', found: ['102'] },
      { text: 'ÜMIT', found: ['103'] },
      { text: '0% ö', found: ['103'] },
      { text: 'l_ndt', found: [] },
      { text: 'lea lindt hauser', found: [] },
      { text: 'lindt.example', found: [] },
      { text: '', found: [] },
      { text: "' or true --", found: [] },
    ])('that "$text" may mean are $found', async ({ text, found }) => {
      expect(await handoffs.findLeads(text, 'all')).toEqual(found);
    });

    test('are found though the question holds what no text in a database can', async () => {
      expect(await handoffs.findLeads('lea\0 \ud83d', 'all')).toEqual([]);
      expect(await handoffs.findLeads('lea\0', 'all')).toEqual([lead.id]);
    });

    test('are found by the name they have now', async () => {
      await save(lead.id, 'Lea Hauser', null);
      expect(await handoffs.findLeads('lea lindt', 'all')).toEqual([]);
      expect(await handoffs.findLeads('lea hauser', 'all')).toEqual([lead.id]);
    });

    test('are at most a hundred', async () => {
      for (let id = 200; id < 305; id += 1) await save(`${id}`, `Zoe Zeisig ${id}`, null);
      expect(await handoffs.findLeads('zeisig', 'all')).toEqual(
        Array.from({ length: 100 }, (_, index) => `${200 + index}`),
      );
    });

    test.each([
      ['who has them', { person: ann, teams: [] }, true],
      ['to whom they were offered with the team', { person: bea, teams: [] }, true],
      ['whose team has to do with them', { person: boss, teams: ['DACH'] }, true],
      ['whom they do not concern', { person: boss, teams: ['Nordics'] }, false],
    ])('are found by name in the sight of those %s', async (_, sight, isFound) => {
      await happens(
        [{ type: 'offeredToTeam', clock: 'acknowledge', team: 'DACH', openTo: [bea] }],
        minute(5),
      );
      expect(await handoffs.findLeads('lindt', sight)).toEqual(isFound ? [lead.id] : []);
      expect(await handoffs.findLeads(lead.id, sight)).toEqual([lead.id]);
    });

    test('that are not in sight take no place among the hundred', async () => {
      for (let id = 200; id < 305; id += 1) await save(`${id}`, `Aaron Lindt ${id}`, null);
      expect(await handoffs.findLeads('lindt', { person: ann, teams: [] })).toEqual([lead.id]);
    });

    test('are kept with names and emails of any length', async () => {
      const long = (letter: string) => letter.repeat(5_000);
      await save('300', `${long('ä')} end`, `${long('x')}@example.com`);
      expect(await handoffs.findLeads(`${long('X')}@example.com`, 'all')).toEqual(['300']);
    });
  });

  test('what was written to HubSpot is noted piece by piece', async () => {
    await happens([accepted, { type: 'touched', touch: touch }], minute(5));
    const part = { handoffId: uuid(1), leadId: lead.id, touchIds: new Map(), job: null };
    await handoffs.noteWritten([{ ...part, taskId: '77', touchIds: new Map([[touch.id, '88']]) }]);
    await handoffs.noteWritten([{ ...part, contactSeq: 3, refused: ['hs_lead_status', 'handoff_rep'] }]);
    await handoffs.noteWritten([{ ...part, writtenSeq: 2 }]);
    const crm = {
      writtenSeq: 2,
      contactSeq: 3,
      taskId: '77',
      leadRecordId: null,
      refused: ['hs_lead_status', 'handoff_rep'],
      touchIds: new Map([[touch.id, '88']]),
    };
    expect((await handoffs.view(uuid(1)))?.crm).toEqual(crm);
    await handoffs.noteWritten([{ ...part, refused: [] }]);
    expect((await handoffs.view(uuid(1)))?.crm.refused).toEqual([]);
  });
}
