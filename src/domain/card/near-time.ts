import type { PersonId } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { localDay, zoneAt } from '../time/calendar.ts';
import { ago, dateTime, type Span, time } from '../words/line.ts';
import type { Language } from '../words/words.ts';
import type { CardView } from './card.ts';

/** Within so many days a day of the week says which one is meant. */
const nearDays = 6;

/**
 * A time as it is read at a glance where its reader works: of today the time alone, "9:19 AM"; of this week "Fri 12:09 PM";
 * of any other day that, "Nov 7". Where nobody in particular reads it, it is written out.
 */
export function nearTime(
  at: Date,
  { reader, policy, now, words }: Pick<CardView, 'reader' | 'policy' | 'now' | 'words'>,
): Span {
  if (reader === null) return dateTime(at);
  const zone = zoneAt(hoursOf(policy, reader), now);
  if (localDay(zone, at).date === localDay(zone, now).date) return time(at);
  const isNear = Math.abs(at.getTime() - now.getTime()) < nearDays * 86_400_000;
  return { kind: 'text', text: written(at, isNear ? 'near' : 'far', zone, words.language) };
}

/** The same as plain text, as on a button, for a reader in particular. */
export function nearText(at: Date, view: Parameters<typeof nearTime>[1] & { reader: PersonId }): string {
  const near = nearTime(at, view);
  if (near.kind === 'text') return near.text;
  return written(at, 'today', zoneAt(hoursOf(view.policy, view.reader), view.now), view.words.language);
}

/** How long ago something was, as a part of a sentence; of another day when it was. */
export function nearPast(at: Date, view: Parameters<typeof nearTime>[1]): Span {
  const near = nearTime(at, view);
  return near.kind === 'time' && near.form === 'time' ? ago(at) : near;
}

const styles = {
  today: { hour: 'numeric', minute: '2-digit' },
  near: { weekday: 'short', hour: 'numeric', minute: '2-digit' },
  far: { month: 'short', day: 'numeric' },
} as const;

/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function written(at: Date, style: keyof typeof styles, timeZone: string, language: Language): string {
  const key = `${language} ${timeZone} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...styles[style], timeZone });
  formats.set(key, format);
  // Newer versions of Unicode have a narrow space before AM and PM, which some fonts draw as a box.
  return format.format(at).replaceAll('\u202f', ' ');
}
