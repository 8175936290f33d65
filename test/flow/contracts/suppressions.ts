import { beforeEach, describe, expect, test } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { neverPaused } from '../../../src/domain/handoff/nurture.ts';
import {
  accepted,
  ann,
  bea,
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

const lease = minute(1_000);
const renewed = minute(2_000);

/** What every ledger of pauses does. */
export function suppressionsContract(make: MakeStores): void {
  let stores: Stores;
  let ledger: Stores['suppressions'];
  beforeEach(async () => {
    stores = await make();
    ledger = stores.suppressions;
    await stores.handoffs.saveLead(lead, minute(0));
  });

  const open = (number = 1, leadId = lead.id) =>
    openIn(stores, [leadId], [], null, minute(0), () =>
      opening({ id: uuid(number), leadId }, { pausedUntil: lease }),
    );
  const happens = (events: HandoffEvent[], at = minute(20), number = 1) =>
    stores.handoffs.change(uuid(number), byAnn(at), (handoff) => change(handoff, at, events));
  const pauseByHand = (until = lease, why = 'talks to legal') =>
    ledger.pauseByHand({ leadId: lead.id, who: 'ops', why, since: minute(5), until });
  const nurture = async (leadId = lead.id) => (await ledger.nurtureOf([leadId]))[0]?.nurture;

  const ofHandoff = {
    leadId: lead.id,
    leadName: lead.name,
    cause: { kind: 'handoff', handoffId: uuid(1), rep: ann, team: 'DACH', trigger: 'mql' },
    since: minute(0),
    until: lease,
    lifted: null,
    written: null,
    seen: null,
  };

  test('a handoff that begins with a pause is written into it at once', async () => {
    await open();
    expect(await ledger.list('open')).toMatchObject([ofHandoff]);
    expect(await nurture()).toEqual({ ...neverPaused, paused: true });
    expect((await stores.handoffs.view(uuid(1)))?.nurture).toEqual({ ...neverPaused, paused: true });
  });

  test('a pause keeps since when it is, and takes a new lease and whoever has the lead now', async () => {
    await open();
    await happens([{ ...reassigned, pausedUntil: renewed }]);
    const cause = { ...ofHandoff.cause, rep: bea, team: null };
    expect(await ledger.list('all')).toMatchObject([{ ...ofHandoff, until: renewed, cause }]);
  });

  test('it is lifted with the change of the handoff that ends it', async () => {
    await open();
    await happens([disqualified]);
    expect(await ledger.list('open')).toEqual([]);
    const lifted = { at: minute(20), why: 'disqualified' };
    expect(await ledger.list('all')).toMatchObject([{ ...ofHandoff, lifted }]);
    expect(await nurture()).toMatchObject({ paused: false, liftedAt: minute(20) });
  });

  test('one that ends and begins anew is two', async () => {
    await open();
    await happens([{ type: 'pauseEnded', why: 'leaseOver' }]);
    await happens([{ ...accepted, pausedUntil: renewed }], minute(30));
    expect(await ledger.list('all')).toMatchObject([
      { since: minute(30), until: renewed, lifted: null },
      { since: minute(0), lifted: { at: minute(20), why: 'leaseOver' } },
    ]);
  });

  test('a handoff without a pause leaves no trace', async () => {
    await openIn(stores, [lead.id], [], null, minute(0), () => opening());
    await happens([accepted, disqualified]);
    expect(await ledger.list('all')).toEqual([]);
    expect(await ledger.paused()).toEqual([]);
  });

  describe('several causes', () => {
    test('of one lead count, and the last one lifts the pause', async () => {
      await open();
      expect(await pauseByHand()).toBe(true);
      await happens([disqualified]);
      expect(await nurture()).toMatchObject({ paused: true });
      const [byHand] = await ledger.openOf([lead.id]);
      expect(byHand).toMatchObject({ cause: { kind: 'hand', who: 'ops', why: 'talks to legal' } });
      await ledger.lift([byHand?.id ?? ''], minute(40), 'byHand');
      expect(await nurture()).toMatchObject({ paused: false, liftedAt: minute(40) });
    });

    test('of contacts that were merged are those of the one as which they go on', async () => {
      await stores.handoffs.saveLead({ ...lead, id: '102' }, minute(0));
      await open();
      await open(2, '102');
      await ledger.noteWritten([{ leadId: '102', paused: true }], minute(1));
      await stores.handoffs.adopt(['102'], lead.id);
      expect(await ledger.openOf(['102'])).toEqual([]);
      expect(await ledger.openOf([lead.id])).toHaveLength(2);
      expect((await nurture('102'))?.written).toBeNull();
      await happens([{ type: 'withdrawn', why: 'merged' }], minute(20), 2);
      expect(await nurture()).toMatchObject({ paused: true });
      await happens([disqualified], minute(30));
      expect(await nurture()).toMatchObject({ paused: false, liftedAt: minute(30) });
    });
  });

  describe('a pause by hand', () => {
    test('takes the place of the one before', async () => {
      await pauseByHand();
      await pauseByHand(renewed, 'still');
      expect(await ledger.list('open')).toMatchObject([{ cause: { why: 'still' }, until: renewed }]);
      expect(await ledger.list('all')).toHaveLength(2);
    });

    test('is none of a lead that nobody knows', async () => {
      const pause = { leadId: '999', who: 'ops', why: 'x', since: minute(0), until: lease };
      expect(await ledger.pauseByHand(pause)).toBe(false);
      expect(await ledger.list('all')).toEqual([]);
    });
  });

  test('those whose lease is over by a moment are told, and none that was lifted', async () => {
    await open();
    await pauseByHand(minute(500));
    expect(await ledger.overdue(minute(499))).toEqual([]);
    expect(await ledger.overdue(minute(500))).toMatchObject([{ cause: { kind: 'hand' } }]);
    expect(await ledger.overdue(lease)).toHaveLength(2);
    await happens([disqualified]);
    expect(await ledger.overdue(lease)).toHaveLength(1);
  });

  test('what was written to HubSpot, and seen there, is noted of leads that are known', async () => {
    await open();
    await ledger.noteWritten([{ leadId: lead.id, paused: true }], minute(1));
    await ledger.noteSeen(
      [
        { leadId: lead.id, paused: false },
        { leadId: '999', paused: true },
      ],
      minute(2),
    );
    const known = { written: { paused: true, at: minute(1) }, seen: { paused: false, at: minute(2) } };
    expect(await nurture()).toEqual({ paused: true, liftedAt: null, ...known });
    expect(await nurture('999')).toEqual(neverPaused);
    expect(await ledger.list('open')).toMatchObject([known]);
  });

  test('what a write-back says of nurture is noted with all else that it did', async () => {
    await open();
    const written = { paused: true, at: minute(3) };
    const part = { handoffId: uuid(1), leadId: lead.id, touchIds: new Map(), job: null };
    await stores.handoffs.noteWritten([{ ...part, nurture: written, writtenSeq: 1 }]);
    expect((await stores.handoffs.view(uuid(1)))?.nurture).toEqual({ ...neverPaused, paused: true, written });
  });

  test('a lead is told of as long as it has a cause, or HubSpot was not seen to show it as running', async () => {
    await open();
    expect((await ledger.paused()).map(({ leadId }) => leadId)).toEqual([lead.id]);
    await ledger.noteWritten([{ leadId: lead.id, paused: true }], minute(1));
    await happens([disqualified]);
    expect(await ledger.paused()).toMatchObject([{ leadId: lead.id, nurture: { paused: false } }]);
    await ledger.noteWritten([{ leadId: lead.id, paused: false }], minute(21));
    expect(await ledger.paused()).toMatchObject([{ leadId: lead.id, nurture: { paused: false } }]);
    await ledger.noteSeen([{ leadId: lead.id, paused: false }], minute(22));
    expect(await ledger.paused()).toEqual([]);
  });

  test('of an erased lead nothing is left, and nothing is noted again', async () => {
    await open();
    await ledger.noteWritten([{ leadId: lead.id, paused: true }], minute(1));
    await stores.erasures.erase({ ids: [lead.id], at: minute(2), why: 'erased', isForGood: true }, () => ({
      refused: 'stale',
    }));
    await ledger.noteSeen([{ leadId: lead.id, paused: true }], minute(3));
    expect(await ledger.list('all')).toEqual([]);
    expect(await ledger.paused()).toEqual([]);
    expect(await pauseByHand()).toBe(false);
  });
}
