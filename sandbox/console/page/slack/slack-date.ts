import { day, formatted } from '../words.ts';

const dayFormats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { month: 'long', day: 'numeric', year: 'numeric' },
  date_short: { month: 'short', day: 'numeric', year: 'numeric' },
  date_long: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/**
 * A date of a rich text as Slack writes it: in the reader's zone, its first letter large.
 * @param format with Slack's tokens, such as `{date_short_pretty} at {time}`
 */
export function slackDate(ms: number, format: string, reader: { zone: string; now: number }): string {
  const words = format.replaceAll(/\{(\w+?)(_pretty)?\}/g, (token, name: string, pretty?: string) => {
    if (name === 'ago') return ago(reader.now - ms);
    const options = dayFormats[name];
    if (options === undefined) return token;
    return (pretty && nearDay(ms, reader)) || formatted(ms, reader.zone, options);
  });
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const agos = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps = [
  { unit: 'second', ms: 1000, below: 60 },
  { unit: 'minute', ms: 60_000, below: 60 },
  { unit: 'hour', ms: 3_600_000, below: 24 },
] as const;

function ago(ms: number): string {
  const step = steps.find((one) => ms / one.ms < one.below) ?? ({ unit: 'day', ms: 86_400_000 } as const);
  return agos.format(-Math.round(ms / step.ms), step.unit);
}

function nearDay(ms: number, { zone, now }: { zone: string; now: number }): string | null {
  const near = { today: 0, yesterday: -1, tomorrow: 1 };
  for (const [word, days] of Object.entries(near)) {
    if (day(ms, zone) === day(now + days * 86_400_000, zone)) return word;
  }
  return null;
}
