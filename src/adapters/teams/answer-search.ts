import type { TeamsContext } from './context.ts';
import { choicesIn } from './field-input.ts';
import type { Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';

/** "The number of options in the dropdown is limited to 15" ("Typeahead search in Adaptive Cards"). */
const choicesMax = 15;

/** Letters typed into a field of a form. */
export async function answerSearch(
  { who, sought, several }: Extract<Incoming, { kind: 'search' }>,
  { steps, logFailure }: TeamsContext,
): Promise<Outcome> {
  try {
    const options = await steps.search(who, sought);
    const found = choicesIn({ kind: several ? 'choices' : 'choice', options }).slice(0, choicesMax);
    return { shown: { found }, untold: null };
  } catch (error) {
    logFailure(error, 'a search in Teams failed', who.handoffId);
    return { shown: { found: [] }, untold: null };
  }
}
