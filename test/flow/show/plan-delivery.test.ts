import { describe, expect, it } from 'vitest';
import type { Handoff, HandoffEvent } from '../../../src/domain/handoff/handoff.ts';
import { noMemory } from '../../../src/domain/handoff/memory.ts';
import { neverPaused } from '../../../src/domain/handoff/nurture.ts';
import type { ChatChoice, PersonId, Platform } from '../../../src/domain/policy/policy.ts';
import type { CardRecord } from '../../../src/flow/ports/cards.ts';
import type { HandoffView } from '../../../src/flow/ports/handoffs.ts';
import { type DeliveryFacts, planDelivery } from '../../../src/flow/show/plan-delivery.ts';
import type { Step } from '../../../src/flow/show/plan-message.ts';
import {
  ada,
  assignment,
  at,
  ben,
  chloe,
  closed,
  grace,
  henrik,
  lead,
  logged,
  names,
  offered,
  policy,
  respondBy,
  routing,
} from '../../support/examples.ts';

const slack = { platform: 'slack', canLookBack: true } as const;
const teams = { platform: 'teams', canLookBack: false } as const;

const account = (platform: Platform, conversationId: string) => ({
  ...{ platform, conversationId, userId: 'U1', checkedAt: at('15:00') },
});
const people = [...names].map(([id, name]) => ({
  ...{ id, name, ownerId: null, active: true, hours: null },
  accounts: [account('slack', 'D1')],
}));

/** The example's people and policy, Slack alone, and no attempt before. */
function facts(override: Partial<DeliveryFacts> = {}): DeliveryFacts {
  const rules = policy();
  const known = { policy: rules, ruledBy: rules, people, chats: [slack] };
  return { ...known, repeat: false, outOfReach: new Set(), ...override };
}

const reading = (usual: ChatChoice) =>
  facts({ chats: [slack, teams], policy: policy({ chat: { usual, people: new Map() } }) });

/** A handoff with these events since it was offered, of which each counted one version. */
function view(handoff: Handoff, events: HandoffEvent[] = [], cards: CardRecord[] = []): HandoffView {
  const log = logged(...events.map((event): [Date, null, HandoffEvent] => [at('15:10'), null, event]));
  const crm = {
    writtenSeq: 0,
    writingSeq: 0,
    contactSeq: 0,
    taskId: null,
    leadRecordId: null,
    refused: [],
    touchIds: new Map(),
  };
  return {
    handoff: { ...handoff, version: log.length },
    lead: lead(),
    log,
    cards,
    crm,
    nurture: neverPaused,
    memory: noMemory,
  };
}

/** A card that shows the first events, so many, all of them told. */
function card(shows: number, override: Partial<CardRecord> = {}): CardRecord {
  return {
    ...{ handoffId: offered().id, person: ada, platform: 'slack', conversationId: 'D1', messageId: '1.1' },
    ...{ attempt: 1, revision: shows, toldSeq: shows, tellingSeq: shows, seenAt: null },
    ...override,
  };
}

const begun = (override: Partial<CardRecord> = {}) => card(0, { messageId: null, ...override });

const arrived = { deliveredAt: at('15:00:02'), reachedAt: at('15:00:02') };
const delivered: HandoffEvent = { type: 'delivered', to: ada, respondBy, granted: null };
const breached: HandoffEvent = { type: 'breached', clock: 'acknowledge', due: respondBy };
const escalated: HandoffEvent = { type: 'escalated', clock: 'acknowledge', manager: grace };
const shown: HandoffEvent = { type: 'shown', to: ada };
const reassigned: HandoffEvent = {
  ...{ type: 'reassigned', from: ada, assignment: assignment({ rep: ben }), respondBy, granted: null },
};
const toTeam: HandoffEvent = {
  ...{ type: 'offeredToTeam', clock: 'acknowledge', team: 'Americas', openTo: [ben, chloe] },
};
const channelTold = (channel: string, platform: Platform = 'slack'): HandoffEvent => ({
  ...{ type: 'channelTold', clock: 'acknowledge', platform, channel },
});
const withBen = offered({ ...arrived, reachedAt: null, assignment: assignment({ rep: ben }) });

function stepWords(step: Step): string {
  if (step.do === 'send') {
    if (!step.look) return 'post';
    return step.post ? 'look or post' : 'look';
  }
  if (step.do !== 'tell') return step.do;
  const lines = step.lines.map(
    ({ seq, notify, loud }) => `${seq}${loud ? ' loud' : notify ? ' notify' : ''}`,
  );
  return [step.look ? 'look and tell' : 'tell', ...lines].join(' ');
}

const nameOf = (person: PersonId) => person.split('.')[0];
const doing = (steps: readonly Step[]) => steps.map(stepWords).join(', ') || 'nothing';

/** The plan in words: a line for each reader, and for each channel. */
function planned(about: HandoffView, known: DeliveryFacts = facts()): string[] {
  const { readers, channels } = planDelivery(about, known);
  return [
    ...readers.map(({ reader, messages, ifOutOfReach }) => {
      const each = messages.map(({ platform, steps, isSubstitute }) => {
        const where = isSubstitute ? `(${platform})` : platform;
        return `${where} ${doing(steps)}`;
      });
      const otherwise = ifOutOfReach === 'nothing' ? [] : [`else ${ifOutOfReach}`];
      return `${nameOf(reader)}: ${[...each, ...otherwise].join('; ')}`;
    }),
    ...channels.map(({ channel, platform, steps }) =>
      [`#${channel}: ${platform}`, steps ? doing(steps) : 'give up'].join(' '),
    ),
  ];
}

type Row = [state: string, plan: string[], about: HandoffView, known?: DeliveryFacts];

function holds(rows: Row[]): void {
  it.each(rows)('%s', (_, plan, about, known) => {
    expect(planned(about, known)).toEqual(plan);
  });
}

describe('the holder', () => {
  holds([
    ['gets a card whose arrival is noted', ['ada: (slack) post, noteArrival; else passOn'], view(offered())],
    [
      'needs nothing when the card shows all',
      ['ada: slack nothing; else passOn'],
      view(offered(arrived), [delivered], [card(2)]),
    ],
    [
      'sees a change on the card and in its thread',
      ['ada: slack update, tell 3; else passOn'],
      view(offered(arrived), [delivered, breached], [card(2)]),
    ],
    [
      'is told what was left to tell',
      ['ada: slack tell 4 loud; else passOn'],
      view(offered(arrived), [delivered, breached, shown], [card(4, { toldSeq: 3, tellingSeq: 3 })]),
    ],
    [
      'who may have been told already is told after a look',
      ['ada: slack look and tell 3; else passOn'],
      view(offered(arrived), [delivered, breached], [card(3, { toldSeq: 2, tellingSeq: 3 })]),
    ],
    [
      'who has it once more has the card from before, which arrives again',
      ['ada: slack update, noteArrival, tell 3; else passOn'],
      view(offered({ ...arrived, reachedAt: null }), [delivered, breached], [card(2)]),
    ],
    [
      'who was out of reach gets another try',
      ['ada: (slack) look or post, noteArrival; else passOn'],
      view(offered({ ...arrived, unreachable: 'is away' }), [delivered], [begun()]),
    ],
    ['of a closed handoff gets none', ['ada: '], view(closed(), [delivered])],
    [
      'of a closed handoff sees how it ended',
      ['ada: slack update, tell 3 notify; else passOn'],
      view(closed(arrived), [delivered, { type: 'withdrawn', why: 'merged' }], [card(2)]),
    ],
    [
      'of a closed handoff gets no card that nobody has confirmed',
      ['ada: (slack) look; else passOn'],
      view(closed(arrived), [delivered], [begun()]),
    ],
  ]);
});

describe('others', () => {
  holds([
    [
      'who may claim it get a card each',
      [
        'ada: slack update, tell 3 notify; else passOn',
        'ben: (slack) post; else observe',
        'chloe: (slack) post; else observe',
      ],
      view(offered({ ...arrived, openTo: [ben, chloe] }), [delivered, toTeam], [card(2)]),
    ],
    [
      'who were told decide over it',
      ['ada: slack update, tell 3; else passOn', 'grace: (slack) post; else observe'],
      view(offered({ ...arrived, escalatedTo: grace }), [delivered, escalated], [card(2)]),
    ],
    [
      'who have a card from before see whose it is',
      ['ben: (slack) post, noteArrival; else passOn', 'ada: slack update, tell 3; else observe'],
      view(withBen, [delivered, reassigned], [card(2)]),
    ],
    [
      'stand in for a manager who is out of reach',
      [
        'ada: (slack) post, noteArrival; else passOn',
        'grace: (slack) post, noteArrival; else observe',
        'henrik: (slack) post, noteArrival; else observe',
      ],
      view(offered({ escalatedTo: grace, unreachable: 'is away' }), [escalated]),
      facts({ outOfReach: new Set([ada, grace]), policy: policy({ routing: routing([], henrik) }) }),
    ],
  ]);
});

describe('after an attempt that broke off', () => {
  const again = (override: Partial<DeliveryFacts> = {}) => facts({ repeat: true, ...override });
  holds([
    [
      'a card is looked for before it is sent',
      ['ada: (slack) look or post, noteArrival; else passOn'],
      view(offered()),
      again(),
    ],
    [
      'lines are looked for before they are told',
      ['ada: slack update, look and tell 3; else passOn'],
      view(offered(arrived), [delivered, breached], [card(2)]),
      again(),
    ],
    [
      'a card that is up to date is left alone',
      ['ada: slack nothing; else passOn'],
      view(offered(arrived), [delivered], [card(2)]),
      again(),
    ],
    [
      'whoever held it since may have a card that nobody knows of',
      ['ben: (slack) look or post, noteArrival; else passOn', 'ada: slack look'],
      view(withBen, [delivered, reassigned]),
      again(),
    ],
    [
      'so may whoever could have claimed it, or was to decide',
      [
        'ada: slack update, look and tell 3 notify 4; else passOn',
        'ben: slack look',
        'chloe: slack look',
        'grace: slack look',
      ],
      view(offered(arrived), [delivered, toTeam, escalated], [card(2)]),
      again(),
    ],
    ['so may the holder of what has closed since', ['ada: slack look'], view(closed(), [delivered]), again()],
    [
      'but nobody who has never been written to',
      ['ada: '],
      view(closed(), [delivered]),
      again({ people: people.map((person) => ({ ...person, accounts: [] })) }),
    ],
    [
      'nobody looks where nobody can',
      ['ada: (teams) post, noteArrival; else passOn'],
      view(offered()),
      again({ chats: [teams] }),
    ],
  ]);
});

describe('of two chats', () => {
  const inTeams = { platform: 'teams', conversationId: 'D2', messageId: '2.1' } as const;
  holds([
    [
      'the preferred one is tried first, and the other stands in for it',
      ['ada: (slack) post, noteArrival; (teams) post, noteArrival; else passOn'],
      view(offered()),
      reading('slack'),
    ],
    [
      'the preferred one may be the second',
      ['ada: (teams) post, noteArrival; (slack) post, noteArrival; else passOn'],
      view(offered()),
      reading('teams'),
    ],
    [
      'each is written to by choice',
      ['ada: slack post, noteArrival; teams post, noteArrival; else passOn'],
      view(offered()),
      reading('both'),
    ],
    [
      'the one where a card is comes first, and is no substitute',
      ['ada: teams nothing; (slack) post; else passOn'],
      view(offered(arrived), [delivered], [card(2, inTeams)]),
      reading('slack'),
    ],
    [
      'neither goes stale where both have a card',
      ['ada: slack update, tell 3; teams update, tell 3; else passOn'],
      view(offered(arrived), [delivered, breached], [card(2), card(2, inTeams)]),
      reading('slack'),
    ],
    [
      'the one without a card gets none of a closed handoff',
      ['ada: slack nothing; else passOn'],
      view(closed(arrived), [delivered], [card(2)]),
      reading('both'),
    ],
  ]);
});

describe('a channel', () => {
  const posted = card(2);
  const inChannel = (shows: number) => card(shows, { person: 'C1', conversationId: 'C1' });
  const withOneMore = 'ada: slack update, tell 3; else passOn';
  holds([
    [
      'gets one card however often it is told',
      ['ada: slack update, tell 3 4; else passOn', '#C1: slack post'],
      view(offered(arrived), [delivered, channelTold('C1'), channelTold('C1')], [posted]),
    ],
    [
      'sees a change on its card alone, and is nobody who reads one',
      ['ada: slack update, tell 3 4; else passOn', '#C1: slack update'],
      view(offered(arrived), [delivered, channelTold('C1'), breached], [posted, inChannel(3)]),
    ],
    [
      'whose card shows all is left alone',
      [withOneMore, '#C1: slack nothing'],
      view(offered(arrived), [delivered, channelTold('C1')], [posted, inChannel(3)]),
    ],
    [
      'of a chat that is not connected is given up',
      [withOneMore, '#C1: teams give up'],
      view(offered(arrived), [delivered, channelTold('C1', 'teams')], [posted]),
    ],
    [
      'that could not be told is not tried again',
      ['ada: slack update, tell 3 4; else passOn'],
      view(
        offered(arrived),
        [
          delivered,
          channelTold('C1'),
          { type: 'channelUnreachable', platform: 'slack', channel: 'C1', why: 'x' },
        ],
        [posted],
      ),
    ],
    [
      'of a closed handoff gets no card of it',
      [withOneMore, '#C1: slack nothing'],
      view(closed(arrived), [delivered, channelTold('C1')], [posted]),
    ],
  ]);
});
