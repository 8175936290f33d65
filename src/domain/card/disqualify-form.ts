import { attemptsMissing } from '../handoff/attempts.ts';
import type { DisqualifyReason } from '../policy/policy.ts';
import { hoursOf } from '../policy/working-hours.ts';
import { dateAfter } from '../time/local-date.ts';
import { choice, note } from './fields.ts';
import { type Answers, type Field, type Form, type FormView, ownDay } from './form.ts';

/** Asks why, and then what the reason gives rise to. */
export function disqualifyForm(view: FormView, answers: Answers = {}): Form {
  const reasons = view.policy.disqualifyReasons;
  const chosen = reasons.find(({ name }) => name === answers['reason']) ?? null;
  const asked = [null, ...reasons].map((reason) =>
    JSON.stringify([submitWords(reason), followUpFields(reason, view, {})]),
  );
  return {
    name: 'disqualify',
    title: 'Disqualify Lead',
    submit: submitWords(chosen),
    fields: [
      { ...choice('reason', 'Why?', reasonOptions(view)), changes: new Set(asked).size > 1 },
      ...followUpFields(chosen, view, answers),
    ],
  };
}

/** What the button says will happen. */
function submitWords(reason: DisqualifyReason | null): string {
  switch (reason?.outcome) {
    case 'recycled':
      return 'Back to Nurture';
    case 'routedAnew':
      return 'Pass On';
    default:
      return 'Disqualify';
  }
}

/** What is asked besides the reason, which is null while none is chosen. */
function followUpFields(reason: DisqualifyReason | null, view: FormView, answers: Answers): Field[] {
  const required = reason?.noteRequired ?? false;
  switch (reason?.outcome) {
    case 'recycled':
      return [...revisitFields(view, answers), note('What to say then', { required })];
    case 'routedAnew':
      return [note('What whoever gets it next should know', { required })];
    default:
      return [
        ...(reason?.asksOther ? [otherContact] : []),
        note('What marketing should learn from it', { required }),
      ];
  }
}

const otherContact: Field = {
  kind: 'search',
  name: 'other',
  label: 'Of which other contact?',
  hint: 'Type a name, a company or an email',
  required: true,
  source: 'otherLeads',
  initial: null,
};

/** When the lead is to come back: one of the policy's choices, or a day of one's own. */
function revisitFields({ handoff, policy, now }: FormView, answers: Answers): Field[] {
  const { days, atMost } = policy.recycle;
  const options = [...new Set([...days.choices, days.usual])]
    .toSorted((a, b) => a - b)
    .map((count) => ({ value: String(count), label: `In ${count} days` }));
  const isEnough = (handoff.back?.recycled ?? 0) >= atMost;
  const when: Field = {
    ...choice(
      'revisit',
      'When to try again?',
      [...options, { value: ownDay, label: 'On a day of my own' }],
      String(days.usual),
    ),
    changes: true,
    hint: isEnough
      ? `It has come back ${atMost} times: from now on only a stronger sign brings it back`
      : null,
  };
  if (answers['revisit'] !== ownDay) return [when];
  const min = dateAfter(hoursOf(policy, handoff.assignment.rep), now, 1);
  return [
    when,
    {
      kind: 'date',
      name: 'revisitOn',
      label: 'On which day?',
      hint: null,
      required: true,
      min,
      initial: null,
    },
  ];
}

/** Of a lead that may not be given up yet it is said how many attempts there were. */
function reasonOptions({ handoff, policy, now }: FormView) {
  const missing = attemptsMissing(handoff, policy, now);
  return policy.disqualifyReasons.map(({ name, label, outcome }) => {
    const soFar =
      missing && outcome === 'unresponsive' && ` (${missing.made} of ${missing.atLeast} attempts)`;
    return { value: name, label: `${label}${soFar || ''}` };
  });
}
