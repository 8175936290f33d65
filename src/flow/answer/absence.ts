import type { PersonId } from '../../domain/policy/policy.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import { readAbsence } from '../../domain/time/named-absence.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { AbsenceNeeds } from './absence-needs.ts';
import { absenceQuestion } from './absence-question.ts';
import { absenceUnread } from './absence-unread.ts';
import { absenceFromWords, cancelWord, goWord, undoWord } from './asked-absence.ts';
import { goAway } from './go-away.ts';
import { said } from './said.ts';
import { undoAbsence } from './undo-absence.ts';

/** Answers `ooo …`: with the question first, and what would become of their leads; a press on its buttons does it. */
export async function ooo(
  person: PersonId,
  words: string,
  speak: Words,
  needs: AbsenceNeeds,
): Promise<Reply> {
  const [word = '', ...rest] = words.split(' ');
  const meant = absenceFromWords(rest.join(' '));
  switch (word.toLowerCase()) {
    case cancelWord:
      return said(speak.text('absence.cancelled'), speak.line('absence.cancelledText'));
    case goWord:
      return meant ? goAway(person, meant, speak, needs) : absenceUnread('absence.notATime', words, speak);
    case undoWord:
      return meant
        ? undoAbsence(person, meant, speak, needs)
        : absenceUnread('absence.notATime', words, speak);
    default:
      return askFirst(person, words, speak, needs);
  }
}

async function askFirst(person: PersonId, words: string, speak: Words, needs: AbsenceNeeds): Promise<Reply> {
  const now = needs.clock();
  const hours = hoursOf(needs.policy(), person);
  const read = words === '' ? { from: null, until: null } : readAbsence(words, hours, now, speak.language);
  if (!read) {
    return absenceUnread(/^\d+$/.test(words) ? 'absence.notACount' : 'absence.notATime', words, speak);
  }
  const { from, until } = read;
  if (until && until <= now) return absenceUnread('absence.hasPassed', words, speak);
  if (until && from && until <= from) return absenceUnread('absence.endsFirst', words, speak);
  return absenceQuestion(person, { askedAt: now, from: from ?? now, until }, speak, needs);
}
