import { z } from 'zod';
import { type Api, partlyDone } from './api-versions.ts';
import { type AssociationType, associationBetween } from './association-types.ts';
import { type ObjectType, objectTypeFacts } from './object-types.ts';
import { associationSpecs, linksOf } from './objects.ts';
import type { Portal } from './portal.ts';
import { invalid } from './rejection.ts';
import type { Associated, CrmRecord } from './store.ts';
import {
  type ApiRequest,
  limitQuery,
  pageOf,
  param,
  type Route,
  readBody,
  route,
  typeParam,
} from './wire.ts';

const maxReadInputs = 1_000;
const maxCreateInputs = 2_000;
const maxPage = 500;

const readInput = z.strictObject({
  inputs: z.array(z.strictObject({ id: z.string(), after: z.string().optional() })).min(1),
});

const idInput = z.strictObject({ id: z.string() });
const createInput = z.strictObject({
  inputs: z.array(z.strictObject({ from: idInput, to: idInput, types: associationSpecs })).min(1),
});

/** Ids are numbers here, unlike everywhere else in the API. */
function presentAssociated({ id, types }: Associated) {
  return {
    toObjectId: Number(id),
    associationTypes: types.map(({ typeId, label }) => ({ category: 'HUBSPOT_DEFINED', typeId, label })),
  };
}

function presentPair(from: CrmRecord, to: CrmRecord, types: AssociationType[]) {
  return {
    fromObjectTypeId: objectTypeFacts[from.type].id,
    fromObjectId: Number(from.id),
    toObjectTypeId: objectTypeFacts[to.type].id,
    toObjectId: Number(to.id),
    labels: types.flatMap(({ label }) => label ?? []),
  };
}

function typesBetween(
  from: ObjectType,
  to: ObjectType,
  specs: z.infer<typeof associationSpecs>,
): AssociationType[] {
  return linksOf(from, [{ to: { id: '' }, types: specs }]).map(({ type }) => {
    if (type.to === to) return type;
    throw invalid(
      `One or more associations are invalid: type ${type.typeId} leads to ${type.to} and not to ${to}`,
    );
  });
}

function noAssociations(from: ObjectType, fromId: string, to: ObjectType) {
  const [a, b] = [objectTypeFacts[from].singular, objectTypeFacts[to].singular];
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${b} is associated with ${a} ${fromId}.`,
    context: { fromObjectId: [fromId], fromObjectType: [a], toObjectType: [b] },
  };
}

/** `/crm/objects/{version}/…/associations/…` and `/crm/associations/{version}/…/batch/…`. */
export function associationRoutes(portal: Portal, api: Api): Route[] {
  const { actor, paths } = api;
  const batch = (success: number, results: unknown[], errors: unknown[] = []) => {
    const at = portal.now().toISOString();
    const failed = errors.length > 0 ? { numErrors: errors.length, errors } : {};
    return {
      status: errors.length > 0 ? partlyDone(api, success) : success,
      body: { status: 'COMPLETE', results, ...failed, startedAt: at, completedAt: at },
    };
  };
  const pair = (request: ApiRequest) => ({
    from: portal.record(typeParam(request, 'from'), param(request, 'fromId')),
    to: portal.record(typeParam(request, 'to'), param(request, 'toId')),
  });
  const pairPath = `${paths.objectAssociations}/:from/:fromId/associations/:to/:toId`;

  return [
    route('GET', `${paths.objectAssociations}/:from/:fromId/associations/:to`, (request) => {
      const from = portal.record(typeParam(request, 'from'), param(request, 'fromId'));
      const all = portal.store.associated(from, typeParam(request, 'to'));
      const { page, paging } = pageOf(all, limitQuery(request, maxPage, maxPage), request.query.get('after'));
      return { status: 200, body: { results: page.map(presentAssociated), ...paging } };
    }),
    route('PUT', `${paths.objectAssociations}/:from/:fromId/associations/default/:to/:toId`, (request) => {
      const { from, to } = pair(request);
      const type = associationBetween(from.type, to.type);
      if (type === undefined) throw invalid(`${from.type} cannot be associated with ${to.type}`);
      portal.associate(from, to, type, actor);
      const both: [CrmRecord, CrmRecord, number][] = [
        [from, to, type.typeId],
        [to, from, type.inverseId],
      ];
      const results = both.map(([a, b, associationTypeId]) => ({
        from: { id: a.id },
        to: { id: b.id },
        associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId },
      }));
      return batch(200, results);
    }),
    route('PUT', pairPath, (request) => {
      const { from, to } = pair(request);
      const types = typesBetween(from.type, to.type, readBody(associationSpecs, request));
      for (const type of types) portal.associate(from, to, type, actor);
      return { status: 201, body: presentPair(from, to, types) };
    }),
    route('DELETE', pairPath, (request) => {
      const { from, to } = pair(request);
      portal.dissociate(from, to, actor);
      return { status: 204 };
    }),
    route('POST', `${paths.associations}/:from/:to/batch/read`, (request) => {
      const [fromType, toType] = [typeParam(request, 'from'), typeParam(request, 'to')];
      const { inputs } = readBody(readInput, request);
      if (inputs.length > maxReadInputs)
        throw invalid(`The maximum number of inputs is ${maxReadInputs}, got ${inputs.length}`);
      const results: unknown[] = [];
      const errors: unknown[] = [];
      for (const { id, after } of inputs) {
        const from = portal.store.find(fromType, id);
        const all = from === undefined ? [] : portal.store.associated(from, toType);
        if (all.length === 0) {
          errors.push(noAssociations(fromType, id, toType));
        } else {
          const { page, paging } = pageOf(all, maxPage, after ?? null);
          results.push({ from: { id }, to: page.map(presentAssociated), ...paging });
        }
      }
      return batch(200, results, errors);
    }),
    route('POST', `${paths.associations}/:from/:to/batch/create`, (request) => {
      const [fromType, toType] = [typeParam(request, 'from'), typeParam(request, 'to')];
      const { inputs } = readBody(createInput, request);
      if (inputs.length > maxCreateInputs) {
        throw invalid(`The maximum number of inputs is ${maxCreateInputs}, got ${inputs.length}`);
      }
      const planned = inputs.map((input) => ({
        from: portal.record(fromType, input.from.id),
        to: portal.record(toType, input.to.id),
        types: typesBetween(fromType, toType, input.types),
      }));
      return batch(
        201,
        planned.map(({ from, to, types }) => {
          for (const type of types) portal.associate(from, to, type, actor);
          return presentPair(from, to, types);
        }),
      );
    }),
  ];
}
