import { faultOf } from '../../domain/card/answers.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { denial } from '../../domain/handoff/rights.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Line } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Act } from '../ports/chat.ts';
import { type FormNeeds, makeForm } from './make-form.ts';

/** Why a form cannot be carried out as it was filled in, and in which field. */
export type Wrong = { text: Line; field: string | null };

/**
 * Looks at what was typed into a form by what the form would ask now: an answer may be none, and a question may have come
 * only with the last answer. Null also for whoever may not send it, as what they are told is decided on the handoff.
 */
export async function checkForm(
  { form: name, values, asked }: Extract<Act, { type: 'submit' }>,
  { by, handoffId, words }: { by: PersonId; handoffId: HandoffId; words: Words },
  needs: FormNeeds,
): Promise<Wrong | null> {
  const { handoffs, directory, policyOf } = needs;
  const view = await handoffs.view(handoffId);
  if (!view || denial(name, by, view.handoff, policyOf(view.handoff))) return null;
  const form = await makeForm(view, name, values, { people: await directory.people(), words }, needs);
  for (const field of form?.fields ?? []) {
    const answer = values[field.name] ?? '';
    if (answer === '' && asked && !asked.includes(field.name))
      return { field: field.name, text: words.line('faults.oneMore') };
    const text = faultOf(field, answer, words);
    if (text) return { field: field.name, text };
  }
  return null;
}
