import { attemptsMissing } from '../handoff/attempts.ts';
import type { DisqualifyReason } from '../policy/policy.ts';
import { choice, note } from './fields.ts';
import type { Answers, Field, Form, FormView } from './form.ts';

/** Asks why, and then what the reason gives rise to. */
export function disqualifyForm(view: FormView, answers: Answers = {}): Form {
  const reasons = view.policy.disqualifyReasons;
  const chosen = reasons.find(({ name }) => name === answers['reason']) ?? null;
  const asked = [null, ...reasons].map((reason) => JSON.stringify(followUpFields(reason)));
  return {
    name: 'disqualify',
    title: 'Disqualify Lead',
    submit: 'Disqualify',
    fields: [
      { ...choice('reason', 'Why?', reasonOptions(view)), changes: new Set(asked).size > 1 },
      ...followUpFields(chosen),
    ],
  };
}

/** What is asked besides the reason, which is null while none is chosen. */
function followUpFields(reason: DisqualifyReason | null): Field[] {
  return [note('What marketing should learn from it', { required: reason?.noteRequired ?? false })];
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
