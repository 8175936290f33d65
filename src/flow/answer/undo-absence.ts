import { nameOf } from '../../domain/lead/who-is.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Assignment } from '../../domain/routing/route.ts';
import { joined, type Line, type Names, person as named } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { AbsenceNeeds } from './absence-needs.ts';
import type { AskedAbsence } from './asked-absence.ts';
import { movedBy } from './moved-by-absence.ts';
import { isOutOfOffice } from './out-of-office.ts';
import { said, sayIt } from './said.ts';

const undoMs = 5 * 60_000;

/**
 * Ends an absence that has just been said, and gives back what went to others by it and nobody has answered meanwhile.
 * @param gone in the place of its end, when it was said
 */
export async function undoAbsence(
  person: PersonId,
  { askedAt, from, until: gone }: AskedAbsence,
  speak: Words,
  needs: AbsenceNeeds,
): Promise<Reply> {
  const now = needs.clock();
  const absences = (await needs.directory.absences(now)).get(person) ?? [];
  const isThere = absences.some(
    ({ from: began, until, why }) => +began === +from && isOutOfOffice(why) && (!until || until > now),
  );
  if (!isThere) {
    return said(speak.text('absence.cancelled'), speak.line('absence.nothingToUndo'));
  }
  if (!gone || +now - +gone > undoMs) {
    const imBack = sayIt('back', speak.text('absence.imBack'));
    return said(speak.text('absence.tooLateTitle'), speak.line('absence.tooLate'), [imBack]);
  }
  await needs.directory.saveAbsences(person, 'chat', [], now);
  // Before anything is theirs again, as what is due depends on it.
  await needs.heed(person);
  const moved = await movedBy(person, askedAt, needs);
  const back: HandoffView[] = [];
  for (const view of moved) if (await giveBack(view, person, needs)) back.push(view);
  await needs.holds.wakeAll(now);
  const names = namesOf(await needs.directory.people());
  const others = await needs.handoffs.views(
    moved.filter((view) => !back.includes(view)).map(({ handoff }) => handoff.id),
  );
  return {
    ...said(speak.text('absence.undoneTitle'), whatCame(back, others, names, speak)),
    about: moved.map(({ lead }) => lead.id),
  };
}

/** By the same assignment that they had, from now on. @returns whether it is theirs again */
async function giveBack(
  { handoff, log }: HandoffView,
  person: PersonId,
  { handoffs, policyOf, clock }: AbsenceNeeds,
): Promise<boolean> {
  const theirs = log
    .flatMap(({ event }): Assignment[] => ('assignment' in event ? [event.assignment] : []))
    .findLast(({ rep }) => rep === person);
  if (!theirs) return false;
  const command = { type: 'giveBack', assignment: { ...theirs, at: clock() } } as const;
  const cause = { by: person, at: clock(), commandId: null };
  const changed = await changeHandoff(handoffs, policyOf, handoff.id, command, cause);
  return changed?.handoff.assignment.rep === person && changed.handoff.status === 'offered';
}

function whatCame(
  back: readonly HandoffView[],
  others: readonly HandoffView[],
  names: Names,
  speak: Words,
): Line {
  const leads = speak.list(back.map(({ lead }) => nameOf(lead)));
  const stayed = others.map(({ lead, handoff }) =>
    handoff.status === 'closed'
      ? speak.line('absence.isOver', { lead: nameOf(lead) })
      : speak.line('absence.stayedWith', {
          lead: nameOf(lead),
          rep: named(handoff.assignment.rep, names),
        }),
  );
  const came = back.length > 0 ? [speak.line('absence.cameBack', { count: back.length, leads })] : [];
  const all = [...came, ...stayed];
  return all.length > 0 ? joined(all, ' ') : speak.line('absence.cancelledText');
}
