import { decide } from '../handoff/decide.ts';
import { running } from '../handoff/handoff.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { dateAfter, timeAt, today } from '../time/local-date.ts';
import { localTime } from '../time/local-time.ts';
import type { Snooze } from '../time/snooze.ts';
import { type Field, type FormView, type Option, ownTime } from './form.ts';
import { firstNameOf } from './time-choices.ts';

/** A time of day and a day of one's own, which is what is asked for when that is chosen. */
export function ownTimeFields({ handoff, policy, words, now }: FormView): Field[] {
  const min = today(hoursOf(policy, handoff.assignment.rep), now);
  const asked = { hint: null, required: true } as const;
  return [
    { kind: 'date', name: 'on', label: words.text('forms.untilDay'), min, initial: min, ...asked },
    { kind: 'time', name: 'at', label: words.text('forms.untilTime'), initial: null, ...asked },
  ];
}

/** Putting a lead off for less is not worth a form. */
const leastMinutes = 15;

/** Named after what it may come to: the soonest time that is worth it, and one of several days on. */
export function ownTimeOption(view: FormView): Option[] {
  const { handoff, policy, words, now } = view;
  const due = running(handoff)?.due;
  if (!due) return [];
  const hours = hoursOf(policy, handoff.assignment.rep);
  const soon = new Date(now.getTime() + leastMinutes * 60_000);
  const isFree =
    soon < due && endOf({ on: today(hours, soon), at: timeAt(hours, soon) }, view)?.type === 'snoozed';
  const late = endOf({ on: dateAfter(hours, now, 6), at: '12:00' }, view);
  const manager =
    late?.type === 'graceAsked' ? firstNameOf(view.names.get(late.manager) ?? late.manager) : null;
  const told = { due: localTime(due, hours, now, words) };
  if (isFree && manager) return [option(words.text('forms.ownTimeOrAsk', { ...told, manager }))];
  if (isFree) return [option(words.text('forms.ownTime', told))];
  return manager ? [option(words.text('forms.ownTimeAsked', { manager }))] : [];
}

function endOf(choice: Snooze, { handoff, policy, now }: FormView) {
  const outcome = decide(handoff, { type: 'snooze', by: handoff.assignment.rep, choice }, policy, now);
  const event = 'refused' in outcome ? undefined : outcome.at(-1);
  return event?.type === 'snoozed' || event?.type === 'graceAsked' ? event : null;
}

function option(label: string): Option {
  return { value: ownTime, label };
}
