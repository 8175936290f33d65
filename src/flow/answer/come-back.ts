import type { PersonId } from '../../domain/policy/policy.ts';
import { absenceAt } from '../../domain/routing/availability.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { Holds } from '../ports/inbox.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { said } from './said.ts';

type Needs = {
  directory: Directory;
  holds: Holds;
  clock: Clock;
  heed: (person: PersonId) => Promise<void>;
};

/** Puts somebody back into the rotation. What they have in HubSpot still counts. */
export async function comeBack(
  person: PersonId,
  speak: Words,
  { directory, holds, clock, heed }: Needs,
): Promise<Reply> {
  const now = clock();
  await directory.saveAbsences(person, 'chat', [], now);
  await directory.saveAbsences(person, 'silence', [], now);
  await directory.startAfresh(person);
  await heed(person);
  await holds.wakeAll(now);
  const still = absenceAt(now, (await directory.absences(now)).get(person));
  return still
    ? said(speak.text('absence.stillAwayTitle'), speak.line('absence.stillAway'))
    : said(speak.text('absence.backTitle'), speak.line('absence.back'));
}
