import { nameOf } from '../../domain/lead/who-is.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import { tomorrowAt } from '../../domain/time/named-times.ts';
import { dateTime, joined, type Line } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import { foreseeCover } from '../watch/foresee-cover.ts';
import type { AbsenceNeeds } from './absence-needs.ts';
import { type AskedAbsence, absenceToWords, cancelWord, goWord } from './asked-absence.ts';
import { outOfOffice } from './out-of-office.ts';
import { said, sayIt } from './said.ts';

const namedMax = 5;

/** Asks whether somebody means to go away, and says what would become of their leads. */
export async function absenceQuestion(
  person: PersonId,
  asked: AskedAbsence,
  speak: Words,
  needs: AbsenceNeeds,
): Promise<Reply> {
  const { askedAt, from, until } = asked;
  const tomorrow = tomorrowAt(hoursOf(needs.policy(), person), askedAt, 0);
  const canWait = from < tomorrow && (!until || until > tomorrow);
  const say = (absence: AskedAbsence) => `ooo ${goWord} ${absenceToWords(absence)}`;
  const what = from > askedAt ? plan(asked, speak) : await prospect(person, asked, speak, needs);
  return said(speak.text('absence.askTitle'), what, [
    { kind: 'say', words: say(asked), label: speak.text('absence.goAway'), primary: true },
    ...(canWait ? [sayIt(say({ ...asked, from: tomorrow }), speak.text('absence.fromTomorrow'))] : []),
    sayIt(`ooo ${cancelWord}`, speak.text('absence.cancel')),
  ]);
}

function plan({ from, until }: AskedAbsence, speak: Words): Line {
  return until
    ? speak.line('absence.later', { from: dateTime(from), until: dateTime(until) })
    : speak.line('absence.laterOpen', { from: dateTime(from) });
}

/** From when until when, and what would become of the leads that they have. */
async function prospect(
  person: PersonId,
  { from, until }: AskedAbsence,
  speak: Words,
  needs: AbsenceNeeds,
): Promise<Line> {
  const away = { from, until, why: outOfOffice };
  const { goes, stays, accepted } = await foreseeCover(needs)(person, away);
  const told = (leads: readonly HandoffView[]) => ({ count: leads.length, leads: namesIn(leads, speak) });
  const sentences = [
    until ? speak.line('absence.fromNow', { until: dateTime(until) }) : speak.line('absence.fromNowOpen'),
    goes.length > 0 ? speak.line('absence.wouldGo', told(goes)) : null,
    stays.length > 0 ? speak.line('absence.wouldStay', told(stays)) : null,
    goes.length + stays.length === 0 ? speak.line('absence.nothingGoes') : null,
    accepted.length > 0 ? speak.line('absence.acceptedStay') : null,
  ];
  return joined(
    sentences.flatMap((one) => (one ? [one] : [])),
    ' ',
  );
}

function namesIn(views: readonly HandoffView[], speak: Words): string {
  const names = views.slice(0, namedMax).map(({ lead }) => nameOf(lead));
  const left = views.length - names.length;
  return speak.list(left > 0 ? [...names, speak.text('absence.andMore', { count: left })] : names);
}
