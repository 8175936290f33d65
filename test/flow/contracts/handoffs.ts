import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { noMemory } from '../../../src/domain/handoff/memory.ts';
import { neverPaused } from '../../../src/domain/handoff/nurture.ts';
import {
  accepted,
  acknowledgeTimers,
  ann,
  arrived,
  assignment,
  bea,
  boss,
  byAnn,
  change,
  disqualified,
  lead,
  minute,
  offered,
  opening,
  reassigned,
  uuid,
  waiting,
} from './given.ts';
import { open as openIn } from './settling.ts';
import type { MakeStores, Stores } from './stores.ts';

const touch = { id: uuid(50), kind: 'call', outcome: 'connected', note: '"Näh" 👍' } as const;

/** What every store of handoffs does. */
export function handoffsContract(make: MakeStores): void {
  let stores: Stores;
  let handoffs: Stores['handoffs'];
  beforeEach(async () => {
    stores = await make();
    ({ handoffs } = stores);
    await handoffs.saveLead(lead, minute(0));
  });

  const open = (part?: Parameters<typeof opening>[0]) =>
    openIn(stores, [part?.leadId ?? lead.id], [], null, minute(0), () => opening(part));
  const accept = (commandId: string | null, at = minute(5)) =>
    handoffs.change(uuid(1), byAnn(at, commandId), (handoff) =>
      handoff.status === 'offered'
        ? change(handoff, at, [accepted])
        : { refused: 'alreadyAccepted', acceptedAt: minute(5) },
    );
  const undecidedIds = async () => (await stores.inbox.undecided(lead.id)).map(({ id }) => id);
  const balances = async () => (await handoffs.balance(lead.id)).credits;
  const dach = (ofAnn: number, ofBea: number) => ({
    pool: 'DACH',
    after: new Map([
      [ann, ofAnn],
      [bea, ofBea],
    ]),
  });
  const happens = (events: HandoffEvent[], at: Date) =>
    handoffs.change(uuid(1), byAnn(at), (handoff) => change(handoff, at, events));

  const earlier = async () => (await stores.arrivals.known([[lead.id]]))[0]?.earlier;

  describe('open', () => {
    test('keeps the handoff as it was decided, its lead and its first event', async () => {
      expect(await open()).toBe('opened');
      expect(await handoffs.view(uuid(1))).toEqual({
        handoff: opening().handoff,
        lead,
        log: [{ seq: 1, at: minute(0), by: null, event: offered }],
        cards: [],
        crm: {
          writtenSeq: 0,
          contactSeq: 0,
          taskId: null,
          leadRecordId: null,
          refused: [],
          touchIds: new Map(),
        },
        nurture: neverPaused,
        memory: noMemory,
      });
    });

    test('has the card sent and HubSpot told', async () => {
      await open();
      expect(await stores.jobKeys()).toEqual([`deliver:${uuid(1)}`, `write-back:${uuid(1)}`]);
    });

    test('decides the events that led to it, and no others', async () => {
      await stores.inbox.store([arrived(), arrived({ dedupeKey: 'b' })], minute(0));
      const [first] = await undecidedIds();
      await openIn(stores, [lead.id], first ? [first] : [], null, minute(0), () => opening());
      expect(await stores.inbox.undecided(lead.id)).toHaveLength(1);
    });

    test('refuses a second one while the lead has an open one, and changes nothing', async () => {
      await open();
      await stores.inbox.store([arrived()], minute(1));
      const undecided = await undecidedIds();
      const jobs = await stores.jobKeys();
      const decide = vi.fn(() => opening({ id: uuid(2) }));
      expect(await openIn(stores, [lead.id], undecided, null, minute(1), decide)).toBe('openAlready');
      expect(decide).not.toHaveBeenCalled();
      expect(await handoffs.view(uuid(2))).toBeNull();
      expect(await stores.decisions.ofLead(lead.id)).toHaveLength(1);
      expect(await undecidedIds()).toEqual(undecided);
      expect(await stores.jobKeys()).toEqual(jobs);
    });

    test('lets a lead wait: keeps why and until when, and decides its events', async () => {
      await stores.inbox.store([arrived()], minute(0));
      await stores.forgetJobs();
      const undecided = await undecidedIds();
      const outcome = await openIn(stores, [lead.id], undecided, null, minute(0), waiting);
      expect(outcome).toEqual(waiting());
      expect(await stores.holds.list()).toEqual([waiting().hold]);
      expect(await stores.decisions.ofLead(lead.id)).toEqual([waiting().decision]);
      expect(await stores.inbox.undecided(lead.id)).toEqual([]);
      expect(await earlier()).toEqual([]);
      expect(await stores.jobKeys()).toEqual([]);
    });

    test('lets no lead wait that has an open handoff', async () => {
      await open();
      expect(await openIn(stores, [lead.id], [], null, minute(1), waiting)).toBe('openAlready');
      expect(await stores.holds.list()).toEqual([]);
    });

    test('keeps the decision, and ends the wait', async () => {
      await openIn(stores, [lead.id], [], null, minute(0), waiting);
      await open();
      expect(await stores.holds.list()).toEqual([]);
      const { decision } = opening();
      expect(await stores.decisions.ofLead(lead.id)).toEqual([decision, waiting().decision]);
    });

    test('keeps to whom a lead was offered, until it is somebody else', async () => {
      const toBoth = { ...assignment, rep: boss, openTo: [ann, bea] };
      await open({ assignment: toBoth });
      expect((await handoffs.view(uuid(1)))?.handoff.assignment).toEqual(toBoth);
      await happens([reassigned], minute(15));
      expect((await handoffs.view(uuid(1)))?.handoff.assignment).not.toHaveProperty('openTo');
    });

    test('leaves nothing behind when the decision breaks off', async () => {
      const broken = openIn(stores, [lead.id], [], null, minute(0), () => {
        throw new RangeError('routing to an unknown team');
      });
      await expect(broken).rejects.toThrow('unknown team');
      expect(await earlier()).toEqual([]);
      expect(await open()).toBe('opened');
    });

    test('lets exactly one of many at once through', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => uuid(index + 1));
      const opened = await Promise.all(ids.map((id) => open({ id })));
      expect(opened.filter((outcome) => outcome === 'opened')).toHaveLength(1);
    });

    test('lets a lead come back once its handoff is closed', async () => {
      await open();
      await happens([disqualified], minute(10));
      expect(await open({ id: uuid(2), qualifiedAt: minute(20) })).toBe('opened');
    });

    test('hands each the balances that the one before left behind', async () => {
      const seen: number[] = [];
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          let turn = 0;
          await openIn(stores, [`${index}`], [], null, minute(0), ({ credits }) => {
            turn = credits.get('DACH')?.get(ann) ?? 0;
            return { ...opening({ id: uuid(index), leadId: `${index}` }), credits: dach(turn + 1, -0.25) };
          });
          seen.push(turn);
        }),
      );
      expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(await balances()).toEqual(new Map([['DACH', dach(10, -0.25).after]]));
    });
  });

  describe('change', () => {
    beforeEach(() => open());

    test('keeps the new state and adds its events to the log', async () => {
      const result = await happens([accepted, { type: 'touched', touch }], minute(5));
      const expected = change(opening().handoff, minute(5), [accepted, { type: 'touched', touch }]);
      expect(result).toEqual({ outcome: 'changed', handoff: expected.handoff, events: expected.events });
      const view = await handoffs.view(uuid(1));
      expect(view?.handoff).toEqual(expected.handoff);
      expect(view?.log.map(({ seq, at, by, event }) => [seq, at, by, event.type])).toEqual([
        [1, minute(0), null, 'offered'],
        [2, minute(5), ann, 'accepted'],
        [3, minute(5), ann, 'touched'],
      ]);
    });

    test('gives back every kind of event as it happened', async () => {
      const events: HandoffEvent[] = [
        { type: 'delivered', to: ann, respondBy: minute(31), granted: { from: minute(1), minutes: 30 } },
        { type: 'reminded', clock: 'acknowledge', rep: ann, due: minute(31), loud: true },
        { type: 'breached', clock: 'acknowledge', due: minute(31), rep: ann, unanswered: true, late: true },
        { type: 'nobodyFree', clock: 'acknowledge', wanted: 'offerToTeam', why: 'nobody is at work' },
        { type: 'escalated', clock: 'acknowledge', manager: boss },
        { type: 'channelUnreachable', platform: 'slack', channel: 'C1', why: 'is archived' },
        {
          ...{ type: 'resumed', clock: 'acknowledge', due: minute(35), rep: ann, manager: boss },
          granted: { from: minute(32), minutes: 3 },
        },
        { type: 'channelTold', clock: 'acknowledge', platform: 'teams', channel: '19:x@thread.tacv2' },
        { type: 'shown', to: boss },
        { type: 'graceGiven', clock: 'acknowledge', until: minute(40), granted: null },
        reassigned,
        { type: 'unreachable', rep: bea, why: 'has left', manager: boss },
        accepted,
        { type: 'touched', touch },
        disqualified,
      ];
      await happens(events, minute(50));
      const view = await handoffs.view(uuid(1));
      expect(view?.log.slice(1).map(({ event }) => event)).toEqual(events);
      expect(change(opening().handoff, minute(50), events).handoff).toMatchObject(view?.handoff ?? {});
    });

    test('leaves everything as it was when the decision is a refusal', async () => {
      await accept(null);
      const before = await handoffs.view(uuid(1));
      expect(await accept(null)).toEqual({
        outcome: 'refused',
        refusal: { refused: 'alreadyAccepted', acceptedAt: minute(5) },
        handoff: before?.handoff,
      });
      expect(await handoffs.view(uuid(1))).toEqual(before);
    });

    test.each(['not-an-id', uuid(99), "'; drop table handoff; --"])(
      'finds no handoff behind %s',
      async (id) => {
        const never = () => expect.unreachable();
        expect(await handoffs.change(id, byAnn(minute(5)), never)).toBeNull();
        expect(await handoffs.view(id)).toBeNull();
      },
    );

    test('carries out one of twenty accepts at once', async () => {
      const results = await Promise.all(Array.from({ length: 20 }, (_, index) => accept(`click ${index}`)));
      expect(results.filter((result) => result?.outcome === 'changed')).toHaveLength(1);
      expect(results.filter((result) => result?.outcome === 'refused')).toHaveLength(19);
      expect((await handoffs.view(uuid(1)))?.log.map(({ event }) => event.type)).toEqual([
        'offered',
        'accepted',
      ]);
    });

    test('has one effect of one command, however often and at once it comes', async () => {
      const log = () =>
        handoffs.change(uuid(1), byAnn(minute(5), 'click'), (handoff) =>
          change(handoff, minute(5), [
            { type: 'reminded', clock: 'acknowledge', rep: ann, due: minute(30) },
            { type: 'breached', clock: 'acknowledge', due: minute(30) },
          ]),
        );
      const results = await Promise.all(Array.from({ length: 5 }, log));
      expect(results.map((result) => result?.outcome).sort()).toEqual([
        'changed',
        ...Array(4).fill('repeated'),
      ]);
      expect((await handoffs.view(uuid(1)))?.log).toHaveLength(3);
    });

    test('takes one command id on two handoffs for two commands', async () => {
      await open({ id: uuid(2), leadId: '102' });
      await accept('click');
      const other = await handoffs.change(uuid(2), byAnn(minute(6), 'click'), (handoff) =>
        change(handoff, minute(6), [accepted]),
      );
      expect(other?.outcome).toBe('changed');
    });

    test('replaces the timers when the clock starts anew', async () => {
      const touchTimer = { clock: 'touch', step: 0, action: 'breach', run: 2, dueAt: minute(70) } as const;
      await handoffs.change(uuid(1), byAnn(minute(5)), (handoff) =>
        change(handoff, minute(5), [accepted], [touchTimer]),
      );
      expect(await stores.timers.fireDue(minute(69))).toBe(0);
      expect(await stores.timers.fireDue(minute(70))).toBe(1);
    });

    test('leaves the timers alone while the same clock runs on', async () => {
      const reminded: HandoffEvent = { type: 'reminded', clock: 'acknowledge', rep: ann, due: minute(30) };
      await handoffs.change(uuid(1), byAnn(minute(20)), (handoff) =>
        change(handoff, minute(20), [reminded], acknowledgeTimers(1)),
      );
      expect(await stores.timers.fireDue(minute(30))).toBe(3);
    });

    describe('with a turn that does not count', () => {
      const turn = { pool: 'DACH', winner: ann, weights: { [ann]: 3, [bea]: 1 } };
      const refund = (commandId: string | null = null) =>
        handoffs.change(uuid(1), byAnn(minute(5), commandId), (handoff) =>
          handoff.status === 'closed'
            ? { refused: 'closed', outcome: 'disqualified' }
            : { ...change(handoff, minute(5), [disqualified]), refund: turn },
        );
      beforeEach(async () => {
        await openIn(stores, ['102'], [], null, minute(0), () => ({
          ...opening({ id: uuid(2), leadId: '102' }),
          credits: dach(-0.25, 0.25),
        }));
      });

      test('gives it back', async () => {
        expect((await refund())?.outcome).toBe('changed');
        expect(await balances()).toEqual(new Map([['DACH', dach(0, 0).after]]));
      });

      test('gives it back once, however often and at once it is asked', async () => {
        await Promise.all(['a', 'a', 'b', 'b'].map(refund));
        expect(await balances()).toEqual(new Map([['DACH', dach(0, 0).after]]));
      });

      test('gives it back in a pool that has no balances any more', async () => {
        await handoffs.change(uuid(1), byAnn(minute(5)), (handoff) => ({
          ...change(handoff, minute(5), [disqualified]),
          refund: { ...turn, pool: 'Nordics' },
        }));
        expect((await balances()).get('Nordics')).toEqual(dach(0.25, -0.25).after);
      });
    });

    test('keeps who holds the handoff, and why', async () => {
      await accept(null);
      await happens([reassigned], minute(15));
      const { handoff } = (await handoffs.view(uuid(1))) ?? {};
      expect(handoff?.assignment).toEqual(reassigned.type === 'reassigned' && reassigned.assignment);
      expect(handoff?.status).toBe('offered');
    });
  });

  describe('deliver again', () => {
    const escalated: HandoffEvent = { type: 'escalated', clock: 'acknowledge', manager: boss };
    const happensTo = (id: string, events: HandoffEvent[]) =>
      handoffs.change(id, byAnn(minute(30)), (handoff) => change(handoff, minute(30), events));

    beforeEach(async () => {
      await open();
      await open({ id: uuid(2), leadId: '102' });
      await open({ id: uuid(3), leadId: '103' });
      await happensTo(uuid(2), [escalated]);
      await happensTo(uuid(3), [escalated, disqualified]);
      await stores.forgetJobs();
    });

    test('brings the cards of the open handoffs that somebody holds up to date, and tells HubSpot nothing', async () => {
      await handoffs.deliverAgain(ann);
      expect(await stores.jobKeys()).toEqual([`deliver:${uuid(1)}`, `deliver:${uuid(2)}`]);
    });

    test('brings the cards of those that a manager was told of up to date', async () => {
      await handoffs.deliverAgain(boss);
      expect(await stores.jobKeys()).toEqual([`deliver:${uuid(2)}`]);
    });

    test('does nothing for somebody whom no open handoff concerns', async () => {
      await happensTo(uuid(1), [reassigned]);
      await stores.forgetJobs();
      await handoffs.deliverAgain('somebody@example.com');
      expect(await stores.jobKeys()).toEqual([]);
      await handoffs.deliverAgain(bea);
      expect(await stores.jobKeys()).toEqual([`deliver:${uuid(1)}`]);
    });

    test('brings the card of one that somebody may claim up to date, until it is taken', async () => {
      const claimable = { ...assignment, rep: boss, openTo: ['cleo@example.com', bea] };
      await open({ id: uuid(4), leadId: '104', assignment: claimable });
      await stores.forgetJobs();
      await handoffs.deliverAgain('cleo@example.com');
      expect(await stores.jobKeys()).toEqual([`deliver:${uuid(4)}`]);
      await happensTo(uuid(4), [accepted]);
      await stores.forgetJobs();
      await handoffs.deliverAgain('cleo@example.com');
      expect(await stores.jobKeys()).toEqual([]);
      const rescue: HandoffEvent = { type: 'offeredToTeam', clock: 'touch', team: 'DACH', openTo: [bea] };
      await happensTo(uuid(4), [rescue]);
      await stores.forgetJobs();
      await handoffs.deliverAgain(bea);
      expect(await stores.jobKeys()).toEqual([`deliver:${uuid(4)}`]);
    });

    test('adds no second job to one that waits', async () => {
      await handoffs.deliverAgain(ann);
      await handoffs.deliverAgain(ann);
      expect(await stores.jobKeys()).toHaveLength(2);
    });
  });
}
