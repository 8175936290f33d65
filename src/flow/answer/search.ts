import type { Field, Option } from '../../domain/card/form.ts';
import { denial } from '../../domain/handoff/rights.ts';
import type { Identify } from '../people/identify.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Search } from '../ports/chat.ts';
import type { Crm } from '../ports/crm.ts';
import { type FormNeeds, makeForm } from './make-form.ts';
import { type Searcher, searchLeads } from './search-leads.ts';

type Needs = FormNeeds & { crm: Crm; identify: Identify };

/** Finds what somebody types into a field of a form: among its options, or where the field says. */
export function search(needs: Needs): Search {
  const { handoffs, directory, identify, policyOf } = needs;
  return async ({ platform, userId, handoffId }, { form: name, field: fieldName, text, answers }) => {
    const by = await identify(platform, userId);
    const view = by && (await handoffs.view(handoffId));
    if (!view) return [];
    const policy = policyOf(view.handoff);
    if (denial(name, by, view.handoff, policy)) return [];
    const people = await directory.people();
    const words = wordsFor(by, platform, { people, policy });
    const form = await makeForm(view, name, answers, { people, words }, needs);
    const field = form?.fields.find((one) => one.name === fieldName);
    return field ? searchIn(field, text, { by, policy, leadId: view.lead.id }, needs) : [];
  };
}

async function searchIn(field: Field, text: string, searcher: Searcher, needs: Needs): Promise<Option[]> {
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return matching(field.options, text);
    case 'search':
      return searchLeads(text, searcher, needs);
    case 'text':
    case 'date':
    case 'time':
    case 'number':
      return [];
    default:
      return field satisfies never;
  }
}

/** The options that have all the words in their label. */
function matching(options: readonly Option[], text: string): Option[] {
  const words = text.toLowerCase().split(/\s+/);
  return options.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
}
