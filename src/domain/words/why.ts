import { en } from './en.ts';
import { dateTime, inUtc, joined, type Line, line, type Span, spanText } from './line.ts';
import { placeIn } from './place.ts';
import type { Reason, Why } from './reason.ts';
import { type Argument, type Words, wordsIn } from './words.ts';

/** A reason in words; one that is words already stays as it is. */
export function whyLine(why: Why, words: Words): Line {
  if (typeof why === 'string') return line`${why}`;
  switch (why.kind) {
    case 'sentIn':
      // A meeting page has only an address.
      return why.form.startsWith('Meetings Link: ')
        ? words.line('why.meetingBooked')
        : words.line('why.sentIn', { title: titleOf(why) });
    case 'wrote':
      return why.what === '' ? words.line('why.wroteSomething') : words.line('why.wrote', why);
    case 'olderThan':
      return words.line('why.olderThan', { duration: words.duration(why.minutes) });
    case 'outsideHours':
      return words.line('why.outsideHours', {
        startsAt: words.clock(why.startsAt, why.zone),
        place: placeIn(why.zone),
      });
    case 'each':
      return joined(
        why.of.map((one) => whyLine(one, words)),
        '; ',
      );
    default:
      return plainly(why, words);
  }
}

/** Said of somebody: it goes on after their name, but for what is older than reasons, and was a note. */
export function saidOf(who: Span, why: Why, words: Words): Line {
  const text = whyLine(why, words);
  return isNote(why) ? line`${who}: ${text}` : line`${who} ${text}`;
}

function isNote(why: Why): boolean {
  if (typeof why === 'string') return true;
  return why.kind === 'awayUntil' && isNote(why.why);
}

/** The same as plain text; its times in UTC. */
export function whyText(why: Why, words: Words): string {
  return textOf(whyLine(why, words));
}

/** A line as plain text; its times in UTC. */
export function textOf(said: Line): string {
  return said.map((span) => spanText(span, inUtc)).join('');
}

/** For the log and whoever operates the bot: both are in English. */
export function whyForOperators(why: Why): string {
  return whyText(why, wordsIn('en'));
}

/** By the message of its kind, with its fields as arguments. */
function plainly(reason: Reason, words: Words): Line {
  const { kind, ...fields } = reason;
  // The database may have one of a newer version.
  if (!(kind in en.why)) return line`${kind}`;
  const given = Object.entries(fields).map(
    ([name, value]) => [name, argumentOf(name, value, words)] as const,
  );
  const lineOf = words.line as (key: string, given: Readonly<Record<string, Argument>>) => Line;
  return lineOf(`why.${kind}`, Object.fromEntries(given));
}

type Field = string | number | Date | Why | readonly Why[];

function argumentOf(name: string, field: Field, words: Words): Argument {
  // How many pages HubSpot does not name is worth words only when there are some.
  if (name === 'unnamed') return field === 0 ? '' : words.line('why.unnamedPages', { count: Number(field) });
  if (field instanceof Date) return dateTime(field);
  if (name === 'pages' && Array.isArray(field)) return words.either(field.map(String));
  if (Array.isArray(field)) {
    return joined(
      field.map((one) => whyLine(one, words)),
      ', ',
    );
  }
  return typeof field === 'object' ? whyLine(field as Reason, words) : field;
}

/** The form's own; of one that HubSpot only found on a page and knows by its place in it, as "#contact", the page's. */
function titleOf({ form, page }: Extract<Reason, { kind: 'sentIn' }>): string {
  return page !== null && /^[#.]/.test(form) ? page : form;
}
