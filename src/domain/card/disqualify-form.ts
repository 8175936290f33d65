import { attemptsMissing } from '../handoff/attempts.ts';
import type { DisqualifyReason } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { dateAfter, startOf } from '../time/local-date.ts';
import { dayInWords } from '../time/local-time.ts';
import { choice, note } from './fields.ts';
import { type Answers, type Field, type Form, type FormView, ownDay } from './form.ts';

/** Asks why, and then what the reason gives rise to. */
export function disqualifyForm(view: FormView, answers: Answers = {}): Form {
  const reasons = view.policy.disqualifyReasons;
  const chosen = reasons.find(({ name }) => name === answers['reason']) ?? null;
  const asked = [null, ...reasons].map((reason) =>
    JSON.stringify([submitWords(reason, view, {}), followUpFields(reason, view, {})]),
  );
  return {
    name: 'disqualify',
    language: view.words.language,
    title: view.words.text('forms.disqualifyTitle'),
    submit: submitWords(chosen, view, answers),
    fields: [
      {
        ...choice('reason', view.words.text('forms.why'), reasonOptions(view)),
        changes: new Set(asked).size > 1,
      },
      ...followUpFields(chosen, view, answers),
    ],
  };
}

/** What the button says will happen, in no more than the 24 characters that Slack has for it ("Modals"). */
function submitWords(reason: DisqualifyReason | null, view: FormView, answers: Answers): string {
  const { words } = view;
  switch (reason?.outcome) {
    case 'recycled': {
      const day = revisitDay(view, answers);
      return day ? words.text('forms.nurtureUntil', { day }) : words.text('forms.backToNurture');
    }
    case 'routedAnew':
      return words.text('forms.passOn');
    default:
      return words.text('forms.disqualify');
  }
}

/** The day that is chosen so far, as `Mar 1`; null: none is yet. */
function revisitDay({ handoff, policy, words, now }: FormView, answers: Answers): string | null {
  const hours = hoursOf(policy, handoff.assignment.rep);
  const { revisit = String(policy.recycle.days.usual), revisitOn = '' } = answers;
  const days = Number(revisit);
  const date = revisit === ownDay ? revisitOn : days > 0 ? dateAfter(hours, now, days) : '';
  const day = startOf(hours, date);
  return day && dayInWords(day, hours, words);
}

/** What is asked besides the reason, which is null while none is chosen. */
function followUpFields(reason: DisqualifyReason | null, view: FormView, answers: Answers): Field[] {
  const required = reason?.noteRequired ?? false;
  switch (reason?.outcome) {
    case 'recycled':
      return [...revisitFields(view, answers), note(view.words.text('forms.forThen'), { required })];
    case 'routedAnew':
      return [note(view.words.text('forms.forNextRep'), { required })];
    default:
      return [
        ...(reason?.asksOther ? [otherContact(view)] : []),
        note(view.words.text('forms.forMarketing'), { required }),
      ];
  }
}

function otherContact({ words }: FormView): Field {
  return {
    kind: 'search',
    name: 'other',
    label: words.text('forms.whichOther'),
    hint: words.text('forms.whichOtherHint'),
    required: true,
    source: 'otherLeads',
    initial: null,
  };
}

/** When the lead is to come back: one of the policy's choices, or a day of one's own. */
function revisitFields({ handoff, policy, words, now }: FormView, answers: Answers): Field[] {
  const { days, atMost } = policy.recycle;
  const options = [...new Set([...days.choices, days.usual])]
    .toSorted((a, b) => a - b)
    .map((count) => ({ value: String(count), label: words.text('forms.inDays', { days: count }) }));
  const isEnough = (handoff.back?.recycled ?? 0) >= atMost;
  const when: Field = {
    ...choice(
      'revisit',
      words.text('forms.tryAgain'),
      [...options, { value: ownDay, label: words.text('forms.ownDay') }],
      String(days.usual),
    ),
    changes: true,
    hint: isEnough ? words.text('forms.isEnough', { count: atMost }) : null,
  };
  if (answers['revisit'] !== ownDay) return [when];
  const min = dateAfter(hoursOf(policy, handoff.assignment.rep), now, 1);
  return [
    when,
    {
      kind: 'date',
      name: 'revisitOn',
      label: words.text('forms.onWhichDay'),
      hint: null,
      required: true,
      min,
      initial: null,
    },
  ];
}

/** Of a lead that may not be given up yet it is said how many attempts there were. */
function reasonOptions({ handoff, policy, words, now }: FormView) {
  const missing = attemptsMissing(handoff, policy, now);
  return policy.disqualifyReasons.map(({ name, label, outcome }) => {
    const isTooSoon = missing && outcome === 'unresponsive';
    return {
      value: name,
      label: isTooSoon ? words.text('forms.triedSoFar', { reason: label, ...missing }) : label,
    };
  });
}
