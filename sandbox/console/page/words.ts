const formats = new Map<string, Intl.DateTimeFormat>();

/** A time in a zone, in American English. Making a format is slow, and a page has hundreds of times. */
export function formatted(ms: number, zone: string, options: Intl.DateTimeFormatOptions): string {
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
