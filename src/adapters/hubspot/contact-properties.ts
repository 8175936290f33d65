import type { Property } from '@hubspot/api-client/lib/codegen/crm/properties/models/Property.js';
import type { PortalProperty } from '../../domain/lead/portal-property.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import type { HubSpot } from './client.ts';
import { isForbidden } from './error-answer.ts';
import { hourly } from './hourly.ts';

/** Reads all properties of contacts in one call, and no more than one an hour. */
export function contactPropertiesReader(hubspot: HubSpot, clock: Clock): Crm['contactProperties'] {
  return hourly(clock, () => readContactProperties(hubspot));
}

/** The properties of contacts by their names; null when the app may not see them. */
export async function readContactProperties(
  hubspot: HubSpot,
): Promise<ReadonlyMap<string, PortalProperty> | null> {
  try {
    const { results } = await hubspot.read('read the properties of contacts', (crm) =>
      crm.properties.coreApi.getAll('contacts'),
    );
    return new Map(results.map((one) => [one.name, portalProperty(one)]));
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

const yesAndNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

function portalProperty(property: Property): PortalProperty {
  const { name, label, type, calculated, externalOptions, modificationMetadata } = property;
  const options = property.options
    .filter(({ hidden }) => !hidden)
    .map(({ value, label }) => ({ value, label }));
  return {
    name,
    label,
    kind: kindOf(property),
    options: type === 'bool' && options.length === 0 ? yesAndNo : options,
    // Whose options are owners or records lists none of them.
    readOnly: Boolean(calculated || externalOptions || modificationMetadata?.readOnlyValue),
  };
}

/** HubSpot's reference of properties: the type says what the values are, the field type how a page asks for them. */
function kindOf({ type, fieldType }: Property): PortalProperty['kind'] {
  switch (type) {
    case 'number':
      return 'number';
    case 'date':
      return 'date';
    case 'datetime':
      return 'time';
    case 'bool':
      return 'choice';
    case 'enumeration':
      return fieldType === 'checkbox' ? 'choices' : 'choice';
    default:
      return ['textarea', 'html'].includes(fieldType) ? 'longText' : 'text';
  }
}

/** Reads the values that a contact has now. */
export function contactValuesReader(hubspot: HubSpot): Crm['valuesOf'] {
  return async (id, names) => {
    const { properties } = await hubspot.read('read properties of a contact', (crm) =>
      crm.objects.basicApi.getById('contacts', id, [...names]),
    );
    const filled = names.flatMap((name): [string, string][] =>
      properties[name] ? [[name, properties[name]]] : [],
    );
    return Object.fromEntries(filled);
  };
}
