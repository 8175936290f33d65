import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { HandoffEvent, Logged } from '../../../src/domain/handoff/handoff.ts';
import { destinationsOf, outsideNames, unsentEvents } from '../../../src/domain/handoff/outside-events.ts';
import type { EventDestination } from '../../../src/domain/policy/policy.ts';
import { events, toBen } from '../../support/events.ts';
import { ada, at, ben, offered, offeredEvent, policy, touch } from '../../support/examples.ts';

const crm = (only: string[] | null = null): EventDestination => ({
  ...{ name: 'crm', url: 'https://crm.example', secret: 'WEBHOOK_SECRET', only },
});
const bodies = (log: readonly Logged[], destination = crm(), { sent = 0, upTo = log.length } = {}) =>
  unsentEvents({ handoff: offered(), log }, destination, { sent, upTo }).map(({ body }) => body);
const logOf = (...happened: HandoffEvent[]) =>
  happened.map((event, index): Logged => ({ seq: index + 1, at: at('15:00'), by: null, event }));

const every = [offeredEvent, ...events];
/** The types and the keys of their data that the documentation has. */
const documented = new Map(
  [...readFileSync('docs/events.md', 'utf8').matchAll(/^\| `([a-z_]+)` \| [^|]+ \| ?([^|]*)\|$/gm)].map(
    ([, type = '', data = '']) => [type, [...data.matchAll(/`([a-z_]+)`/g)].map(([, key = '']) => key)],
  ),
);

describe('what other systems are told', () => {
  test('has a type and data that are documented, for every event', () => {
    const types = [...documented.keys()].filter((name) => outsideNames.includes(name));
    expect(types.sort()).toEqual([...outsideNames].sort());
    for (const { type, data } of bodies(logOf(...every), crm(), { sent: 0 })) {
      const unknown = Object.keys(data).filter((key) => !documented.get(type)?.includes(key));
      expect({ type, unknown }).toEqual({ type, unknown: [] });
    }
  });

  test('holds the same keys for every event, and an id of its own that never changes', () => {
    const told = bodies(logOf(...every));
    expect(bodies(logOf(...every))).toEqual(told);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    for (const body of told) {
      expect(Object.keys(body)).toEqual(['id', 'type', 'at', 'handoff', 'lead', 'data']);
      expect(Object.keys(body.lead)).toEqual(['id']);
    }
  });

  test('holds nothing that a lead wrote or is, nor what people wrote about it', () => {
    const secret = 'Lena of Northwind';
    const telling: HandoffEvent[] = [
      { ...offeredEvent, evidence: secret },
      { type: 'touched', touch: touch({ note: secret }) },
      { type: 'disqualified', reason: 'timing', note: secret, other: secret },
      { type: 'repeated', trigger: 'demo_request', found: secret, at: at('15:00') },
      { type: 'excluded', name: secret, why: secret },
      { type: 'withdrawn', why: secret, excluded: secret },
      { type: 'summarised', text: secret, model: 'small' },
      {
        type: 'updated',
        values: [{ property: 'city', label: secret, value: secret, shown: secret }],
        heldUp: null,
      },
    ];
    const told = bodies(logOf(...telling));
    expect(told).toHaveLength(telling.length);
    expect(JSON.stringify(told)).not.toContain(secret);
  });

  test('says whose the lead was then', () => {
    const told = bodies(logOf(offeredEvent, { type: 'shown', to: ada }, toBen, { type: 'shown', to: ben }));
    expect(told.map(({ handoff }) => handoff.rep)).toEqual([ada, ada, ben, ben]);
  });

  test('begins after what was sent, ends where it may still be taken back, and is what it asked for', () => {
    const log = logOf(offeredEvent, { type: 'shown', to: ada }, toBen, { type: 'shown', to: ben });
    const types = (only: string[] | null, range: { sent?: number; upTo?: number }) =>
      bodies(log, crm(only), range).map(({ type }) => type);
    expect(types(null, { sent: 1, upTo: 3 })).toEqual(['shown', 'reassigned']);
    expect(types(['shown'], {})).toEqual(['shown', 'shown']);
  });

  test('has that something was taken back only where that had been told', () => {
    const undone = { type: 'undone', after: 1, since: at('15:00'), what: 'accepted' } as const;
    // The log is without what was taken back.
    const log = [...logOf(offeredEvent), { seq: 3, at: at('15:00'), by: ada, event: undone }];
    const types = (sent: number) => bodies(log, crm(), { sent, upTo: 3 }).map(({ type }) => type);
    expect([types(1), types(2)]).toEqual([[], ['undone']]);
  });
});

test('only destinations that want one of the events are to hear of them', () => {
  const others = policy({ events: [crm(), { ...crm(['touched']), name: 'touches' }] });
  expect(destinationsOf([{ type: 'shown', to: ada }], others)).toEqual(['crm']);
  expect(destinationsOf([{ type: 'touched', touch: touch() }], others)).toEqual(['crm', 'touches']);
  expect(destinationsOf([], others)).toEqual([]);
});
