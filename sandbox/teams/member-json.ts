import type { TeamsUser, Tenant } from './tenant.ts';

/** A member as the connector describes them (`TeamsChannelAccount`). */
export function memberJson({ tenantId }: Tenant, user: TeamsUser): unknown {
  const { givenName, surname } = nameParts(user.name);
  return {
    id: user.memberId,
    name: user.name,
    givenName,
    surname,
    email: user.email,
    userPrincipalName: user.userPrincipalName,
    tenantId,
    objectId: user.id,
    aadObjectId: user.id,
    userRole: 'user',
  };
}

/** Entra keeps the parts of a name; here the last word counts as the surname. */
export function nameParts(name: string): { givenName: string; surname: string } {
  const words = name.split(' ');
  return { givenName: words.slice(0, -1).join(' ') || name, surname: words.at(-1) ?? '' };
}
