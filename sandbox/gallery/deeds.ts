import type { Command } from '../../src/domain/handoff/decide.ts';
import { passOn } from '../../src/domain/handoff/ladder.ts';
import type { PersonId } from '../../src/domain/policy/policy.ts';
import { managerOf } from '../../src/domain/policy/who-decides.ts';
import { does, type Rules, surroundings, type Told, waits } from './history.ts';

/** Something that happens to a handoff. */
export type Deed = (told: Told, rules: Rules) => Told;

/** One after the other. */
export function all(...deeds: readonly Deed[]): Deed {
  return (told, rules) => deeds.reduce((before, deed) => deed(before, rules), told);
}

/** So many minutes pass, with what falls due in them. */
export function minutes(count: number): Deed {
  return (told, rules) => waits(told, new Date(told.now.getTime() + count * 60_000), rules);
}

/** Somebody does something, or something becomes known. */
function act(command: (holder: PersonId, told: Told) => Command): Deed {
  return (told, rules) => does(told, command(told.handoff.assignment.rep, told), rules);
}

export const cardComes = act((holder) => ({ type: 'markDelivered', to: holder }));
export const cannotBeReached = act((holder) => ({
  type: 'markUnreachable',
  rep: holder,
  why: 'has no account in Slack',
}));
export const accepts = act((holder) => ({ type: 'accept', by: holder }));
export const snoozes = act((holder) => ({ type: 'snooze', by: holder, choice: '30min' }));
export const calls = act((holder, { handoff }) => ({
  type: 'logTouch',
  by: holder,
  touch: {
    id: `touch-${handoff.version}`,
    kind: 'call',
    outcome: 'noAnswer',
    note: 'Wants prices for 12 depots',
  },
}));
export const meetingIsBooked = act((_, { now }) => ({ type: 'noteMeeting', recordId: '7001', at: now }));
export const becomesDeal = act((_, { now }) => ({ type: 'noteDeal', recordId: '8001', at: now }));
export const isWon = act((_, { now }) => ({ type: 'noteWon', recordId: '8001', at: now }));

export function sendsBack(reason: string, note: string): Deed {
  return act((holder) => ({ type: 'disqualify', by: holder, reason, note }));
}

export function isClaimedBy(person: PersonId): Deed {
  return act(() => ({ type: 'takeIt', by: person }));
}

/** The holder is away, and somebody else is found. */
export const isCovered: Deed = (told, rules) => {
  const from = told.handoff.assignment.rep;
  const how = { why: { kind: 'outOfOffice' }, quiet: false } as const;
  const around = surroundings(told, rules.standing);
  const passed = passOn(told.handoff, null, how, around, rules.policy, told.now);
  const [moved] = passed && 'events' in passed ? passed.events : [];
  if (moved?.type !== 'reassigned') throw new Error(`Nobody takes over from ${from}`);
  return does(told, { type: 'moveOn', from, assignment: moved.assignment, ...how }, rules);
};

/** Who decides over it. */
export function managerIn({ handoff }: Told, { policy }: Rules): PersonId {
  return managerOf(policy, handoff.assignment);
}
