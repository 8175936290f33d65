import type { Section } from '../card/card.ts';
import { chatsOf } from '../policy/people-of.ts';
import { chatNames, type PersonId, type Policy, type Weekday, type WorkingWeek } from '../policy/policy.ts';
import { hoursOf, workZone } from '../policy/working-hours.ts';
import type { Words } from '../words/words.ts';

/** Where somebody's cards come, and when they are at work: what of it they may change, and where. */
export function settingsOf(person: PersonId, policy: Policy, words: Words): Section[] {
  const { inOrder, oneIsEnough } = chatsOf(policy, person);
  const chats = inOrder.slice(0, oneIsEnough ? 1 : inOrder.length).map((platform) => chatNames[platform]);
  const zone = workZone(policy, person);
  const hours = zone
    ? `${weekInWords(hoursOf(policy, person).week, words)} (${zone.replaceAll('_', ' ')})`
    : '';
  return [
    {
      kind: 'facts',
      facts: [
        { label: words.text('home.cardsCome'), value: words.list(chats) },
        { label: words.text('home.workingHours'), value: hours },
      ],
    },
    { kind: 'text', title: '', text: words.line('home.whereToChange') },
  ];
}

/** `Mon–Thu 9:00 AM–5:30 PM, Fri 9:00 AM–4:00 PM`. */
function weekInWords(week: WorkingWeek, words: Words): string {
  const runs: { from: Weekday; to: Weekday; spans: string }[] = [];
  for (const day of [1, 2, 3, 4, 5, 6, 7] as const) {
    const spans = (week[day] ?? []).map(
      (span) => `${clock(span.fromMinute, words)}–${clock(span.toMinute, words)}`,
    );
    if (spans.length === 0) continue;
    const said = words.list(spans);
    const last = runs.at(-1);
    if (last && last.to === day - 1 && last.spans === said) last.to = day;
    else runs.push({ from: day, to: day, spans: said });
  }
  const days = ({ from, to }: (typeof runs)[number]) =>
    from === to ? weekday(from, words) : `${weekday(from, words)}–${weekday(to, words)}`;
  return runs.map((run) => `${days(run)} ${run.spans}`).join(', ');
}

/** The fifth of January 2026 was a Monday. */
const mondayMs = Date.UTC(2026, 0, 5);

function weekday(day: Weekday, { language }: Words): string {
  const at = new Date(mondayMs + (day - 1) * 86_400_000);
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short' }).format(at);
}

function clock(minute: number, { language }: Words): string {
  const at = new Date(mondayMs + minute * 60_000);
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(
    at,
  );
}
