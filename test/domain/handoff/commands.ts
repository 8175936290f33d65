import type { Command } from '../../../src/domain/handoff/decide.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { acceptedAt, assignment, ben, policy, reason, touch } from '../../support/examples.ts';

export const now = acceptedAt;

export const rules = policy({
  disqualifyReasons: [
    ...policy().disqualifyReasons,
    reason('no_answer', 'No answer', { outcome: 'unresponsive' }),
  ],
});

export const accept = (by: PersonId): Command => ({ type: 'accept', by });
export const logTouch = (by: PersonId): Command => ({ type: 'logTouch', by, touch: touch() });
export const disqualify = (by: PersonId, why = 'not_a_fit', note = ''): Command => ({
  type: 'disqualify',
  by,
  reason: why,
  note,
});
export const handBack = (by: PersonId, why = 'wrong_territory', note = ''): Command => ({
  type: 'handBack',
  by,
  reason: why,
  note,
  to: assignment({ rep: ben, at: now }),
});
export const snooze = (by: PersonId): Command => ({ type: 'snooze', by, choice: '30min' });
export const reassign = (by: PersonId, to = ben): Command => ({ type: 'reassign', by, to });
export const takeIt = (by: PersonId): Command => ({ type: 'takeIt', by });
export const giveGrace = (by: PersonId): Command => ({ type: 'giveGrace', by, grace: 60 });
export const ping = (by: PersonId): Command => ({ type: 'ping', by });
export const show = (by: PersonId): Command => ({ type: 'show', by });
