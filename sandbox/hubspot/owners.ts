import type { Api } from './api-versions.ts';
import { notFound } from './rejection.ts';
import { booleanQuery, limitQuery, pageOf, param, type Route, route } from './wire.ts';

/** A person whom records can be assigned to. */
export type Owner = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  userId: number;
  teams: { id: string; name: string; primary: boolean }[];
  archived: boolean;
  createdAt: Date;
  updatedAt: Date;
};

function presentOwner(owner: Owner) {
  return {
    id: owner.id,
    email: owner.email,
    type: 'PERSON',
    firstName: owner.firstName,
    lastName: owner.lastName,
    // Whoever has left keeps the owner id and loses the user id.
    userId: owner.archived ? null : owner.userId,
    userIdIncludingInactive: owner.userId,
    createdAt: owner.createdAt.toISOString(),
    updatedAt: owner.updatedAt.toISOString(),
    archived: owner.archived,
    ...(owner.teams.length > 0 ? { teams: owner.teams } : {}),
  };
}

/** `/crm/owners/{version}`. */
export function ownerRoutes(owners: ReadonlyMap<string, Owner>, { paths }: Api): Route[] {
  return [
    route('GET', paths.owners, (request) => {
      const email = request.query.get('email')?.toLowerCase();
      const archived = booleanQuery(request, 'archived');
      const found = [...owners.values()].filter(
        (owner) => owner.archived === archived && (email === undefined || owner.email === email),
      );
      const { page, paging } = pageOf(found, limitQuery(request, 100, 500), request.query.get('after'));
      return { status: 200, body: { results: page.map(presentOwner), ...paging } };
    }),
    route('GET', `${paths.owners}/:id`, (request) => {
      const id = param(request, 'id');
      const byUser = request.query.get('idProperty') === 'userId';
      const owner = byUser ? [...owners.values()].find((one) => String(one.userId) === id) : owners.get(id);
      if (owner === undefined || owner.archived !== booleanQuery(request, 'archived')) throw notFound();
      return { status: 200, body: presentOwner(owner) };
    }),
  ];
}
