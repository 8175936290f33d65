import {
  type PropertyCreate,
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';
import type { Handoff, Outcome } from '../../domain/handoff/handoff.ts';
import type { HandoffRecord } from '../../flow/ports/crm.ts';
import type { HubSpot } from './client.ts';
import { dealProperties } from './deal-properties.ts';
import { answerBehind } from './error-answer.ts';

/** Where each field of the record stands on the contact. */
export const handoffPropertyNames: Readonly<Record<keyof HandoffRecord, string>> = {
  id: 'handoff_id',
  status: 'handoff_status',
  trigger: 'handoff_trigger',
  rep: 'handoff_rep',
  qualifiedAt: 'handoff_qualified_at',
  respondBy: 'handoff_respond_by',
  acknowledgedAt: 'handoff_acknowledged_at',
  firstTouchAt: 'handoff_first_touch_at',
  closedAt: 'handoff_closed_at',
  outcome: 'handoff_outcome',
  disqualifyReason: 'handoff_disqualify_reason',
  disqualifyNote: 'handoff_disqualify_note',
  disqualifiedBy: 'handoff_disqualified_by',
  disqualifiedAt: 'handoff_disqualified_at',
  revisitAt: 'handoff_revisit_at',
  timesRecycled: 'handoff_times_recycled',
  heldBecause: 'handoff_held_because',
  nurturePaused: 'handoff_nurture_paused',
  nurtureResumedAt: 'handoff_nurture_resumed_at',
};

type Definition = { field: keyof HandoffRecord; label: string; description: string } & (
  | { type: 'text' | 'longText' | 'time' | 'number' | 'yesNo' }
  | { type: 'choice'; options: Readonly<Record<string, string>> }
);

const group = { name: 'handoff', label: 'Lead Handoff' };

const statusLabels: Readonly<Record<Handoff['status'], string>> = {
  offered: 'Offered',
  accepted: 'Accepted',
  working: 'Working',
  closed: 'Closed',
};

const outcomeLabels: Readonly<Record<Outcome, string>> = {
  converted: 'Converted',
  disqualified: 'Disqualified',
  recycled: 'Recycled',
  withdrawn: 'Withdrawn',
  unresponsive: 'Unresponsive',
};

const definitions: readonly Definition[] = [
  { field: 'id', type: 'text', label: 'Handoff ID', description: 'The last handoff of this lead to sales' },
  {
    field: 'status',
    type: 'choice',
    label: 'Handoff status',
    description: 'Where the handoff stands',
    options: statusLabels,
  },
  { field: 'trigger', type: 'text', label: 'Handoff trigger', description: 'Why the lead qualified' },
  { field: 'rep', type: 'text', label: 'Handoff rep', description: 'The email of whoever holds the handoff' },
  { field: 'qualifiedAt', type: 'time', label: 'Handoff qualified', description: 'When the lead qualified' },
  { field: 'respondBy', type: 'time', label: 'Handoff respond by', description: 'When an answer is due' },
  {
    field: 'acknowledgedAt',
    type: 'time',
    label: 'Handoff acknowledged',
    description: "The rep's first answer to the card",
  },
  {
    field: 'firstTouchAt',
    type: 'time',
    label: 'Handoff first touch',
    description: 'The first outreach of sales after the handoff',
  },
  { field: 'closedAt', type: 'time', label: 'Handoff closed', description: 'When the handoff ended' },
  {
    field: 'outcome',
    type: 'choice',
    label: 'Handoff outcome',
    description: 'How the handoff ended',
    options: outcomeLabels,
  },
  {
    field: 'disqualifyReason',
    type: 'text',
    label: 'Handoff disqualify reason',
    description: 'Why sales gave the lead back',
  },
  {
    field: 'disqualifyNote',
    type: 'longText',
    label: 'Handoff disqualify note',
    description: 'What marketing should learn from it',
  },
  {
    field: 'disqualifiedBy',
    type: 'text',
    label: 'Handoff disqualified by',
    description: 'The email of whoever gave the lead back',
  },
  {
    field: 'disqualifiedAt',
    type: 'time',
    label: 'Handoff disqualified',
    description: 'When sales gave the lead back',
  },
  {
    field: 'revisitAt',
    type: 'time',
    label: 'Handoff revisit',
    description: 'When the lead comes back to sales',
  },
  {
    field: 'timesRecycled',
    type: 'number',
    label: 'Handoff times recycled',
    description: 'How often the lead went back to nurture because its time had not come',
  },
  {
    field: 'heldBecause',
    type: 'text',
    label: 'Handoff held because',
    description: 'Why the lead is not passed on to sales yet, although it qualifies',
  },
  {
    field: 'nurturePaused',
    type: 'yesNo',
    label: 'Handoff nurture paused',
    description: 'Sales is at work on this lead: a segment of these is to be the suppression list of nurture',
  },
  {
    field: 'nurtureResumedAt',
    type: 'time',
    label: 'Handoff nurture resumed',
    description: 'When sales let go of this lead: what has to re-enrol it in nurture',
  },
];

/** The definitions as HubSpot takes them. */
export const handoffProperties: readonly PropertyCreate[] = definitions.map((definition) => ({
  name: handoffPropertyNames[definition.field],
  label: definition.label,
  description: definition.description,
  groupName: group.name,
  ...shapeOf(definition),
}));

function shapeOf(definition: Definition): Pick<PropertyCreate, 'type' | 'fieldType' | 'options'> {
  switch (definition.type) {
    case 'text':
      return { type: PropertyCreateTypeEnum.String, fieldType: PropertyCreateFieldTypeEnum.Text };
    case 'longText':
      return { type: PropertyCreateTypeEnum.String, fieldType: PropertyCreateFieldTypeEnum.Textarea };
    case 'time':
      return { type: PropertyCreateTypeEnum.Datetime, fieldType: PropertyCreateFieldTypeEnum.Date };
    case 'yesNo':
      return {
        type: PropertyCreateTypeEnum.Bool,
        fieldType: PropertyCreateFieldTypeEnum.Booleancheckbox,
        options: optionsOf({ true: 'Yes', false: 'No' }),
      };
    case 'number':
      return { type: PropertyCreateTypeEnum.Number, fieldType: PropertyCreateFieldTypeEnum.Number };
    case 'choice':
      return {
        type: PropertyCreateTypeEnum.Enumeration,
        fieldType: PropertyCreateFieldTypeEnum.Select,
        options: optionsOf(definition.options),
      };
    default:
      return definition satisfies never;
  }
}

function optionsOf(labels: Readonly<Record<string, string>>): NonNullable<PropertyCreate['options']> {
  return Object.entries(labels).map(([value, label], displayOrder) => ({
    value,
    label,
    displayOrder,
    hidden: false,
  }));
}

/** What the bot writes on each kind of record. */
const propertiesOf = { contacts: handoffProperties, deals: dealProperties };

/** Which of the properties that the bot writes on records of a kind the portal lacks. */
export async function missingProperties(
  hubspot: HubSpot,
  objectType: keyof typeof propertiesOf,
): Promise<PropertyCreate[]> {
  const { results: existing } = await hubspot.read(`read the properties of ${objectType}`, (crm) =>
    crm.properties.coreApi.getAll(objectType),
  );
  const known = new Set(existing.map(({ name }) => name));
  return propertiesOf[objectType].filter(({ name }) => !known.has(name));
}

/**
 * Makes the properties that the bot writes on records of a kind, as far as the portal lacks them.
 *
 * @returns the names of those it made
 */
export async function setupProperties(
  hubspot: HubSpot,
  objectType: keyof typeof propertiesOf = 'contacts',
): Promise<string[]> {
  const missing = await missingProperties(hubspot, objectType);
  if (missing.length === 0) return [];
  await hubspot
    .write(`create the property group of ${objectType}`, (crm) =>
      crm.properties.groupsApi.create(objectType, { ...group, displayOrder: -1 }),
    )
    .catch((error) => {
      if (answerBehind(error)?.status !== 409) throw error;
    });
  for (const property of missing) {
    await hubspot.write(`create the property ${property.name} of ${objectType}`, (crm) =>
      crm.properties.coreApi.create(objectType, property),
    );
  }
  return missing.map(({ name }) => name);
}
