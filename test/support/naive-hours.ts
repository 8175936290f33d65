import type { WorkingMs } from './naive-measures.ts';

/** When somebody works from Monday to Friday, in minutes of the local day, and when they are away. */
export type Works = { zone: string; from: number; to: number; away?: { from: Date; until: Date } };

/** Working time by adding up, from a list of everybody's days between two dates. */
export function naiveHours(people: ReadonlyMap<string, Works>, first: string, days: number): WorkingMs {
  const stretches = new Map([...people].map(([person, works]) => [person, stretchesOf(works, first, days)]));
  return (person, from, to) => {
    let total = 0;
    for (const stretch of stretches.get(person) ?? []) {
      if (stretch.to <= from) continue;
      if (stretch.from >= to) break;
      total += Math.min(stretch.to, to) - Math.max(stretch.from, from);
    }
    return total;
  };
}

function stretchesOf({ zone, from, to, away }: Works, first: string, days: number) {
  const stretches: { from: number; to: number }[] = [];
  for (let day = 0; day < days; day += 1) {
    const midnight = Date.parse(`${first}T00:00:00Z`) + day * 86_400_000;
    const weekday = new Date(midnight).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const ahead = minutesAhead(zone, midnight + 12 * 3_600_000) * 60_000;
    const [begins, ends] = [midnight + from * 60_000 - ahead, midnight + to * 60_000 - ahead];
    const [gone, back] = [away?.from.getTime() ?? ends, away?.until.getTime() ?? ends];
    stretches.push({ from: begins, to: Math.min(ends, Math.max(begins, gone)) });
    stretches.push({ from: Math.max(begins, Math.min(ends, back)), to: ends });
  }
  return stretches.filter((one) => one.from < one.to);
}

/** How far a zone is ahead of UTC; nobody works while clocks change. */
function minutesAhead(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
