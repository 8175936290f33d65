import { describe, expect, it } from 'vitest';
import type { Handoff, HandoffEvent } from '../../src/domain/handoff/handoff.ts';
import { responsesIn } from '../../src/flow/responses.ts';
import { accepted, minute, opening } from './contracts/given.ts';

const delivered: Handoff = { ...opening().handoff, deliveredAt: minute(1) };
const touch = { id: 't1', kind: 'call', outcome: 'connected', note: '' } as const;
const touched: HandoffEvent = { type: 'touched', touch };

const told = (part: Partial<Handoff>, events: readonly HandoffEvent[], now: Date) =>
  responsesIn({ handoff: { ...delivered, ...part } as Handoff, events }, now).map((one) =>
    one.what === 'responded' ? [one.how, one.secondsFromCard] : one,
  );

describe('how long people took', () => {
  it('counts from the card to its first answer, once', () => {
    expect(told({ acknowledgedAt: minute(6) }, [accepted], minute(6))).toEqual([['answer', 300]]);
    expect(told({ acknowledgedAt: minute(6) }, [accepted], minute(9))).toEqual([]);
  });

  it('counts from the card to the first outreach, at the time at which it was made', () => {
    const part = { acknowledgedAt: minute(6), firstTouchAt: minute(11), attempts: [minute(11)] };
    expect(told(part, [touched], minute(20))).toEqual([['touch', 600]]);
    expect(told({ ...part, attempts: [minute(11), minute(20)] }, [touched], minute(20))).toEqual([]);
  });

  it('is no time where the lead was contacted before its card came, and not known where none has come', () => {
    const part = { firstTouchAt: minute(0), attempts: [minute(0)] };
    expect(told(part, [touched], minute(2))).toEqual([['touch', 0]]);
    expect(told({ ...part, deliveredAt: null }, [touched], minute(2))).toEqual([]);
  });
});
