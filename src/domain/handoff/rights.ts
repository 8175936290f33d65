import { teamOf } from '../policy/people-of.ts';
import type { PersonId, Policy } from '../policy/policy.ts';
import { decidesOver, managerOf } from '../policy/who-decides.ts';
import { type Handoff, type Logged, type Outcome, openTo, running } from './handoff.ts';

/** What people do on a card, by name. */
export type ActName =
  | 'accept'
  | 'logTouch'
  | 'disqualify'
  | 'handBack'
  | 'snooze'
  | 'reassign'
  | 'takeIt'
  | 'giveGrace'
  | 'ping'
  | 'show'
  | 'fillIn'
  | 'overturn'
  | 'undo'
  | 'update';

/** Why somebody may not do something, whatever they would say with it. */
export type Denial =
  | { refused: 'closed'; outcome: Outcome }
  | { refused: 'notYours'; holder: PersonId }
  | { refused: 'managersOnly'; manager: PersonId }
  | { refused: 'alreadyAccepted'; acceptedAt: Date }
  | { refused: 'alreadyHolds'; rep: PersonId }
  | { refused: 'nothingRunning' }
  | { refused: 'nothingWanted' }
  | { refused: 'notSentBack' }
  | { refused: 'nothingToUndo' };

/**
 * Who may do it: the holder; who decides over the handoff, which is its manager or the fallback person; either; these and
 * the admins; who decides over it and whoever it is open to; or whoever did last what can be taken back. `while`: what must be so besides that it is not closed;
 * `sentBack`: that it was.
 */
type Right = {
  who: 'holder' | 'decider' | 'holderOrDecider' | 'holderDeciderOrAdmin' | 'deciderOrClaimant' | 'doer';
  while?: 'unanswered' | 'running' | 'heldByOthers' | 'wanted' | 'sentBack';
  /** Also when it is closed. */
  everAfter?: true;
};

const rights: Readonly<Record<ActName, Right>> = {
  accept: { who: 'holder', while: 'unanswered' },
  logTouch: { who: 'holder' },
  disqualify: { who: 'holderOrDecider' },
  handBack: { who: 'holder' },
  snooze: { who: 'holder', while: 'running' },
  reassign: { who: 'decider' },
  takeIt: { who: 'deciderOrClaimant', while: 'heldByOthers' },
  giveGrace: { who: 'decider', while: 'running' },
  ping: { who: 'decider', while: 'heldByOthers' },
  show: { who: 'holderOrDecider' },
  overturn: { who: 'decider', while: 'sentBack', everAfter: true },
  undo: { who: 'doer', everAfter: true },
  fillIn: { who: 'holderDeciderOrAdmin', while: 'wanted', everAfter: true },
  update: { who: 'holderDeciderOrAdmin' },
};

/** Of which leads somebody may see everything: of all, or of those that they or one of these teams have to do with. */
export type Sight = 'all' | { person: PersonId; teams: readonly string[] };

/**
 * What somebody may see: leads that they have or had, or were offered, and those of the teams over which they decide; the
 * fallback and the admins all; besides, whatever the policy lets them see.
 */
export function sightOf(person: PersonId, policy: Policy): Sight {
  const { why } = policy.whoSees;
  if (why === 'everybody' || [policy.routing.fallback, ...policy.admins].includes(person)) return 'all';
  const own = why === 'team' ? teamOf(policy, person)?.name : undefined;
  const seen = policy.teams.filter(({ name, manager }) => manager === person || name === own);
  return { person, teams: seen.map(({ name }) => name) };
}

/** Whether a lead is in somebody's sight, by all handoffs of it with their logs. */
export function isInSight(sight: Sight, past: readonly { log: readonly Logged[] }[]): boolean {
  if (sight === 'all') return true;
  const { person, teams } = sight;
  return past.some(({ log }) =>
    log.some(({ event }) => {
      if ('openTo' in event && event.openTo.includes(person)) return true;
      if (!('assignment' in event)) return false;
      const { rep, openTo = [], team } = event.assignment;
      return rep === person || openTo.includes(person) || (team !== null && teams.includes(team));
    }),
  );
}

/** Why a person may not do something as the handoff stands; null when they may. */
export function denial(act: ActName, by: PersonId, handoff: Handoff, policy: Policy): Denial | null {
  const right = rights[act];
  if (handoff.status === 'closed' && !right.everAfter) {
    return { refused: 'closed', outcome: handoff.outcome };
  }
  return wrongPerson(right.who, by, handoff, policy) ?? wrongTime(right.while, by, handoff);
}

function wrongPerson(who: Right['who'], by: PersonId, handoff: Handoff, policy: Policy): Denial | null {
  const { assignment } = handoff;
  const holder = assignment.rep;
  const decides = decidesOver(policy, assignment, by);
  const notYours: Denial = { refused: 'notYours', holder };
  const managersOnly: Denial = { refused: 'managersOnly', manager: managerOf(policy, assignment) };
  switch (who) {
    case 'holder':
      return by === holder ? null : notYours;
    case 'decider':
      return decides ? null : managersOnly;
    case 'holderOrDecider':
      return by === holder || decides ? null : notYours;
    case 'holderDeciderOrAdmin':
      return by === holder || decides || policy.admins.includes(by) ? null : notYours;
    case 'doer':
      return handoff.undoable?.by === by ? null : { refused: 'nothingToUndo' };
    case 'deciderOrClaimant': {
      if (decides || openTo(handoff).includes(by)) return null;
      // Somebody was faster: the pool is closed, and its members hear who has it.
      const wasOpen = teamOf(policy, by)?.name === assignment.team;
      return wasOpen ? notYours : managersOnly;
    }
    default:
      return who satisfies never;
  }
}

function wrongTime(state: Right['while'], by: PersonId, handoff: Handoff): Denial | null {
  switch (state) {
    case undefined:
      return null;
    case 'sentBack':
      return handoff.status === 'closed' && handoff.sentBack ? null : { refused: 'notSentBack' };
    case 'unanswered':
      return 'acceptedAt' in handoff ? { refused: 'alreadyAccepted', acceptedAt: handoff.acceptedAt } : null;
    case 'running':
      return running(handoff) ? null : { refused: 'nothingRunning' };
    case 'wanted':
      return handoff.heldUp?.wants.length ? null : { refused: 'nothingWanted' };
    case 'heldByOthers': {
      const { rep } = handoff.assignment;
      return by === rep ? { refused: 'alreadyHolds', rep } : null;
    }
    default:
      return state satisfies never;
  }
}
