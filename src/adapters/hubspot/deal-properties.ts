import {
  type PropertyCreate,
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js';

/** Where a deal of the bot's says for which handoff it is, and in which stage it is nobody's work yet. */
export const dealMarks = { handoff: 'handoff_id', begun: 'handoff_stage' } as const;

const text = {
  type: PropertyCreateTypeEnum.String,
  fieldType: PropertyCreateFieldTypeEnum.Text,
  groupName: 'handoff',
  hidden: true,
};

/** The properties of deals that the bot writes; HubSpot itself takes no second deal for a handoff. */
export const dealProperties: readonly PropertyCreate[] = [
  {
    ...text,
    name: dealMarks.handoff,
    label: 'Handoff ID',
    description: 'The handoff for which the bot made this deal',
    hasUniqueValue: true,
  },
  {
    ...text,
    name: dealMarks.begun,
    label: 'Handoff stage',
    description: 'The stage in which the bot made this deal: it counts when it leaves that',
  },
];

/** Whether a deal is where the bot made it, so that it is nobody's work yet. */
export function isUntouched(properties: Readonly<Record<string, string | null>>): boolean {
  const begun = properties[dealMarks.begun];
  return Boolean(begun) && begun === properties['dealstage'];
}
