import { describe, expect, it } from 'vitest';
import type { HandoffEvent, Logged } from '../../../src/domain/handoff/handoff.ts';
import { repeatsOf } from '../../../src/domain/handoff/repeats.ts';
import { secondLook } from '../../../src/domain/handoff/second-look.ts';
import type { Trigger } from '../../../src/domain/policy/policy.ts';
import {
  at,
  demoRequest,
  lead,
  logged,
  offered,
  policy,
  qualifiedAt,
  scoreReached,
} from '../../support/examples.ts';

const guide: Trigger = {
  ...demoRequest,
  name: 'guide',
  label: 'Guide',
  when: { kind: 'conversion', titleOf: 'form', contains: ['guide'] },
};
const rules = policy({ triggers: [demoRequest, scoreReached, guide] });
const first = { name: 'Request a Demo', at: qualifiedAt };
const demo = (clock: string) => ({ name: 'Request a Demo', at: at(clock) });

/** What is made of a lead that has sent in these forms, the newest first, after these events. */
function look(conversions: { name: string; at: Date }[], events: HandoffEvent[] = []) {
  const log = logged(...events.map((event): [Date, null, HandoffEvent] => [at('15:10'), null, event]));
  const earlier = [{ trigger: 'demo_request', qualifiedAt, closedAt: null }];
  const around = { handoff: offered(), log, workflows: [], earlier };
  return secondLook(lead({ conversions }), around, rules, at('16:00'));
}

const repeated = (trigger: string, clock: string): HandoffEvent => ({
  type: 'repeated',
  trigger,
  found: 'sent in',
  at: at(clock),
  soon: true,
});

describe('what a lead does once more while sales has it', () => {
  it('is noted when it is what it was handed over for, and soon within half an hour', () => {
    const note = { type: 'noteRepeat', trigger: 'demo_request', found: expect.anything() };
    expect(look([demo('15:20'), first])).toEqual([{ ...note, at: at('15:20'), soon: true }]);
    expect(look([demo('15:45'), first])).toEqual([{ ...note, at: at('15:45'), soon: false }]);
  });

  it('is noted once, and the next time counts from the last', () => {
    const before = [repeated('demo_request', '15:20')];
    expect(look([demo('15:20'), first], before)).toEqual([]);
    expect(look([demo('15:45'), demo('15:20'), first], before)).toMatchObject([
      { at: at('15:45'), soon: true },
    ]);
  });

  it('is noted when it is less urgent', () => {
    expect(look([{ name: 'The guide', at: at('15:20') }, first])).toMatchObject([{ trigger: 'guide' }]);
  });

  it('is one thing though it meets several triggers', () => {
    const both = { name: 'The guide to a demo', at: at('15:20') };
    expect(look([both, first])).toMatchObject([{ trigger: 'demo_request' }]);
    expect(look([both, first], [repeated('demo_request', '15:20')])).toEqual([]);
  });

  it('is nothing that it did before, and no score', () => {
    expect(look([first])).toEqual([]);
    expect(look([first, { name: 'The guide', at: at('14:00') }])).toEqual([]);
    const scored = lead({
      conversions: [first],
      score: {
        value: 60,
        components: [],
        history: [
          { value: 60, at: at('15:20') },
          { value: 30, at: at('14:00') },
        ],
      },
    });
    const log = logged();
    expect(
      secondLook(scored, { handoff: offered(), log, workflows: [], earlier: [] }, rules, at('16:00')),
    ).toEqual([]);
  });
});

it('is counted from the log: the first time stands for what the lead was handed over for', () => {
  const log: readonly Logged[] = logged(
    [at('15:20'), null, repeated('demo_request', '15:20')],
    [at('15:25'), null, repeated('guide', '15:25')],
    [at('15:30'), null, repeated('demo_request', '15:30')],
  );
  expect(repeatsOf(offered(), log)).toEqual([
    { trigger: 'demo_request', count: 3, at: at('15:30') },
    { trigger: 'guide', count: 1, at: at('15:25') },
  ]);
});
