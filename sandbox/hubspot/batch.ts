import { z } from 'zod';
import { type Api, partlyDone } from './api-versions.ts';
import { type ObjectType, objectTypeFacts } from './object-types.ts';
import { createInput, findBy, linksOf, propertyValues, refuseNewUsers } from './objects.ts';
import type { Portal } from './portal.ts';
import { presentRecord } from './present.ts';
import { invalid, Rejection } from './rejection.ts';
import type { CrmRecord } from './store.ts';
import { booleanQuery, type Route, readBody, route, typeParam } from './wire.ts';

const maxInputs = 100;
// A read that asks for histories takes half as many.
const maxInputsWithHistory = 50;

const inputsOf = <T extends z.ZodType>(input: T) => z.strictObject({ inputs: z.array(input).min(1) });

const readInput = z.strictObject({
  inputs: z.array(z.strictObject({ id: z.string() })).min(1),
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
  idProperty: z.string().optional(),
});

const writeInput = z.strictObject({
  id: z.string(),
  idProperty: z.string().optional(),
  properties: propertyValues,
  objectWriteTraceId: z.string().optional(),
});

type BatchError = {
  status: 'error';
  category: string;
  message: string;
  context: Record<string, string[]>;
};

function refuseTooMany(inputs: unknown[], max = maxInputs): void {
  if (inputs.length > max) throw invalid(`The maximum number of inputs is ${max}, got ${inputs.length}`);
}

function refuseRepeated(ids: string[]): void {
  const repeated = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (repeated.length === 0) return;
  throw invalid(
    `Duplicate IDs found in batch input: [${repeated.join(', ')}]. IDs must be unique`,
    undefined,
    {
      ids: repeated,
    },
  );
}

function missingRecords(type: ObjectType, ids: string[]): BatchError[] {
  if (ids.length === 0) return [];
  const name = objectTypeFacts[type].singular.toUpperCase();
  return [
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: `Could not get some ${name} objects, they may be deleted or not exist. Check that ids are valid.`,
      context: { ids },
    },
  ];
}

/**
 * Writes every input. One bad input refuses the whole batch, unless the inputs carry an
 * `objectWriteTraceId`: then the good ones are written and the bad ones reported. HubSpot promises no order of the
 * answers: here the last input is answered first.
 *
 * @param plan checks one input and returns what writes it
 */
function writeEach<I extends { objectWriteTraceId?: string | undefined }, R extends object>(
  inputs: I[],
  plan: (input: I) => () => R,
): { results: R[]; errors: BatchError[] } {
  if (!inputs.every((input) => input.objectWriteTraceId !== undefined)) {
    const results = inputs.map(plan).map((write) => write());
    return { results: results.reverse(), errors: [] };
  }
  const results: R[] = [];
  const errors: BatchError[] = [];
  for (const input of inputs) {
    try {
      const { objectWriteTraceId } = input;
      results.unshift({ ...plan(input)(), objectWriteTraceId });
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      errors.push({
        status: 'error',
        category: String(error.body['category']),
        message: error.message,
        context: { objectWriteTraceId: [input.objectWriteTraceId ?? ''] },
      });
    }
  }
  return { results, errors };
}

/** `/crm/objects/{version}/{type}/batch/…`. */
export function batchRoutes(portal: Portal, api: Api): Route[] {
  const { actor, paths } = api;
  const reply = (success: number, results: unknown[], errors: BatchError[]) => {
    const at = portal.now().toISOString();
    const failed = errors.length > 0 ? { numErrors: errors.length, errors } : {};
    return {
      status: errors.length > 0 ? partlyDone(api, success) : success,
      body: { status: 'COMPLETE', results, ...failed, startedAt: at, completedAt: at },
    };
  };
  const planUpdate = (record: CrmRecord, properties: Record<string, string>) => {
    const write = portal.planUpdate(record, properties, actor);
    return () => {
      write();
      return presentRecord(portal, record, { properties: Object.keys(properties) });
    };
  };
  const planCreate = (type: ObjectType, { properties, associations }: z.infer<typeof createInput>) => {
    const write = portal.planCreate(type, properties, actor, linksOf(type, associations));
    return () => {
      const record = write();
      return presentRecord(portal, record, { properties: [...record.properties.keys()] });
    };
  };

  return [
    route('POST', `${paths.objects}/:type/batch/read`, (request) => {
      const type = typeParam(request);
      const { inputs, properties, propertiesWithHistory: history, idProperty } = readBody(readInput, request);
      refuseTooMany(inputs, history.length > 0 ? maxInputsWithHistory : maxInputs);
      const archived = booleanQuery(request, 'archived');
      const found = inputs.map(({ id }) => ({
        id,
        record: findBy(portal, type, id, { idProperty, archived }),
      }));
      return reply(
        200,
        found.flatMap(({ record }) => (record ? presentRecord(portal, record, { properties, history }) : [])),
        missingRecords(
          type,
          found.filter(({ record }) => record === undefined).map(({ id }) => id),
        ),
      );
    }),
    route('POST', `${paths.objects}/:type/batch/create`, (request) => {
      const type = typeParam(request);
      refuseNewUsers(type);
      const { inputs } = readBody(inputsOf(createInput), request);
      refuseTooMany(inputs);
      const { results, errors } = writeEach(inputs, (input) => planCreate(type, input));
      return reply(201, results, errors);
    }),
    route('POST', `${paths.objects}/:type/batch/update`, (request) => {
      const type = typeParam(request);
      const { inputs } = readBody(inputsOf(writeInput), request);
      refuseTooMany(inputs);
      refuseRepeated(inputs.map(({ id }) => id));
      const found = inputs.map((input) => ({ ...input, record: findBy(portal, type, input.id, input) }));
      const known = found.flatMap(({ record, ...input }) => (record ? { ...input, record } : []));
      const { results, errors } = writeEach(known, ({ record, properties }) =>
        planUpdate(record, properties),
      );
      const missing = found.filter(({ record }) => record === undefined).map(({ id }) => id);
      return reply(200, results, [...errors, ...missingRecords(type, missing)]);
    }),
    route('POST', `${paths.objects}/:type/batch/upsert`, (request) => {
      const type = typeParam(request);
      refuseNewUsers(type);
      const { inputs } = readBody(inputsOf(writeInput), request);
      refuseTooMany(inputs);
      refuseRepeated(inputs.map(({ id }) => id));
      const { results, errors } = writeEach(inputs, ({ id, idProperty, properties }) => {
        const record = findBy(portal, type, id, { idProperty });
        if (record === undefined && !idProperty) throw invalid(`No ${type} with ID ${id} exists`);
        const values = { ...(idProperty ? { [idProperty]: id } : {}), ...properties };
        const write = record ? planUpdate(record, values) : planCreate(type, { properties: values });
        return () => ({ ...write(), new: record === undefined });
      });
      return reply(200, results, errors);
    }),
    route('POST', `${paths.objects}/:type/batch/archive`, (request) => {
      const type = typeParam(request);
      const { inputs } = readBody(inputsOf(z.strictObject({ id: z.string() })), request);
      refuseTooMany(inputs);
      for (const { id } of inputs) {
        const record = portal.store.find(type, id);
        if (record !== undefined) portal.archive(record, actor);
      }
      return { status: 204 };
    }),
  ];
}
