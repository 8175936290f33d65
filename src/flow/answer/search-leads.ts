import type { Option } from '../../domain/card/form.ts';
import { isInSight, sightOf } from '../../domain/handoff/rights.ts';
import type { Lead, LeadId } from '../../domain/lead/lead.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Crm, FoundContact } from '../ports/crm.ts';
import type { Handoffs } from '../ports/handoffs.ts';

/** Who searches, and in a form about which lead. */
export type Searcher = { by: PersonId; policy: Policy; leadId: LeadId };

type Needs = { handoffs: Handoffs; crm: Crm };

/** More than these nobody reads through; they type another letter. */
const mostFound = 20;

/** A letter fits half of all leads. */
const leastTyped = 2;

/**
 * Other leads by name, email, company or contact id: first those that the bot knows and the person may see, then what
 * HubSpot finds. Never the lead itself.
 */
export async function searchLeads(
  text: string,
  searcher: Searcher,
  { handoffs, crm }: Needs,
): Promise<Option[]> {
  if (text.trim().length < leastTyped) return [];
  const [known, others] = await Promise.all([
    knownLeads(text, searcher, handoffs),
    // Without HubSpot there are still those that the bot knows.
    crm.findContacts(text, mostFound + 1).catch(() => []),
  ]);
  const found = new Map<LeadId, FoundContact>();
  for (const contact of [...known, ...others]) {
    if (contact.id !== searcher.leadId && !found.has(contact.id)) found.set(contact.id, contact);
  }
  return [...found.values()].slice(0, mostFound).map(optionOf);
}

/** What a lead that was found before is called. */
export async function leadOption(id: LeadId, { handoffs, crm }: Needs): Promise<Option> {
  const known = (await handoffs.snapshots([id])).get(id);
  if (known) return optionOf(contactOf(known));
  const [found] = await crm.findContacts(id, 1).catch(() => []);
  return optionOf(found ?? { id, name: null, company: null, email: null });
}

async function knownLeads(
  text: string,
  { by, policy }: Searcher,
  handoffs: Handoffs,
): Promise<FoundContact[]> {
  const sight = sightOf(by, policy);
  const ids = (await handoffs.findLeads(text, sight)).slice(0, mostFound + 1);
  const [leads, past] = await Promise.all([handoffs.snapshots(ids), handoffs.ofLeads(ids)]);
  // One that is named by its id or email is found whomever it concerns.
  const seen = ids.filter((id) =>
    isInSight(
      sight,
      past.filter(({ handoff }) => handoff.leadId === id),
    ),
  );
  return seen.flatMap((id) => leads.get(id) ?? []).map(contactOf);
}

function contactOf({ id, name, email, account, company }: Lead): FoundContact {
  return { id, name, company: account?.name ?? company, email };
}

/** "Maya Chen · Brightwater · maya@brightwater.example". */
function optionOf({ id, name, company, email }: FoundContact): Option {
  return { value: id, label: [name, company, email].filter(Boolean).join(' · ') || `Contact ${id}` };
}
