import { daysToNextTry, hasMeeting } from '../handoff/log-touch.ts';
import { touchSorts } from '../handoff/touch-sort.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { today, workingDaysAfter } from '../time/local-date.ts';
import { localWeekday } from '../time/local-time.ts';
import { choice, note } from './fields.ts';
import { type Answers, type Field, type Form, type FormView, noPlan, timeOfToday } from './form.ts';

/** How long ago a touch may have been, in minutes, beside a time of one's own. */
const minutesAgo = [15, 30, 60];

/** In how many days of work people try again, beside what the policy suggests. */
const usualDays = [1, 2, 3, 5];

/** Asks what somebody did, when, and what comes next: as few questions as there are answers to choose from. */
export function touchForm(view: FormView, answers: Answers = {}): Form {
  const { words } = view;
  const did = touchSorts.find((sort) => sort === answers['did']);
  return {
    name: 'logTouch',
    language: words.language,
    title: words.text('forms.logTouch'),
    submit: words.text('forms.logTouchSubmit'),
    fields: [
      {
        ...choice(
          'did',
          words.text('forms.did'),
          touchSorts.map((value) => ({ value, label: words.text(`touch.${value}`) })),
        ),
        changes: true,
      },
      ...whenFields(view, answers),
      ...(did === 'booked' ? meetingFields(view) : []),
      note(words.text('forms.toRemember')),
      ...(did === 'booked' || hasMeeting(view.handoff) ? [] : [nextField(view)]),
    ],
  };
}

/** No time is offered before the lead was theirs. */
function whenFields({ handoff, words, now }: FormView, answers: Answers): Field[] {
  const sinceMs = now.getTime() - handoff.assignment.at.getTime();
  const before = minutesAgo.filter((minutes) => minutes * 60_000 <= sinceMs);
  const options = [
    { value: '0', label: words.text('forms.now') },
    ...before.map((minutes) => ({
      value: String(minutes),
      label: words.text('forms.minutesAgo', { minutes }),
    })),
    { value: timeOfToday, label: words.text('forms.earlierToday') },
  ];
  const when: Field = { ...choice('when', words.text('forms.when'), options, '0'), changes: true };
  return answers['when'] === timeOfToday ? [when, timeField('at', words.text('forms.atWhatTime'))] : [when];
}

function meetingFields({ handoff, policy, words, now }: FormView): Field[] {
  const min = today(hoursOf(policy, handoff.assignment.rep), now);
  const label = words.text('forms.meetingDay');
  return [
    { kind: 'date', name: 'meetsOn', label, hint: null, required: true, min, initial: null },
    timeField('meetsAt', words.text('forms.meetingTime')),
  ];
}

/** So that the attempts that the policy asks for are made in time. */
function nextField({ handoff, policy, words, now }: FormView): Field {
  const hours = hoursOf(policy, handoff.assignment.rep);
  const suggested = daysToNextTry(handoff.targets);
  const days = [...new Set([...usualDays, suggested])].toSorted((a, b) => a - b);
  const options = days.map((count) => {
    const day = localWeekday(workingDaysAfter(hours, now, count), hours, words);
    return { value: String(count), label: words.text('forms.inWorkingDays', { days: count, day }) };
  });
  const none = { value: noPlan, label: words.text('forms.noNextTry') };
  return choice('next', words.text('forms.nextTry'), [...options, none], String(suggested));
}

function timeField(name: string, label: string): Field {
  return { kind: 'time', name, label, hint: null, required: true, initial: null };
}
