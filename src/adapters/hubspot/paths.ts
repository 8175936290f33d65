/**
 * The versions of HubSpot's API that the bot speaks. `2026-09` is dated and supported for 18 months; `legacy` are v3 and
 * v4, of which v4 goes unsupported in March 2027 and v3 in September 2027.
 */
export type ApiVersion = '2026-09' | 'legacy';

/** Where each part of the API is that the bot uses. The library knows the numbered paths alone. */
const paths: readonly Readonly<Record<ApiVersion, string>>[] = [
  { legacy: '/crm/v3/objects', '2026-09': '/crm/objects/2026-09' },
  { legacy: '/crm/v4/associations', '2026-09': '/crm/associations/2026-09' },
  { legacy: '/crm/v3/owners', '2026-09': '/crm/owners/2026-09' },
  { legacy: '/crm/v3/properties', '2026-09': '/crm/properties/2026-09' },
  { legacy: '/crm/v3/pipelines', '2026-09': '/crm/pipelines/2026-09' },
  { legacy: '/automation/v4/sequences', '2026-09': '/automation/sequences/2026-09' },
  { legacy: '/scheduler/v3', '2026-09': '/scheduler/2026-09' },
  // Of forms 2026-09 is a beta, and of what was sent in there is no dated version.
  { legacy: '/marketing/v3/forms', '2026-09': '/marketing/forms/2026-09-beta' },
  { legacy: '/form-integrations/v1', '2026-09': '/form-integrations/v1' },
  { legacy: '/account-info/v3', '2026-09': '/account-info/2026-09' },
  // What a token is worth has no dated version.
  { legacy: '/oauth/v2', '2026-09': '/oauth/v2' },
  // Of lists 2026-09 is a beta.
  { legacy: '/crm/v3/lists', '2026-09': '/crm/lists/2026-03' },
];

/** What else the bot's requests have in their paths, beside what they are about. */
const otherWords = [
  ...['calls', 'communications', 'companies', 'contact', 'contacts', 'deals', 'emails', 'leads', 'meetings'],
  ...['notes', 'owners', 'tasks', 'users'],
  ...['add', 'add-and-remove', 'archive', 'batch', 'create', 'read', 'remove', 'search', 'update', 'upsert'],
  ...[
    'access-token-info',
    'details',
    'enrollments',
    'get',
    'groups',
    'labels',
    'meeting-links',
    'memberships',
    'private-apps',
    'submissions',
  ],
];

/** All words that may stand in the path of a request; the rest of it is an id, or a name. */
export const pathWords: ReadonlySet<string> = new Set([
  ...paths.flatMap((part) => Object.values(part).flatMap((path) => path.split('/'))),
  ...otherWords,
]);

/** The address that the library asks, in another version. @throws Error for a part of the API that is in no table */
export function addressIn(version: ApiVersion, address: string): string {
  const url = new URL(address);
  const part = paths.find(({ legacy }) => `${url.pathname}/`.includes(`${legacy}/`));
  if (!part) throw new Error(`No path of HubSpot's for ${url.pathname}: expected it in the table`);
  url.pathname = url.pathname.replace(part.legacy, part[version]).replace(/\/$/, '');
  return url.href;
}
