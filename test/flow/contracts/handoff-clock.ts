import { beforeEach, describe, expect, test } from 'vitest';
import type { Handoff, HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import type { Change } from '../../../src/flow/ports/handoffs.ts';
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

const granted = { from: minute(1), minutes: 12.5 };
const breached = {
  ...{ type: 'breached', clock: 'acknowledge', due: minute(30), rep: ann, unanswered: true },
} satisfies HandoffEvent;
const handedBack: HandoffEvent = { type: 'handedBack', reason: 'wrong_territory', note: '' };
const reminded: HandoffEvent = { type: 'reminded', clock: 'acknowledge', rep: ann, due: minute(30) };

function touched(number: number, found?: Date): HandoffEvent {
  const touch = { id: uuid(50 + number), kind: 'email', outcome: 'sent', note: '' } as const;
  const record = found && { found: { recordId: `record ${number}`, rep: bea, at: found } };
  return { type: 'touched', touch, ...record };
}

/** Without what an event has left of an earlier state, which means nothing in this one. */
function inItsState(handoff: Handoff | undefined): unknown {
  if (handoff?.status === 'accepted' || handoff?.status === 'working') return handoff;
  return { ...handoff, acceptedAt: undefined, touchBy: undefined };
}

/** What every store of handoffs keeps and counts for the clock. */
export function handoffClockContract(make: MakeStores): void {
  let stores: Stores;
  let handoffs: Stores['handoffs'];
  beforeEach(async () => {
    stores = await make();
    ({ handoffs } = stores);
    for (const id of [lead.id, '102']) await handoffs.saveLead({ ...lead, id }, minute(0));
    const person = { ownerId: null, active: true, hours: null };
    await stores.directory.savePeople(
      [ann, bea, boss].map((id) => ({ ...person, id, name: id })),
      minute(0),
    );
    await open();
    await stores.forgetJobs();
  });

  const open = (part?: Parameters<typeof opening>[0]) =>
    openIn(stores, [part?.leadId ?? lead.id], [], null, minute(0), () => opening(part));
  const happens = (events: HandoffEvent[], by: string | null = ann, id = uuid(1), at = minute(20)) =>
    handoffs.change(id, { by, at, commandId: null }, (handoff) => change(handoff, at, events, [], by));

  const asks: HandoffEvent = {
    ...{ type: 'graceAsked', clock: 'acknowledge', until: minute(90), due: minute(99), manager: boss },
  };
  const paths: [string, HandoffEvent[]][] = [
    ['is late', [{ type: 'delivered', to: ann, respondBy: minute(43), granted }]],
    ['reaches somebody else', [{ type: 'delivered', to: bea, respondBy: minute(30), granted }]],
    ['is snoozed', [{ type: 'snoozed', until: minute(25) }]],
    [
      'was snoozed twice',
      [
        { type: 'snoozed', until: minute(21) },
        { type: 'snoozeEnded', clock: 'acknowledge', rep: ann, due: minute(30) },
        { type: 'snoozed', until: minute(25) },
        { type: 'snoozeEnded', clock: 'acknowledge', rep: ann, due: minute(30) },
      ],
    ],
    ['has more time asked for', [asks]],
    [
      'has got more time as asked',
      [
        asks,
        {
          ...{ type: 'graceGiven', clock: 'acknowledge', until: minute(99), granted: null },
          snoozedUntil: minute(90),
        },
      ],
    ],
    ['is due at another time', [{ ...rescheduled(), why: 'is away' }]],
    [
      'is offered to the team',
      [{ type: 'offeredToTeam', clock: 'acknowledge', team: 'DACH', openTo: [bea, 'cleo@example.com'] }],
    ],
    ['is pinged', [{ type: 'pinged', rep: ann, due: null }]],
    ['is handed back', [handedBack, reassigned]],
    ['is accepted because of a call before', [{ ...accepted, since: minute(11) }]],
    ['is touched', [accepted, touched(1)]],
    ['is touched twice, once before it was known', [accepted, touched(1), touched(2, minute(12))]],
    ['is touched, and then somebody else’s', [accepted, touched(1), reassigned]],
    ['has a meeting', [{ type: 'meetingBooked', recordId: '5', at: minute(15) }]],
    ['has a deal', [accepted, { type: 'dealCreated', recordId: '6', at: minute(16) }]],
    [
      'has a deal that was won',
      [
        { type: 'dealCreated', recordId: '6', at: minute(16) },
        { type: 'dealWon', recordId: '6', at: minute(19) },
      ],
    ],
    ['is given up', [{ type: 'gaveUp', reason: 'no_answer', note: '' }]],
    ['is withdrawn', [{ type: 'withdrawn', why: 'the contact was deleted' }]],
    ['is nobody’s in HubSpot', [{ type: 'ownerLost', ownerId: null, manager: boss }]],
  ];

  function rescheduled(): Extract<HandoffEvent, { type: 'rescheduled' }> {
    return { type: 'rescheduled', clock: 'acknowledge', due: minute(80), why: '', manager: boss };
  }

  test.each(paths)('one that %s is kept as it is', async (_, events) => {
    const result = await happens(events);
    const expected = change(opening().handoff, minute(20), events, [], ann).handoff;
    expect(result).toEqual({ outcome: 'changed', handoff: expected, events });
    const view = await handoffs.view(uuid(1));
    expect(inItsState(view?.handoff)).toEqual(inItsState(expected));
    expect(view?.log.slice(1).map(({ event }) => event)).toEqual(events);
  });

  test('a touch that was found in HubSpot is there already', async () => {
    await happens([{ ...accepted, since: minute(11) }, touched(1, minute(11)), touched(2)]);
    expect((await handoffs.view(uuid(1)))?.crm.touchIds).toEqual(new Map([[uuid(51), 'record 1']]));
  });

  describe('HubSpot', () => {
    const jobsAfter = async (...events: HandoffEvent[]) => {
      await stores.forgetJobs();
      await happens(events);
      return stores.jobKeys();
    };
    const untold: HandoffEvent[] = [
      reminded,
      breached,
      asks,
      { type: 'snoozed', until: minute(25) },
      { type: 'snoozeEnded', clock: 'acknowledge', rep: ann, due: minute(30) },
      { type: 'offeredToTeam', clock: 'acknowledge', team: 'DACH', openTo: [bea] },
      { type: 'nobodyFree', clock: 'acknowledge', wanted: 'reassign', why: '' },
      { type: 'escalated', clock: 'acknowledge', manager: boss },
      { type: 'channelTold', clock: 'acknowledge', platform: 'slack', channel: 'C1' },
      { type: 'pinged', rep: ann, due: null },
      { type: 'channelUnreachable', platform: 'slack', channel: 'C1', why: 'is archived' },
      { type: 'shown', to: ann },
      { type: 'ownerLost', ownerId: '9', manager: boss },
      { type: 'unreachable', rep: ann, why: '', manager: boss },
    ];
    test.each(untold.map((event) => [event.type, event] as const))(
      'need not hear that it was %s, which the cards show',
      async (_, event) => {
        expect(await jobsAfter(event)).toEqual([`deliver:${uuid(1)}`]);
      },
    );

    const told: HandoffEvent[] = [
      { type: 'delivered', to: ann, respondBy: minute(43), granted },
      accepted,
      disqualified,
      reassigned,
      handedBack,
      rescheduled(),
      { type: 'gaveUp', reason: 'no_answer', note: '' },
      { type: 'graceGiven', clock: 'acknowledge', until: minute(99), granted },
      { type: 'withdrawn', why: '' },
      { type: 'dealCreated', recordId: '6', at: minute(16) },
      { type: 'dealWon', recordId: '6', at: minute(16) },
    ];
    test.each(told.map((event) => [event.type, event] as const))('hears that it was %s', async (_, event) => {
      expect(await jobsAfter(event)).toEqual([`deliver:${uuid(1)}`, `write-back:${uuid(1)}`]);
    });

    test('hears of every touch, also of one that was found there', async () => {
      const both = [`deliver:${uuid(1)}`, `write-back:${uuid(1)}`];
      await happens([accepted, touched(1)]);
      expect(await jobsAfter(touched(2))).toEqual(both);
      expect(await jobsAfter(touched(3, minute(18)))).toEqual(both);
    });

    test('hears of a meeting that stops the clock, and need not hear of another', async () => {
      const meeting: HandoffEvent = { type: 'meetingBooked', recordId: '5', at: minute(15) };
      expect(await jobsAfter(meeting)).toEqual([`deliver:${uuid(1)}`, `write-back:${uuid(1)}`]);
      expect(await jobsAfter(meeting)).toEqual([`deliver:${uuid(1)}`]);
    });

    test('hears nothing, and no card is sent again, when a card arrived in time', async () => {
      expect(await jobsAfter({ type: 'delivered', to: ann, respondBy: minute(30), granted })).toEqual([]);
    });
  });

  describe('cards that somebody let pass', () => {
    const missed = () => Promise.all([ann, bea].map((person) => stores.directory.missedInRow(person)));
    const reaches = (number: number, at: Date) =>
      happens([{ type: 'delivered', to: ann, respondBy: minute(30), granted }], null, uuid(number), at);
    const passes = (number: number, due: Date) => happens([{ ...breached, due }], null, uuid(number), due);
    beforeEach(async () => {
      await reaches(1, minute(1));
      await open({ id: uuid(2), leadId: '102' });
    });

    test('are counted one after the other', async () => {
      await passes(1, minute(30));
      expect(await missed()).toEqual([1, 0]);
      await reaches(2, minute(31));
      await passes(2, minute(60));
      expect(await missed()).toEqual([2, 0]);
    });

    test('are counted once when the second had come before the first fell due', async () => {
      await reaches(2, minute(30));
      await passes(1, minute(30));
      await passes(2, minute(60));
      expect(await missed()).toEqual([1, 0]);
    });

    test('are counted by the last that was counted, not by the last that passed', async () => {
      await reaches(2, minute(2));
      await passes(1, minute(30));
      await passes(2, minute(60));
      await reaches(1, minute(45));
      await passes(1, minute(75));
      expect(await missed()).toEqual([2, 0]);
    });

    test('are counted once when they pass at once', async () => {
      await reaches(2, minute(1));
      await Promise.all([1, 2].map((number) => passes(number, minute(30))));
      expect(await missed()).toEqual([1, 0]);
    });

    test('are counted from one on after an answer', async () => {
      await passes(1, minute(30));
      await reaches(2, minute(31));
      await happens([accepted], ann, uuid(1), minute(32));
      await passes(2, minute(60));
      expect(await missed()).toEqual([1, 0]);
    });

    test('are not counted when nobody could answer them', async () => {
      await happens(
        [{ type: 'breached', clock: 'acknowledge', due: minute(30), rep: ann, late: true }],
        null,
      );
      await happens([reminded], null);
      expect(await missed()).toEqual([0, 0]);
    });

    const answers: HandoffEvent[] = [
      accepted,
      disqualified,
      handedBack,
      asks,
      { type: 'snoozed', until: minute(25) },
      { type: 'gaveUp', reason: 'no_answer', note: '' },
    ];
    test.each(answers.map((event) => [event.type, event] as const))(
      'are forgotten once they have %s one',
      async (_, event) => {
        await happens([breached], null);
        await happens([event]);
        expect(await missed()).toEqual([0, 0]);
      },
    );

    test('stay counted when somebody else takes it over', async () => {
      for (const rep of [ann, bea]) await happens([{ ...breached, rep }], null);
      await happens([reassigned, accepted], bea);
      expect(await missed()).toEqual([1, 0]);
    });

    test('are forgotten when a touch of theirs was found in HubSpot', async () => {
      await happens([breached], null);
      await happens([{ ...accepted, since: minute(11) }, touched(1, minute(11))], null);
      expect(await missed()).toEqual([0, 0]);
    });

    test('are forgotten when they begin afresh', async () => {
      for (const rep of [ann, bea]) await happens([{ ...breached, rep }], null);
      await stores.directory.startAfresh(ann);
      expect(await missed()).toEqual([0, 1]);
      expect(await stores.directory.missedInRow('nobody@example.com')).toBe(0);
    });

    test('are counted once when the timer that noted it runs again', async () => {
      const fires = () =>
        handoffs.change(uuid(1), { by: null, at: minute(30), commandId: 'timer:1' }, (handoff) =>
          change(handoff, minute(30), [breached]),
        );
      await Promise.all([fires(), fires(), fires()]);
      expect(await missed()).toEqual([1, 0]);
    });
  });

  describe('news of a change', () => {
    const withNews = (handoff: Parameters<typeof change>[0]): Change => ({
      ...change(handoff, minute(30), [reminded]),
      news: [{ person: ann, news: { kind: 'missed', handoffId: handoff.id } }],
    });

    test('wait to be told with it', async () => {
      await handoffs.change(uuid(1), byAnn(minute(30)), withNews);
      expect(await stores.outbox.waiting(ann)).toEqual([
        { id: expect.any(String), at: minute(30), news: { kind: 'missed', handoffId: uuid(1) } },
      ]);
      expect(await stores.jobKeys()).toEqual([`deliver:${uuid(1)}`, `tell:${ann}`]);
    });

    test('are none when it was made before', async () => {
      for (let again = 0; again < 3; again += 1)
        await handoffs.change(uuid(1), byAnn(minute(30), 'timer:1'), withNews);
      expect(await stores.outbox.waiting(ann)).toHaveLength(1);
    });
  });

  describe('who must not get the lead', () => {
    const gaveBack = new Map([[ann, 'handedBack']]);
    beforeEach(async () => {
      await happens([handedBack, reassigned]);
    });

    test('is who handed it back, also in an earlier handoff', async () => {
      expect((await handoffs.balance(lead.id)).excluded).toEqual(gaveBack);
      expect((await handoffs.balance('102')).excluded).toEqual(new Map());
      await happens([disqualified], bea);
      let seen: unknown;
      await openIn(stores, ['201', lead.id], [], null, minute(40), ({ excluded }) => {
        seen = excluded;
        return opening({ id: uuid(3), leadId: '201', qualifiedAt: minute(40) });
      });
      expect(seen).toEqual(gaveBack);
      expect((await handoffs.balance('201', uuid(3))).excluded).toEqual(
        new Map([[assignment.rep, 'hadAlready']]),
      );
    });

    test('is, when it is passed on, also everybody who has had it', async () => {
      const all = new Map([...gaveBack, [bea, 'hadAlready']]);
      expect((await handoffs.balance(lead.id, uuid(1))).excluded).toEqual(all);
      let seen: unknown;
      await handoffs.reassign(uuid(1), byAnn(minute(40)), (_, { excluded }) => {
        seen = excluded;
        return { refused: 'nobodyElse' };
      });
      expect(seen).toEqual(all);
    });
  });
}
