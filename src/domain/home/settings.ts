import type { Section } from '../card/card.ts';
import { chatsOf } from '../policy/people-of.ts';
import { chatNames, type PersonId, type Policy, type Weekday, type WorkingWeek } from '../policy/policy.ts';
import { hoursOf, workZone } from '../policy/working-hours.ts';
import { clockInWords, weekdayInWords } from '../time/clock-words.ts';
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
      (span) => `${clockInWords(span.fromMinute, words)}–${clockInWords(span.toMinute, words)}`,
    );
    if (spans.length === 0) continue;
    const said = words.list(spans);
    const last = runs.at(-1);
    if (last && last.to === day - 1 && last.spans === said) last.to = day;
    else runs.push({ from: day, to: day, spans: said });
  }
  const days = ({ from, to }: (typeof runs)[number]) =>
    from === to ? weekdayInWords(from, words) : `${weekdayInWords(from, words)}–${weekdayInWords(to, words)}`;
  return runs.map((run) => `${days(run)} ${run.spans}`).join(', ');
}
