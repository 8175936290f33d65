import { z } from 'zod';
import type { Api } from './api-versions.ts';
import { associationType } from './association-types.ts';
import { type ObjectType, objectTypeNamed } from './object-types.ts';
import type { Link, Portal } from './portal.ts';
import { presentRecord } from './present.ts';
import { invalid, notFound } from './rejection.ts';
import type { CrmRecord } from './store.ts';
import {
  type ApiRequest,
  booleanQuery,
  limitQuery,
  listQuery,
  pageOf,
  param,
  type Route,
  readBody,
  route,
  typeParam,
} from './wire.ts';

/** The values of a write. HubSpot takes strings only, for numbers and dates too. */
export const propertyValues = z.record(z.string(), z.string());

/** The kinds of association that a request wants between two records. */
export const associationSpecs = z
  .array(
    z.strictObject({
      associationCategory: z.enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED']),
      associationTypeId: z.int(),
    }),
  )
  .min(1);

const linkInputs = z.array(
  z.strictObject({ to: z.strictObject({ id: z.string() }), types: associationSpecs }),
);

/** The body that creates a record, alone or as one input of a batch. */
export const createInput = z.strictObject({
  properties: propertyValues,
  associations: linkInputs.optional(),
  objectWriteTraceId: z.string().optional(),
});

const updateInput = z.strictObject({ properties: propertyValues, objectWriteTraceId: z.string().optional() });

/** The record a path or a batch input names, by its id or by a property whose value is unique. */
export function findBy(
  portal: Portal,
  type: ObjectType,
  id: string,
  options: { idProperty?: string | null | undefined; archived?: boolean } = {},
): CrmRecord | undefined {
  const { idProperty, archived = false } = options;
  if (!idProperty || idProperty === 'hs_object_id') return portal.store.find(type, id, archived);
  if (portal.catalog.get(type, idProperty)?.hasUniqueValue !== true) {
    throw invalid(`Property ${idProperty} is not a unique identifier of ${type}`);
  }
  return portal.store.findUnique(type, idProperty, id);
}

/** The associations of a new record; each type must lead from the record's type. */
export function linksOf(type: ObjectType, inputs: z.infer<typeof linkInputs> = []): Link[] {
  return inputs.flatMap(({ to, types }) =>
    types.map(({ associationTypeId, associationCategory }) => {
      const association = associationType(associationTypeId);
      if (association === undefined || associationCategory !== 'HUBSPOT_DEFINED') {
        throw invalid(
          `One or more associations are invalid: no association type ${associationTypeId} exists`,
        );
      }
      if (association.from !== type) {
        throw invalid(
          `One or more associations are invalid: type ${associationTypeId} leads from ${association.from} and not from ${type}`,
        );
      }
      return { type: association, id: to.id };
    }),
  );
}

function associationsQuery(request: ApiRequest): ObjectType[] {
  return listQuery(request, 'associations').map((name) => {
    const type = objectTypeNamed(name);
    if (type === undefined) throw invalid(`Unable to infer object type from: ${name}`);
    return type;
  });
}

function selectionOf(request: ApiRequest) {
  return {
    properties: listQuery(request, 'properties'),
    history: listQuery(request, 'propertiesWithHistory'),
    associations: associationsQuery(request),
  };
}

/** Throws HubSpot's 400 for an attempt to create a user through the API. */
export function refuseNewUsers(type: ObjectType): void {
  if (type === 'users') throw invalid('Users are added in the account settings and cannot be created here');
}

/** `/crm/objects/{version}/{type}` and `/crm/objects/{version}/{type}/{id}`. */
export function objectRoutes(portal: Portal, api: Api): Route[] {
  const { actor, paths } = api;
  const named = (request: ApiRequest): CrmRecord => {
    const type = typeParam(request);
    const idProperty = request.query.get('idProperty');
    if (!idProperty) return portal.record(type, param(request, 'id'));
    const record = findBy(portal, type, param(request, 'id'), { idProperty });
    if (record === undefined) throw notFound();
    return record;
  };
  return [
    route('GET', `${paths.objects}/:type`, (request) => {
      const records = portal.store.all(typeParam(request), booleanQuery(request, 'archived'));
      const { page, paging } = pageOf(records, limitQuery(request, 10, 100), request.query.get('after'));
      const selection = selectionOf(request);
      return {
        status: 200,
        body: { results: page.map((one) => presentRecord(portal, one, selection)), ...paging },
      };
    }),
    route('POST', `${paths.objects}/:type`, (request) => {
      const type = typeParam(request);
      refuseNewUsers(type);
      const { properties, associations } = readBody(createInput, request);
      const record = portal.create(type, properties, actor, linksOf(type, associations));
      return {
        status: 201,
        body: presentRecord(portal, record, { properties: [...record.properties.keys()] }),
      };
    }),
    route('GET', `${paths.objects}/:type/:id`, (request) => {
      if (!booleanQuery(request, 'archived')) {
        return { status: 200, body: presentRecord(portal, named(request), selectionOf(request)) };
      }
      const record = portal.store.find(typeParam(request), param(request, 'id'), true);
      if (record === undefined) throw notFound();
      return { status: 200, body: presentRecord(portal, record, selectionOf(request)) };
    }),
    route('PATCH', `${paths.objects}/:type/:id`, (request) => {
      const record = named(request);
      const { properties } = readBody(updateInput, request);
      portal.update(record, properties, actor);
      return { status: 200, body: presentRecord(portal, record, { properties: Object.keys(properties) }) };
    }),
    route('DELETE', `${paths.objects}/:type/:id`, (request) => {
      // Archiving what is archived, or never was, is answered like a success.
      const record = portal.store.find(typeParam(request), param(request, 'id'));
      if (record !== undefined) portal.archive(record, actor);
      return { status: 204 };
    }),
  ];
}
