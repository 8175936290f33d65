import { type Answers, noPlan, timeOfToday } from '../../domain/card/form.ts';
import type { MadeWhen, ToldTouch } from '../../domain/handoff/log-touch.ts';
import { touchOf, touchSorts } from '../../domain/handoff/touch-sort.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Wrong } from './check-form.ts';

/** What somebody tells of a touch in its form. */
export function toldTouchIn(values: Answers, id: string, words: Words): ToldTouch | Wrong {
  const answer = (field: string) => values[field] ?? '';
  const did = touchSorts.find((sort) => sort === answer('did'));
  if (!did) return { field: 'did', text: words.line('forms.chooseDid') };
  const when = whenOf(answer('when'), answer('at'));
  const next = answer('next');
  return {
    touch: { id, ...touchOf(did), note: answer('note').trim() },
    ...(when && { when }),
    ...(did === 'booked' && { meets: { on: answer('meetsOn'), at: answer('meetsAt') } }),
    nextInDays: next === '' || next === noPlan ? null : daysIn(next),
  };
}

function whenOf(when: string, at: string): MadeWhen | null {
  if (when === '') return null;
  return when === timeOfToday ? { today: at } : { minutesAgo: numberIn(when) };
}

/** So many days as somebody plans, and no more than a few weeks. */
function daysIn(answer: string): number | null {
  const days = numberIn(answer);
  return days > 0 && days <= 60 ? days : null;
}

/** NaN for what the form does not offer. */
function numberIn(answer: string): number {
  return /^\d{1,4}$/.test(answer) ? Number(answer) : Number.NaN;
}
