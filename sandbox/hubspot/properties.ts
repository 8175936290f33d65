import type { ObjectType } from './object-types.ts';

/** What values a property takes. */
export type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';

/** A value that an enumeration allows, and what the screens call it. */
export type PropertyOption = {
  label: string;
  value: string;
};

/** A property of an object type, as the portal knows it. */
export type PropertyDefinition = {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  groupName: string;
  description: string;
  options: PropertyOption[];
  hubspotDefined: boolean;
  /** HubSpot computes the value; an API write is refused. */
  readOnly: boolean;
  hasUniqueValue: boolean;
  /** The values are the portal's owners and not `options`. */
  listsOwners: boolean;
  /** The admin's rule for its values. */
  validation?: Validation;
};

/**
 * A rule for the values of a property, with HubSpot's word and sentence for its breach: what a text looks like, or between
 * which bounds a number lies (its rule types REGEX and ALPHANUMERIC, MIN_NUMBER and MAX_NUMBER).
 */
export type Validation = {
  allows: RegExp | { atLeast?: number; atMost?: number };
  error: string;
  message: string;
};

/** What a portal administrator, or the API, says about a property; the rest follows from it. */
export type NewProperty = {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  groupName?: string;
  description?: string;
  options?: PropertyOption[];
  hasUniqueValue?: boolean;
  validation?: Validation;
};

/** The field types HubSpot allows for each type. */
export const fieldTypes: Readonly<Record<PropertyType, readonly string[]>> = {
  string: ['text', 'textarea', 'html', 'phonenumber', 'file'],
  number: ['number'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox'],
  bool: ['booleancheckbox'],
};

/** The options of every `bool` property. */
export const booleanOptions: PropertyOption[] = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
];

/** The group of a type's standard properties. */
export const standardGroups: Readonly<Record<ObjectType, string>> = {
  contacts: 'contactinformation',
  companies: 'companyinformation',
  deals: 'dealinformation',
  leads: 'leadinformation',
  tasks: 'task',
  calls: 'call',
  emails: 'email',
  meetings: 'meeting',
  notes: 'note',
  communications: 'communication',
  users: 'userinformation',
};

/** A heading under which HubSpot's screens list properties. */
export type PropertyGroup = {
  name: string;
  label: string;
  displayOrder: number;
};

/** The portal's property definitions and their groups, by object type. */
export class PropertyCatalog {
  readonly #groups = new Map<ObjectType, PropertyGroup[]>();
  readonly #byType = new Map<ObjectType, Map<string, PropertyDefinition>>();

  constructor(standard: Iterable<[ObjectType, PropertyDefinition[]]>) {
    for (const [type, definitions] of standard) {
      this.#byType.set(type, new Map(definitions.map((definition) => [definition.name, definition])));
    }
  }

  get(type: ObjectType, name: string): PropertyDefinition | undefined {
    return this.#byType.get(type)?.get(name);
  }

  list(type: ObjectType): PropertyDefinition[] {
    return [...(this.#byType.get(type)?.values() ?? [])];
  }

  groups(type: ObjectType): PropertyGroup[] {
    const name = standardGroups[type];
    return [{ name, label: name, displayOrder: 0 }, ...(this.#groups.get(type) ?? [])];
  }

  addGroup(type: ObjectType, group: PropertyGroup): void {
    this.#groups.set(type, [...(this.#groups.get(type) ?? []), group]);
  }

  /** Adds a custom property, or replaces a definition, such as the options of `hs_lead_status`. */
  define(type: ObjectType, property: NewProperty): PropertyDefinition {
    const known = this.get(type, property.name);
    const definition: PropertyDefinition = {
      groupName: standardGroups[type],
      description: '',
      hasUniqueValue: false,
      hubspotDefined: known?.hubspotDefined ?? false,
      readOnly: false,
      listsOwners: false,
      ...property,
      options: property.options ?? (property.type === 'bool' ? booleanOptions : []),
    };
    this.#byType.get(type)?.set(property.name, definition);
    return definition;
  }
}
