import { dateTime, type Line, line } from '../../domain/card/text.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import { readUntil } from '../../domain/time/named-times.ts';
import type { Reply } from '../ports/chat.ts';
import type { Holds } from '../ports/inbox.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';

type Needs = {
  directory: Directory;
  holds: Holds;
  policy: () => Policy;
  clock: Clock;
  /** Called when somebody's absences have changed; sees to the leads they have. */
  heed: (person: PersonId) => Promise<void>;
};

/** What can be said of when somebody is back, by example. */
export const timesToCome = 'today, 14:00, friday, 2026-12-24 or 3 days';

/** Takes somebody out of the rotation, until a time or until they say that they are back. */
export async function goAway(
  person: PersonId,
  words: string,
  { directory, policy, clock, heed }: Needs,
): Promise<Reply | { wrong: string }> {
  const now = clock();
  const until = words === '' ? null : readUntil(words, hoursOf(policy(), person), now);
  if (words !== '' && !until) {
    return { wrong: `I do not understand "${words}" as a time to come: ${timesToCome}.` };
  }
  await directory.saveAbsences(person, 'chat', [{ from: now, until, why: 'out of office' }], now);
  await heed(person);
  const back = until ? line`until ${dateTime(until)}` : line`until you say that you are back`;
  return said('You are out of office', [
    ...line`No new leads for you `,
    ...back,
    ...line`. What you have not answered goes to others if it cannot wait; what you have accepted stays yours.`,
  ]);
}

/** Puts somebody back into the rotation. What they have in HubSpot still counts. */
export async function comeBack(person: PersonId, { directory, holds, clock, heed }: Needs): Promise<Reply> {
  const now = clock();
  await directory.saveAbsences(person, 'chat', [], now);
  await directory.saveAbsences(person, 'silence', [], now);
  await directory.startAfresh(person);
  await heed(person);
  await holds.wakeAll(now);
  const still = (await directory.absences(now))
    .get(person)
    ?.find(({ from, until }) => from <= now && (!until || until > now));
  return still
    ? said('HubSpot still has you away', line`Change it in your HubSpot profile: ${still.why}.`)
    : said(
        'Welcome back',
        line`You take leads again. You get your usual share, and none of those you missed.`,
      );
}

function said(title: string, text: Line): Reply {
  return { title, sections: [{ kind: 'text', title: '', text }] };
}
