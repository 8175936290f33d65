import { z } from 'zod';
import { type Api, partlyDone } from './api-versions.ts';
import type { ObjectType } from './object-types.ts';
import type { Portal } from './portal.ts';
import { fieldTypes, type PropertyDefinition } from './properties.ts';
import { conflict, invalid, notFound, Rejection } from './rejection.ts';
import { booleanQuery, param, type Route, readBody, route, typeParam } from './wire.ts';

const maxInputs = 100;

const optionInput = z.strictObject({
  label: z.string().min(1),
  value: z.string().min(1),
  hidden: z.boolean(),
  displayOrder: z.int().optional(),
  description: z.string().optional(),
});

const propertyInput = z.strictObject({
  name: z.string(),
  label: z.string().min(1),
  type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().optional(),
  options: z.array(optionInput).optional(),
  hasUniqueValue: z.boolean().optional(),
  hidden: z.boolean().optional(),
  displayOrder: z.int().optional(),
  formField: z.boolean().optional(),
});
type PropertyInput = z.infer<typeof propertyInput>;

const groupInput = z.strictObject({
  name: z.string(),
  label: z.string().min(1),
  displayOrder: z.int().default(-1),
});

function presentProperty(definition: PropertyDefinition, at: string) {
  const { name, label, type, fieldType, groupName, description, hasUniqueValue, hubspotDefined } = definition;
  return {
    name,
    label,
    type,
    fieldType,
    groupName,
    description,
    options: definition.options.map((option, displayOrder) => ({ ...option, displayOrder, hidden: false })),
    externalOptions: definition.listsOwners,
    ...(definition.listsOwners ? { referencedObjectType: 'OWNER' } : {}),
    hasUniqueValue,
    calculated: definition.readOnly,
    hidden: false,
    formField: false,
    displayOrder: -1,
    ...(hubspotDefined ? { hubspotDefined } : { createdAt: at, updatedAt: at }),
    archived: false,
    modificationMetadata: {
      archivable: !hubspotDefined,
      readOnlyDefinition: hubspotDefined,
      readOnlyValue: definition.readOnly,
    },
  };
}

function refuseBadName(name: string): void {
  if (/^[a-z][a-z0-9_]*$/.test(name)) return;
  throw invalid(`Invalid name ${name}: expected lower-case letters, digits and underscores, a letter first`);
}

function refuseBadDefinition(portal: Portal, type: ObjectType, input: PropertyInput): void {
  const { name, fieldType, groupName, options = [] } = input;
  refuseBadName(name);
  if (name.startsWith('hs_')) throw invalid(`Invalid name ${name}: the prefix hs_ is reserved for HubSpot`);
  if (portal.catalog.get(type, name) !== undefined) {
    throw conflict(`A property named '${name}' already exists.`, 'OBJECT_ALREADY_EXISTS');
  }
  if (!portal.catalog.groups(type).some((group) => group.name === groupName)) {
    throw invalid(`Property group ${groupName} does not exist`);
  }
  if (!fieldTypes[input.type].includes(fieldType)) {
    throw invalid(
      `Invalid fieldType ${fieldType} for type ${input.type}: expected ${fieldTypes[input.type]}`,
    );
  }
  const values = options.map(({ value }) => value);
  if (new Set(values).size !== values.length) throw invalid(`The options of ${name} repeat a value`);
  if (input.type === 'enumeration' && values.length === 0)
    throw invalid(`An enumeration needs options: ${name}`);
  if (fieldType === 'booleancheckbox' && values.toSorted().join() !== 'false,true') {
    throw invalid(`A boolean property needs exactly the options true and false: ${name}`);
  }
}

/** `/crm/properties/{version}/{type}`: definitions and groups; the values are written with the records. */
export function propertyRoutes(portal: Portal, api: Api): Route[] {
  const { paths } = api;
  const createdAt = () => portal.now().toISOString();
  const create = (type: ObjectType, input: PropertyInput) => {
    refuseBadDefinition(portal, type, input);
    const { name, label, fieldType, groupName } = input;
    const definition = portal.catalog.define(type, {
      name,
      label,
      type: input.type,
      fieldType,
      groupName,
      description: input.description ?? '',
      hasUniqueValue: input.hasUniqueValue ?? false,
      options: (input.options ?? []).map(({ label, value }) => ({ label, value })),
    });
    return presentProperty(definition, createdAt());
  };
  return [
    route('GET', `${paths.properties}/:type`, (request) => {
      const definitions = booleanQuery(request, 'archived') ? [] : portal.catalog.list(typeParam(request));
      return { status: 200, body: { results: definitions.map((one) => presentProperty(one, createdAt())) } };
    }),
    route('GET', `${paths.properties}/:type/groups`, (request) => {
      const results = portal.catalog
        .groups(typeParam(request))
        .map((group) => ({ ...group, archived: false }));
      return { status: 200, body: { results } };
    }),
    route('POST', `${paths.properties}/:type/groups`, (request) => {
      const type = typeParam(request);
      const group = readBody(groupInput, request);
      refuseBadName(group.name);
      if (portal.catalog.groups(type).some(({ name }) => name === group.name)) {
        throw conflict(`A property group named '${group.name}' already exists.`, 'OBJECT_ALREADY_EXISTS');
      }
      portal.catalog.addGroup(type, group);
      return { status: 201, body: { ...group, archived: false } };
    }),
    route('GET', `${paths.properties}/:type/:name`, (request) => {
      const definition = portal.catalog.get(typeParam(request), param(request, 'name'));
      if (definition === undefined) {
        throw notFound(`The requested property is not found. property ${param(request, 'name')}`);
      }
      return { status: 200, body: presentProperty(definition, createdAt()) };
    }),
    route('POST', `${paths.properties}/:type`, (request) => ({
      status: 201,
      body: create(typeParam(request), readBody(propertyInput, request)),
    })),
    route('POST', `${paths.properties}/:type/batch/create`, (request) => {
      const type = typeParam(request);
      const { inputs } = readBody(
        z.strictObject({ inputs: z.array(propertyInput).min(1).max(maxInputs) }),
        request,
      );
      const results: unknown[] = [];
      const errors: unknown[] = [];
      for (const input of inputs) {
        try {
          results.push(create(type, input));
        } catch (error) {
          if (!(error instanceof Rejection)) throw error;
          errors.push({ ...error.body, context: { name: [input.name] } });
        }
      }
      const failed = errors.length > 0 ? { numErrors: errors.length, errors } : {};
      return {
        status: errors.length > 0 ? partlyDone(api, 201) : 201,
        body: { status: 'COMPLETE', results, ...failed, startedAt: createdAt(), completedAt: createdAt() },
      };
    }),
  ];
}
