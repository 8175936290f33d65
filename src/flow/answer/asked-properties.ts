import type { Asked, FormName } from '../../domain/card/form.ts';
import { unread } from '../../domain/card/form-for.ts';
import type { PortalProperty } from '../../domain/lead/portal-property.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { propertiesToUpdate } from '../../domain/policy/to-update.ts';
import type { Crm } from '../ports/crm.ts';
import type { HandoffView } from '../ports/handoffs.ts';

type Needs = { crm: Pick<Crm, 'contactProperties' | 'valuesOf'> };

/** What the forms about the contact's properties ask for, with what it has of it now; undefined for other forms. */
export async function askedIn(
  form: FormName,
  { handoff, lead }: Pick<HandoffView, 'handoff' | 'lead'>,
  policy: Policy,
  { crm }: Needs,
): Promise<Asked | undefined> {
  if (form !== 'fillIn' && form !== 'update') return undefined;
  const portal = await crm.contactProperties();
  const properties =
    form === 'fillIn'
      ? (handoff.heldUp?.wants ?? []).map((wanted) => portal?.get(wanted.property) ?? unread(wanted))
      : propertiesFor(policy, portal);
  const askable = properties.filter(({ readOnly }) => !readOnly);
  const names = askable.map(({ name }) => name);
  return { properties: askable, values: names.length > 0 ? await crm.valuesOf(lead.id, names) : {} };
}

function propertiesFor(policy: Policy, portal: ReadonlyMap<string, PortalProperty> | null) {
  if (portal) return propertiesToUpdate(policy, portal);
  return policy.update.map((name) => unread({ property: name, label: name }));
}
