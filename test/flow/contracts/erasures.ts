import { beforeEach, expect, test } from 'vitest';
import type { Refusal } from '../../../src/domain/handoff/decide.ts';
import type { Handoff } from '../../../src/domain/handoff/handoff.ts';
import type { Change } from '../../../src/flow/ports/handoffs.ts';
import { accepted, ann, arrived, byAnn, change, disqualified, lead, minute, opening, uuid } from './given.ts';
import { letWait, open } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const stays = (): Refusal => ({ refused: 'stale' });
const forGood = { ids: [lead.id], at: minute(50), why: 'erased', isForGood: true } as const;
const outlived = { ...forGood, isForGood: false, unusedSince: minute(40) } as const;

/** What every store does with leads that must not be known any more. */
export function erasuresContract(make: MakeStores): void {
  let stores: Stores;
  let erasures: Stores['erasures'];
  beforeEach(async () => {
    stores = await make();
    ({ erasures } = stores);
  });

  const begin = () => open(stores, [lead.id], [], 'PAID_SEARCH', minute(0), () => opening());
  const card = {
    ...{ handoffId: uuid(1), person: ann, conversationId: 'D1', messageId: '1.0' },
    platform: 'slack',
    ...{ attempt: 0, revision: 1, toldSeq: 1, tellingSeq: 1 },
  } as const;
  const line = { platform: 'slack', conversationId: 'D1', messageId: '1.1', leadIds: [lead.id] } as const;
  const withdraw = (handoff: Handoff): Change =>
    change(handoff, minute(50), [{ type: 'withdrawn', why: 'erased' }], [], null);

  test('lose their snapshot, decisions, waiting and the words about them', async () => {
    await begin();
    await stores.handoffs.change(uuid(1), byAnn(minute(10)), (handoff) =>
      change(handoff, minute(10), [accepted, disqualified]),
    );
    await stores.inbox.store([arrived()], minute(1));
    await erasures.erase(forGood, stays);
    expect(await stores.handoffs.view(uuid(1))).toBeNull();
    expect(await stores.handoffs.ofLeads([lead.id])).toEqual([]);
    expect(await stores.handoffs.snapshots([lead.id])).toEqual(new Map());
    expect(await stores.handoffs.findLeads('lea lindt', 'all')).toEqual([]);
    expect(await stores.decisions.ofLead(lead.id)).toEqual([]);
    expect(await stores.inbox.undecided(lead.id)).toEqual([]);
  });

  test('have no form open any more', async () => {
    await begin();
    const of = { handoffId: uuid(1), platform: 'teams', userId: 'u-1', form: 'logTouch' } as const;
    await stores.cards.keepForm({ ...of, conversationId: 'a:1', messageId: '1.2' });
    await erasures.erase(forGood, withdraw);
    expect(await stores.cards.openForms(uuid(1))).toEqual([]);
  });

  test('wait no more', async () => {
    await letWait(stores, { leadId: lead.id, since: minute(0), because: 'lacks phone', until: null });
    await erasures.erase(forGood, stays);
    expect(await stores.holds.of(lead.id)).toBeNull();
  });

  test('end what is open as they are told', async () => {
    await begin();
    await erasures.erase(forGood, withdraw);
    expect(await stores.handoffs.openLeads()).toEqual([]);
  });

  test('are never kept again, when that was asked for', async () => {
    await begin();
    await erasures.erase({ ...forGood, ids: [lead.id, '99'] }, withdraw);
    expect((await erasures.among([lead.id, '99', '102'])).sort()).toEqual([lead.id, '99']);
    const [known] = await stores.arrivals.known([['102', lead.id]]);
    expect(known?.erased).toBe(true);
    await stores.forgetJobs();
    await stores.inbox.store([arrived({ dedupeKey: 'later' })], minute(51));
    expect(await stores.jobKeys()).toEqual([]);
    expect(await stores.inbox.undecided(lead.id)).toEqual([]);
  });

  test('may come again, when it was not', async () => {
    await erasures.erase(outlived, stays);
    expect(await erasures.among([lead.id])).toEqual([]);
    await stores.inbox.store([arrived()], minute(51));
    expect(await stores.inbox.undecided(lead.id)).toHaveLength(1);
  });

  const hadUntil = async (at: Date) => {
    await begin();
    await stores.handoffs.change(uuid(1), byAnn(at), (handoff) =>
      change(handoff, at, [accepted, disqualified]),
    );
  };
  const waits = { leadId: lead.id, since: minute(30), because: 'lacks phone', until: null };

  test('are let go of when nothing about them is open, waits, or has been since', async () => {
    await hadUntil(minute(10));
    expect(await erasures.erase(outlived, stays)).toBe(true);
    expect(await stores.handoffs.snapshots([lead.id])).toEqual(new Map());
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a hold', () => letWait(stores, waits)],
    ['an event that nobody has decided on', () => stores.inbox.store([arrived()], minute(30))],
    ['a look at it', () => stores.handoffs.saveLead(lead, minute(41))],
  ])('are not let go of when %s has come since they were looked for', async (_, come) => {
    await hadUntil(minute(10));
    await come();
    expect(await erasures.erase(outlived, stays)).toBe(false);
    expect((await stores.handoffs.snapshots([lead.id])).size).toBe(1);
    expect(await stores.decisions.ofLead(lead.id)).not.toEqual([]);
  });

  test('are not let go of while a handoff is open, or has just ended', async () => {
    await begin();
    expect(await erasures.erase(outlived, stays)).toBe(false);
    await stores.handoffs.change(uuid(1), byAnn(minute(45)), (handoff) =>
      change(handoff, minute(45), [accepted, disqualified]),
    );
    expect(await erasures.erase(outlived, stays)).toBe(false);
  });

  test('are known by one of their ids, or their email, in any case', async () => {
    await stores.handoffs.saveLead({ ...lead, formerIds: ['77', '78'] }, minute(0));
    const all = [lead.id, '77', '78'];
    for (const who of [lead.id, '78', lead.email ?? '', 'LEA@lindt.example'])
      expect(await erasures.idsOf(who)).toEqual(all);
    expect(await erasures.idsOf('500')).toEqual(['500']);
    expect(await erasures.idsOf('nobody@lindt.example')).toEqual([]);
  });

  test('are known by what is kept of them, and when they were erased before', async () => {
    await begin();
    await stores.inbox.store([arrived({ leadId: '102' })], minute(1));
    await erasures.erase({ ...forGood, ids: ['103'] }, stays);
    const known = await erasures.known([lead.id, '102', '103', '104']);
    expect(known.sort()).toEqual([lead.id, '102', '103']);
  });

  test('have their messages taken back, each until it is gone or refused', async () => {
    await begin();
    await stores.cards.save(card, [line]);
    await stores.forgetJobs();
    await erasures.erase(forGood, withdraw);
    expect(await stores.jobKeys()).toContain(`retract:${lead.id}`);
    const [first, second, ...others] = await erasures.toRetract(lead.id);
    expect(others).toEqual([]);
    expect([first, second]).toMatchObject([
      { platform: 'slack', conversationId: 'D1', messageId: '1.0', isCard: true },
      { platform: 'slack', conversationId: 'D1', messageId: '1.1', isCard: false },
    ]);
    expect(await erasures.progress([lead.id])).toEqual({ done: 0, refused: 0, remaining: 2 });
    await erasures.noteRetracted(first?.id ?? '', minute(52), null);
    await erasures.noteRetracted(second?.id ?? '', minute(52), 'is_inactive');
    expect(await erasures.toRetract(lead.id)).toEqual([]);
    expect(await erasures.progress('all')).toEqual({ done: 1, refused: 1, remaining: 0 });
  });

  test('have messages taken up that were on their way when they were erased', async () => {
    await begin();
    await erasures.erase(forGood, withdraw);
    await stores.cards.save(card, [line]);
    const unnoted = { platform: 'slack', conversationId: 'D2', messageId: '9.0' } as const;
    await erasures.takeUp(uuid(1), [unnoted]);
    await erasures.takeUp(uuid(1), [unnoted]);
    expect(await erasures.progress([lead.id])).toEqual({ done: 0, refused: 0, remaining: 3 });
  });

  test('have a message taken back at once that is noted after they were erased', async () => {
    await erasures.erase(forGood, stays);
    await stores.forgetJobs();
    await stores.cards.noteSaid(line);
    await stores.cards.noteSaid({ ...line, messageId: '1.2', leadIds: ['102', lead.id] });
    await stores.cards.noteSaid({ ...line, messageId: '1.3', leadIds: ['102'] });
    expect(await stores.jobKeys()).toEqual([`retract:${lead.id}`]);
    expect((await erasures.toRetract(lead.id)).map(({ messageId }) => messageId)).toEqual(['1.1', '1.2']);
  });

  test('can be erased again without another effect', async () => {
    await begin();
    await stores.cards.save(card, [line]);
    await erasures.erase(forGood, withdraw);
    await erasures.erase(forGood, stays);
    expect(await erasures.progress([lead.id])).toEqual({ done: 0, refused: 0, remaining: 2 });
    expect(await erasures.among([lead.id])).toEqual([lead.id]);
  });

  test('asked for through HubSpot, have a job of their own', async () => {
    await stores.inbox.store([arrived({ type: 'contact.privacyDeletion' })], minute(1));
    expect(await stores.jobKeys()).toEqual([`erase:${lead.id}`]);
  });
}
