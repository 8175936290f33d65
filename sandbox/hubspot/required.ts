import { isActivity, type ObjectType, objectTypeFacts } from './object-types.ts';
import { invalid } from './rejection.ts';

type Requirement = {
  anyOf: string[];
  all: string[];
};

const requiredByType: Partial<Record<ObjectType, Requirement>> = {
  contacts: { anyOf: ['email', 'firstname', 'lastname'], all: [] },
  companies: { anyOf: ['name', 'domain'], all: [] },
  deals: { anyOf: [], all: ['dealname', 'dealstage'] },
  leads: { anyOf: [], all: ['hs_lead_name'] },
};
const requiredOfActivities: Requirement = { anyOf: [], all: ['hs_timestamp'] };

/** What a new record has when its creator says nothing. */
export const standardValues: Partial<Record<ObjectType, Record<string, string>>> = {
  contacts: { lifecyclestage: 'lead' },
  deals: { pipeline: 'default' },
  leads: { hs_pipeline: 'lead-pipeline-id', hs_pipeline_stage: 'new-stage-id' },
  tasks: { hs_task_status: 'NOT_STARTED', hs_task_type: 'TODO', hs_task_priority: 'NONE' },
};

/** Throws HubSpot's 400 when a new record lacks what its type cannot be without. */
export function requireProperties(type: ObjectType, values: ReadonlyMap<string, string>): void {
  const required = isActivity(type) ? requiredOfActivities : requiredByType[type];
  if (required === undefined) return;
  const filled = (name: string) => (values.get(name) ?? '') !== '';
  const missing = required.all.filter((name) => !filled(name));
  if (required.anyOf.length > 0 && !required.anyOf.some(filled)) missing.push(...required.anyOf);
  if (missing.length === 0) return;
  const name = objectTypeFacts[type].singular.toUpperCase();
  throw invalid(`Error creating ${name}. Some required properties were not set.`, undefined, {
    properties: missing,
  });
}
