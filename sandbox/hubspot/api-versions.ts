import type { Actor } from './changes.ts';

/** The API's two ways of naming versions: by date, one for all of it, or by a number for each part. */
export const apiVersions = ['2026-09', 'legacy'] as const;
export type ApiVersion = (typeof apiVersions)[number];

/** Where each part of the API begins. */
type Paths = {
  objects: string;
  /** Associations as a part of their record. */
  objectAssociations: string;
  associations: string;
  owners: string;
  properties: string;
  pipelines: string;
  account: string;
  lists: string;
  sequences: string;
  flows: string;
  forms: string;
  scheduler: string;
};

/** One version of the API, and as whom the app writes through it. */
export type Api = {
  version: ApiVersion;
  paths: Paths;
  actor: Actor;
};

/** HubSpot's reference, version by version. */
const pathsOf: Readonly<Record<ApiVersion, Paths>> = {
  '2026-09': {
    objects: '/crm/objects/2026-09',
    objectAssociations: '/crm/objects/2026-09',
    associations: '/crm/associations/2026-09',
    owners: '/crm/owners/2026-09',
    properties: '/crm/properties/2026-09',
    pipelines: '/crm/pipelines/2026-09',
    account: '/account-info/2026-09',
    // Of lists 2026-09 is a beta; of workflows nothing else has a date.
    lists: '/crm/lists/2026-03',
    sequences: '/automation/sequences/2026-09',
    flows: '/automation/2026-09-beta/flows',
    forms: '/marketing/forms/2026-09-beta',
    scheduler: '/scheduler/2026-09',
  },
  legacy: {
    objects: '/crm/v3/objects',
    objectAssociations: '/crm/v4/objects',
    associations: '/crm/v4/associations',
    owners: '/crm/v3/owners',
    properties: '/crm/v3/properties',
    pipelines: '/crm/v3/pipelines',
    account: '/account-info/v3',
    lists: '/crm/v3/lists',
    sequences: '/automation/v4/sequences',
    flows: '/automation/v4/flows',
    forms: '/marketing/v3/forms',
    scheduler: '/scheduler/v3',
  },
};

export function apiOf(version: ApiVersion, app: Actor): Api {
  return {
    version,
    paths: pathsOf[version],
    // An admin's rules for the making and changing of records bind the API from this version on.
    actor: { ...app, obeysRecordRules: version === '2026-09' },
  };
}

/**
 * The status of a batch of which some failed. The numbered versions answer 207; in the dated one the errors are a part
 * of the usual answer.
 */
export function partlyDone({ version }: Api, success: number): number {
  return version === 'legacy' ? 207 : success;
}
