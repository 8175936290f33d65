import { expect } from 'vitest';
import { type Command, decide, type Refusal } from '../../src/domain/handoff/decide.ts';
import { evolve, type Handoff, type HandoffEvent } from '../../src/domain/handoff/handoff.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { acceptedAt, policy as examplePolicy } from './examples.ts';

/** `given(handoff).when(command).yields([event])`, at 10:05 in New York unless told otherwise. */
export function given(handoff: Handoff, { policy = examplePolicy(), now = acceptedAt } = {}) {
  return { when: (command: Command) => outcomeOf(handoff, command, policy, now) };
}

function outcomeOf(handoff: Handoff, command: Command, policy: Policy, now: Date) {
  const decided = decide(handoff, command, policy, now);
  const after = 'refused' in decided ? handoff : afterAll(handoff, decided, now);
  return {
    /** These events follow, in order, and nothing else. */
    yields(events: readonly HandoffEvent[]) {
      expect(decided).toEqual(events);
      return this;
    },
    /** Nothing follows, for this reason. */
    refuses(refusal: Refusal) {
      expect(decided).toEqual(refusal);
      return this;
    },
    /** How the handoff stands afterwards, as far as told. */
    leaving(facts: Record<string, unknown>) {
      expect(after).toMatchObject(facts);
      return this;
    },
    after,
  };
}

/** The handoff after some events that happened at once. */
export function afterAll(handoff: Handoff, events: readonly HandoffEvent[], now: Date): Handoff {
  return events.reduce((state, event) => evolve(state, event, now), handoff);
}
