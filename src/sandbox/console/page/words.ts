const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, and a page has hundreds of times. */
function formatted(ms: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = zone + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
  formats.set(key, format);
  return format.format(ms);
}

const hourAndMinute = { hour: 'numeric', minute: '2-digit' } as const;

/** `9:03 AM` */
export function time(ms: number, zone: string): string {
  return formatted(ms, zone, hourAndMinute);
}

/** `9:03:27 AM` */
export function timeWithSeconds(ms: number, zone: string): string {
  return formatted(ms, zone, { ...hourAndMinute, second: '2-digit' });
}

/** `Monday, November 16` */
export function day(ms: number, zone: string): string {
  return formatted(ms, zone, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** `Nov 16` */
export function shortDay(ms: number, zone: string): string {
  return formatted(ms, zone, { month: 'short', day: 'numeric' });
}

/** `9:03 AM` today, otherwise with the day: `Tue 9:03 AM` within a week, or `Nov 3, 9:03 AM`. */
export function when(ms: number, now: number, zone: string): string {
  if (day(ms, zone) === day(now, zone)) return time(ms, zone);
  const isNear = Math.abs(ms - now) < 6 * 86_400_000;
  const named = isNear ? formatted(ms, zone, { weekday: 'short' }) : `${shortDay(ms, zone)},`;
  return `${named} ${time(ms, zone)}`;
}

/** `America/New_York` → `New York` */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return chosen.map((word) => [...(word ?? '')][0] ?? '').join('');
}

/** `Ada Okafor` → `Ada` */
export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

const dayFormats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { month: 'long', day: 'numeric', year: 'numeric' },
  date_short: { month: 'short', day: 'numeric', year: 'numeric' },
  date_long: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: hourAndMinute,
  time_secs: { ...hourAndMinute, second: '2-digit' },
};

/**
 * A date of a rich text as Slack writes it: in the reader's zone, its first letter large.
 * @param format with Slack's tokens, such as `{date_short_pretty} at {time}`
 */
export function slackDate(ms: number, format: string, reader: { zone: string; now: number }): string {
  const words = format.replaceAll(/\{(\w+?)(_pretty)?\}/g, (token, name: string, pretty?: string) => {
    const options = dayFormats[name];
    if (options === undefined) return token;
    return (pretty && nearDay(ms, reader)) || formatted(ms, reader.zone, options);
  });
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function nearDay(ms: number, { zone, now }: { zone: string; now: number }): string | null {
  const near = { today: 0, yesterday: -1, tomorrow: 1 };
  for (const [word, days] of Object.entries(near)) {
    if (day(ms, zone) === day(now + days * 86_400_000, zone)) return word;
  }
  return null;
}
