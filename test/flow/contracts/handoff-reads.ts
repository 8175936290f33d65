import { beforeEach, expect, test } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff.ts';
import { accepted, ann, byAnn, change, disqualified, lead, minute, opening, uuid } from './given.ts';
import type { MakeStores, Stores } from './stores.ts';

const touch = { id: uuid(50), kind: 'call', outcome: 'connected', note: '' } as const;

/** What every store of handoffs tells about one that is open, and takes note of. */
export function handoffReadsContract(make: MakeStores): void {
  let handoffs: Stores['handoffs'];
  beforeEach(async () => {
    ({ handoffs } = await make());
    await handoffs.saveLead(lead, minute(0));
    await open();
  });

  const open = (part?: Parameters<typeof opening>[0]) =>
    handoffs.open([], null, minute(0), () => opening(part));
  const happens = (events: HandoffEvent[], at: Date) =>
    handoffs.change(uuid(1), byAnn(at), (handoff) => change(handoff, at, events));

  test('a snapshot of the lead replaces the one before', async () => {
    await handoffs.saveLead({ ...lead, name: 'Lea Lindt-Hauser' }, minute(2));
    expect((await handoffs.view(uuid(1)))?.lead.name).toBe('Lea Lindt-Hauser');
  });

  test('a lead that was never with sales has no earlier handoff', async () => {
    expect(await handoffs.lastOf('999')).toBeNull();
    expect(await handoffs.lastOf(lead.id)).toEqual({ qualifiedAt: minute(-1), closedAt: null });
  });

  test('what was written to HubSpot is noted piece by piece', async () => {
    await happens([accepted, { type: 'touched', touch: touch }], minute(5));
    await handoffs.saveWriteBack(uuid(1), { writingSeq: 3 });
    await handoffs.saveWriteBack(uuid(1), { taskId: '77' });
    await handoffs.saveTouchWritten(touch.id, '88');
    await handoffs.saveWriteBack(uuid(1), { writtenSeq: 2 });
    const crm = { writtenSeq: 2, writingSeq: 3, taskId: '77', touchIds: new Map([[touch.id, '88']]) };
    expect((await handoffs.view(uuid(1)))?.crm).toEqual(crm);
  });

  test('the facts are those of the handoffs that qualified in the period, in order', async () => {
    await handoffs.open([], 'PAID_SEARCH', minute(0), () =>
      opening({ id: uuid(2), leadId: '102', qualifiedAt: minute(-5) }),
    );
    await open({ id: uuid(3), leadId: '103', qualifiedAt: minute(60) });
    await happens([{ type: 'delivered', to: ann, respondBy: minute(30) }], minute(1));
    await happens([{ type: 'breached', clock: 'acknowledge', due: minute(30) }], minute(30));
    await happens([accepted, { type: 'touched', touch: touch }, disqualified], minute(40));
    const facts = await handoffs.facts(minute(-5), minute(60));
    const nothingYet = {
      deliveredAt: null,
      acknowledgedAt: null,
      acceptedAt: null,
      firstTouchAt: null,
      closedAt: null,
    };
    expect(facts).toEqual([
      {
        ...{ rep: ann, team: 'DACH', trigger: 'mql', source: 'PAID_SEARCH', qualifiedAt: minute(-5) },
        ...nothingYet,
        ...{ ackBreached: false, touchBreached: false, outcome: null, reason: null },
      },
      {
        ...{
          rep: ann,
          team: 'DACH',
          trigger: 'mql',
          source: null,
          qualifiedAt: minute(-1),
          deliveredAt: minute(1),
        },
        ...{
          acknowledgedAt: minute(40),
          acceptedAt: minute(40),
          firstTouchAt: minute(40),
          closedAt: minute(40),
        },
        ...{ ackBreached: true, touchBreached: false, outcome: 'disqualified', reason: 'timing' },
      },
    ]);
  });
}
