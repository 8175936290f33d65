import { nameOf } from '../../domain/lead/who-is.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { dateTime, type Line, line, person as named } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { AbsenceNeeds } from './absence-needs.ts';
import { absenceQuestion } from './absence-question.ts';
import { type AskedAbsence, absenceToWords, undoWord } from './asked-absence.ts';
import { movedBy } from './moved-by-absence.ts';
import { outOfOffice } from './out-of-office.ts';
import { said, sayIt } from './said.ts';

/** After so long a question is asked anew: what would become of the leads is another by then. */
const askedMaxMs = 15 * 60_000;
const namedMax = 5;

/** Takes somebody out of the rotation, as they were asked; whoever says it twice goes once. */
export async function goAway(
  person: PersonId,
  asked: AskedAbsence,
  speak: Words,
  needs: AbsenceNeeds,
): Promise<Reply> {
  const { directory, clock, heed } = needs;
  const now = clock();
  const { askedAt, from, until } = asked;
  const isLater = from > now;
  if (until && until <= now) {
    return said(speak.text('absence.cancelled'), speak.line('absence.isPast', { until: dateTime(until) }));
  }
  if (+now - +askedAt > askedMaxMs) {
    return absenceQuestion(person, { askedAt: now, from: isLater ? from : now, until }, speak, needs);
  }
  await directory.saveAbsences(person, 'chat', [{ from, until, why: outOfOffice }], now);
  await heed(person);
  // When they went stands in the place of the end, which nobody needs for undoing it.
  const undo = sayIt(
    `ooo ${undoWord} ${absenceToWords({ askedAt, from, until: now })}`,
    speak.text('absence.undo'),
  );
  if (isLater) return said(speak.text('absence.awayLaterTitle'), later(asked, speak), [undo]);

  const moved = await movedBy(person, askedAt, needs);
  const told = until
    ? speak.line('absence.awayUntil', { until: dateTime(until) })
    : speak.line('absence.awayOpen');
  const went = await whoGot(moved, speak, needs);
  const imBack = sayIt('back', speak.text('absence.imBack'));
  return {
    ...said(speak.text('absence.awayTitle'), went ? line`${told} ${went}.` : told, [undo, imBack]),
    about: moved.map(({ lead }) => lead.id),
  };
}

function later({ from, until }: AskedAbsence, speak: Words): Line {
  const at = { from: dateTime(from) };
  return until
    ? speak.line('absence.awayLater', { ...at, until: dateTime(until) })
    : speak.line('absence.awayLaterOpen', at);
}

async function whoGot(
  moved: readonly HandoffView[],
  speak: Words,
  { directory }: AbsenceNeeds,
): Promise<Line | null> {
  if (moved.length === 0) return null;
  const names = namesOf(await directory.people());
  const went = moved.slice(0, namedMax).map(({ lead, handoff }) => {
    const rep = named(handoff.assignment.rep, names);
    return speak.line('absence.went', { lead: nameOf(lead), rep });
  });
  const left = moved.length - went.length;
  return speak.lines(left > 0 ? [...went, speak.line('absence.andMore', { count: left })] : went);
}
