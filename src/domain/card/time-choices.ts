import { decide } from '../handoff/decide.ts';
import type { Grace } from '../policy/policy.ts';
import { managerOf } from '../policy/who-decides.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { localDay, zoneAt } from '../time/calendar.ts';
import { localTime, localTimeFor, localWeekday } from '../time/local-time.ts';
import { snoozeChoices } from '../time/snooze.ts';
import type { FormView, Option } from './form.ts';

// What a choice would come to is asked of the decision itself, so that nothing is offered that would be refused.

/** Choices as the catalogue of words calls them. */
const snoozeKeys = { '30min': 'halfHour', '2h': 'twoHours', tomorrow: 'tomorrow' } as const;

/**
 * How long the holder may put a lead off, and for which of it they need somebody's word; times are where they live. Of
 * several that end at the same time, as in the next morning, the last says it best.
 */
export function snoozeOptions({ handoff, policy, names, words, now }: FormView): Option[] {
  const by = handoff.assignment.rep;
  const options = snoozeChoices.flatMap((choice): (Option & { ends: number })[] => {
    const outcome = decide(handoff, { type: 'snooze', by, choice }, policy, now);
    const event = 'refused' in outcome ? undefined : outcome[0];
    if (event?.type !== 'snoozed' && event?.type !== 'graceAsked') return [];
    const [ends, until] = [event.until.getTime(), localTime(event.until, hoursOf(policy, by), now, words)];
    const key = snoozeKeys[choice];
    if (event.type === 'snoozed')
      return [{ ends, value: choice, label: words.text(`forms.${key}`, { until }) }];
    const manager = firstNameOf(names.get(event.manager) ?? event.manager);
    return [{ ends, value: choice, label: words.text(`forms.${key}Asked`, { manager, until }) }];
  });
  return options
    .filter(({ ends }, place) => !options.slice(place + 1).some((later) => later.ends === ends))
    .map(({ value, label }) => ({ value, label }));
}

export function firstNameOf(name: string): string {
  return name.split(' ')[0] ?? name;
}

/** How much longer a manager may give, what the holder asked for first; times are where the holder lives. */
export function graceOptions(view: FormView): Option[] {
  const { handoff, policy, now } = view;
  const by = managerOf(policy, handoff.assignment);
  return (['asAsked', ...policy.grace] as const).flatMap((grace): Option[] => {
    const outcome = decide(handoff, { type: 'giveGrace', by, grace }, policy, now);
    const event = 'refused' in outcome ? undefined : outcome[0];
    if (event?.type !== 'graceGiven') return [];
    return [{ value: String(grace), label: graceLabel(grace, event.until, view) }];
  });
}

function graceLabel(grace: Grace | 'asAsked', due: Date, { handoff, policy, words, now }: FormView): string {
  const { assignment, asked } = handoff;
  const [theirs, managers] = [
    hoursOf(policy, assignment.rep),
    hoursOf(policy, managerOf(policy, assignment)),
  ];
  const localTime = (at: Date) => localTimeFor(managers, at, theirs, now, words);
  const until = { due: localTime(due) };
  if (grace === 'asAsked') {
    return words.text('forms.asAsked', { until: asked ? localTime(asked.until) : '', ...until });
  }
  if (grace !== 'untilMorning') {
    return grace % 60 === 0
      ? words.text('forms.graceHours', { hours: grace / 60, ...until })
      : words.text('forms.graceMinutes', { minutes: grace, ...until });
  }
  const today = localDay(zoneAt(theirs, now), now);
  const isTomorrow = localDay(zoneAt(theirs, due), due).from === today.to;
  return isTomorrow
    ? words.text('forms.graceTomorrow', until)
    : words.text('forms.graceMorning', { day: localWeekday(due, theirs, words), ...until });
}
