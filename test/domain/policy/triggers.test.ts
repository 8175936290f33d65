import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/domain/policy/facts.ts';
import { targetsOf } from '../../../src/domain/policy/triggers.ts';
import { demoRequest, lead, target, targets } from '../../support/examples.ts';

describe('the targets of a trigger', () => {
  const french = { kind: 'text', attribute: 'country', anyOf: ['France'] } as const;
  const quick = targets({ acknowledge: target(5), attempts: { atLeast: 6, within: target(4800) } });
  const choice = {
    ...demoRequest,
    targets: [
      { ...quick, when: french },
      { ...targets(), when: null },
    ],
  };
  const facts = (country: string): Facts => ({
    lead: lead({ country }),
    trigger: 'demo_request',
    workflows: [],
    spentUntil: null,
    freshFrom: null,
  });

  it('are the first that are for such a lead, without what they are for', () => {
    expect(targetsOf(choice, facts('France'))).toEqual(quick);
    expect(targetsOf(choice, facts('Chile'))).toEqual(targets());
  });

  it('are the last when none is for it, as the last is for every lead', () => {
    const [only] = choice.targets;
    expect(targetsOf({ ...choice, targets: only ? [only] : [] }, facts('Chile'))).toEqual(quick);
  });

  it('are a mistake of ours when there are none', () => {
    expect(() => targetsOf({ ...choice, targets: [] }, facts('Chile'))).toThrow('expected one at least');
  });
});
