import { askedUntil, hasMeeting, isLate, leftAloneUntil, toneOf } from '../card/card-status.ts';
import type { ReplyAction, Row } from '../card/reply-action.ts';
import { running } from '../handoff/handoff.ts';
import { whoIs } from '../lead/who-is.ts';
import type { Member, PersonId } from '../policy/policy.ts';
import { decidesOver } from '../policy/who-decides.ts';
import { absenceAt } from '../routing/availability.ts';
import { isWorkingAt, nextWorkingInstant } from '../time/calendar.ts';
import { bold, dateTime, joined, type Line, person } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import { managedBy, type OpenLead } from './home-facts.ts';
import type { HomeView } from './home-view.ts';
import { byUrgency, dueOf, withTrigger } from './queue.ts';

/** Whether a lead waits for the reader's decision: its rep lets it wait, asks for time, or cannot be reached. */
export function awaitsDecision({ handoff }: OpenLead, { reader, policy, now }: HomeView): boolean {
  if (!running(handoff) || !decidesOver(policy, handoff.assignment, reader)) return false;
  const isTheirs = handoff.escalatedTo === reader;
  return isTheirs && (isLate(handoff) || handoff.unreachable !== null || askedUntil(handoff, now) !== null);
}

/** A lead that somebody else has, for whoever decides over it. */
export function teamRow(lead: OpenLead, view: HomeView): Row {
  const { handoff } = lead;
  return {
    tone: running(handoff) && handoff.unreachable ? 'late' : toneOf(handoff, view.now),
    text: [bold(whoIs(lead.lead))],
    detail: withTrigger(standing(lead, view), lead, view),
    actions: [reassign(lead, view)],
  };
}

function reassign({ handoff }: OpenLead, { words }: HomeView): ReplyAction {
  return { kind: 'form', form: 'reassign', handoffId: handoff.id, label: words.text('home.reassign') };
}

function standing({ handoff }: OpenLead, { names, words, now }: HomeView): Line {
  const who = person(handoff.assignment.rep, names);
  const ticking = running(handoff);
  if (!ticking) return words.line(hasMeeting(handoff) ? 'home.hasMeeting' : 'home.isOnIt', { who });
  if (handoff.unreachable)
    return words.line('home.unreachable', { who, why: whyLine(handoff.unreachable, words) });
  const due = dateTime(ticking.due);
  const [asked, asleep] = [askedUntil(handoff, now), leftAloneUntil(handoff, now)];
  if (asked) return words.line('home.asksForTime', { who, until: dateTime(asked), due });
  const isAnswer = ticking.clock === 'acknowledge';
  if (isLate(handoff)) return words.line(isAnswer ? 'home.unanswered' : 'home.untouched', { who, due });
  if (asleep) return words.line('home.isAsleep', { who, until: dateTime(asleep), due });
  return words.line(isAnswer ? 'home.hasUntilAccept' : 'home.hasUntilTouch', { who, due });
}

/** Who has what: a line for each member of the teams that the reader manages, who has the most urgent first. */
export function boardRows(view: HomeView): Row[] {
  return membersRows(view, () => true);
}

/** Likewise, of those who are away while leads of theirs are open. */
export function awayRows(view: HomeView): Row[] {
  return membersRows(view, (id, leads) => leads.length > 0 && absenceOf(id, view) !== null);
}

function membersRows(
  view: HomeView,
  isShown: (member: PersonId, leads: readonly OpenLead[]) => boolean,
): Row[] {
  const members = managedBy(view.policy, view.reader).flatMap((team) => team.members);
  const leadsOf = Map.groupBy(view.facts.open, ({ handoff }) => handoff.assignment.rep);
  const rows = [...new Map(members.map((member) => [member.id, member])).values()]
    .filter(({ id }) => id !== view.reader)
    .map((member) => ({ member, leads: byUrgency(leadsOf.get(member.id) ?? []) }))
    .filter(({ member, leads }) => isShown(member.id, leads));
  const late = (leads: readonly OpenLead[]) => leads.filter(({ handoff }) => isLate(handoff)).length;
  return rows
    .toSorted((a, b) => late(b.leads) - late(a.leads) || b.leads.length - a.leads.length)
    .map(({ member, leads }) => memberRow(member, leads, view));
}

function memberRow(member: Member, leads: readonly OpenLead[], view: HomeView): Row {
  const { words, names } = view;
  const late = leads.filter(({ handoff }) => isLate(handoff)).length;
  const next = leads.find((lead) => !isLate(lead.handoff) && dueOf(lead));
  const due = next && dueOf(next);
  const away = whereTheyAre(member, view);
  const parts = [
    leads.length > 0 ? words.line('home.countOpen', { count: leads.length }) : words.line('home.nothingOpen'),
    ...(late > 0 ? [words.line('home.countLate', { count: late })] : []),
    ...(due ? [words.line('home.nextDue', { due: dateTime(due) })] : []),
    ...(away ? [away] : []),
  ];
  return {
    tone: late > 0 ? 'late' : leads.length > 0 ? 'active' : 'done',
    text: [bold(names.get(member.id) ?? member.id)],
    detail: joined(parts, ' · '),
    actions:
      leads.length > 0 ? [{ kind: 'say', words: `queue ${member.id}`, label: words.text('home.leads') }] : [],
  };
}

/** That somebody is not at work, and until when; null when they are. */
function whereTheyAre({ id, hours }: Member, view: HomeView): Line | null {
  const { words, now } = view;
  const away = absenceOf(id, view);
  if (away?.until) return words.line('home.awayUntil', { until: dateTime(away.until) });
  if (away) return words.line('home.awayOpenEnded');
  if (isWorkingAt(hours, now)) return null;
  return words.line('home.offUntil', { at: dateTime(nextWorkingInstant(hours, now)) });
}

export function absenceOf(id: PersonId, { absences, now }: HomeView) {
  return absenceAt(now, absences.get(id));
}
