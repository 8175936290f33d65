import type { HandoffState, LeadState } from '../protocol.ts';
import { firstName, when } from './words.ts';

/** Where a lead stands between marketing and sales, at a glance. */
export type Standing = {
  tone: 'quiet' | 'new' | 'late' | 'active' | 'held' | 'done';
  text: string;
};

export function standingOf(lead: LeadState, reader: { now: number; zone: string }): Standing {
  if (lead.handoff) return handoffStanding(lead.handoff, reader);
  // What the lead did stands in the log; what it lacks is what somebody has to see to.
  if (lead.decision?.kind === 'held') {
    return { tone: 'held', text: `Held back: ${lead.decision.reason.split(', but ').at(-1)}` };
  }
  if (lead.decision) return { tone: 'quiet', text: `Left alone: ${lead.decision.reason}` };
  return { tone: 'quiet', text: lead.jobTitle ?? 'Nothing known yet' };
}

function handoffStanding(
  { status, outcome, holder, dueAt }: HandoffState,
  { now, zone }: { now: number; zone: string },
): Standing {
  const who = firstName(holder);
  const isLate = dueAt !== null && dueAt < now;
  const due = dueAt === null ? '' : when(dueAt, now, zone);
  switch (status) {
    case 'offered':
      return isLate
        ? { tone: 'late', text: `No answer by ${who}, due ${due}` }
        : { tone: 'new', text: `${who} to answer by ${due}` };
    case 'accepted':
      return isLate
        ? { tone: 'late', text: `No touch by ${who}, due ${due}` }
        : { tone: 'active', text: `With ${who}, touch by ${due}` };
    case 'working':
      return { tone: 'active', text: `${who} is working on it` };
    default:
      return { tone: 'done', text: `Closed: ${outcome ?? status}` };
  }
}
