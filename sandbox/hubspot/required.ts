import { isActivity, OBJECT_TYPES, type ObjectType } from './object-types.ts';
import { invalid } from './rejection.ts';

interface Requirement {
  anyOf: string[];
  all: string[];
}

const REQUIRED: Partial<Record<ObjectType, Requirement>> = {
  contacts: { anyOf: ['email', 'firstname', 'lastname'], all: [] },
  companies: { anyOf: ['name', 'domain'], all: [] },
  deals: { anyOf: [], all: ['dealname', 'dealstage'] },
};
const REQUIRED_OF_ACTIVITIES: Requirement = { anyOf: [], all: ['hs_timestamp'] };

/** What a new record has when its creator says nothing. */
export const STANDARD_VALUES: Partial<Record<ObjectType, Record<string, string>>> = {
  contacts: { lifecyclestage: 'lead' },
  deals: { pipeline: 'default' },
  tasks: { hs_task_status: 'NOT_STARTED', hs_task_type: 'TODO', hs_task_priority: 'NONE' },
};

/** Throws HubSpot's 400 when a new record lacks what its type cannot be without. */
export function requireProperties(type: ObjectType, values: ReadonlyMap<string, string>): void {
  const required = isActivity(type) ? REQUIRED_OF_ACTIVITIES : REQUIRED[type];
  if (required === undefined) return;
  const filled = (name: string) => (values.get(name) ?? '') !== '';
  const missing = required.all.filter((name) => !filled(name));
  if (required.anyOf.length > 0 && !required.anyOf.some(filled)) missing.push(...required.anyOf);
  if (missing.length === 0) return;
  const name = OBJECT_TYPES[type].singular.toUpperCase();
  throw invalid(`Error creating ${name}. Some required properties were not set.`, undefined, {
    properties: missing,
  });
}
