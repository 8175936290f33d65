import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import { readUntil } from '../../domain/time/named-times.ts';
import { dateTime, type Line, line } from '../../domain/words/line.ts';
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
export const timesToCome = 'today, tomorrow 14:00, friday, 3 days or a date such as 2030-12-24';

const say = `Say ${timesToCome}.`;

function notUnderstood(words: string): string {
  return /^\d+$/.test(words)
    ? `I do not know what "${words}" counts. Say a time such as 14:00 or 2pm, or "${words} days".`
    : `I do not understand until when "${words}" is. ${say}`;
}

/** Takes somebody out of the rotation, until a time or until they say that they are back. */
export async function goAway(
  person: PersonId,
  words: string,
  { directory, policy, clock, heed }: Needs,
): Promise<Reply | { wrong: string }> {
  const now = clock();
  const read = (said: string) => readUntil(said, hoursOf(policy(), person), now);
  const until = words === '' ? null : read(words);
  if (words !== '' && !until) return { wrong: notUnderstood(words) };
  if (until && until <= now) {
    const time = words.replace(/^(?:(?:until|today|at) )+/i, '');
    const isTime = read(`tomorrow ${time}`) !== null;
    return {
      wrong: isTime ? `${time} has passed today: say "tomorrow ${time}".` : `"${words}" has passed. ${say}`,
    };
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
