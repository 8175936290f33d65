import { z } from 'zod';
import type { Api } from './api-versions.ts';
import { type ObjectType, objectTypeFacts, objectTypeNamed } from './object-types.ts';
import type { Portal } from './portal.ts';
import { presentRecord } from './present.ts';
import type { PropertyDefinition } from './properties.ts';
import { epochOf } from './property-values.ts';
import { invalid } from './rejection.ts';
import type { CrmRecord } from './store.ts';
import { type Route, readBody, route, typeParam } from './wire.ts';

const maxGroups = 5;
const maxFiltersPerGroup = 6;
const maxFilters = 18;
const maxBody = 3_000;
const maxPage = 200;
const maxResults = 10_000;

const listOperators = ['IN', 'NOT_IN'] as const;
const presenceOperators = ['HAS_PROPERTY', 'NOT_HAS_PROPERTY'] as const;
const valueOperators = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

// Each operator takes its own operands and HubSpot refuses the others.
const filterSchema = z.discriminatedUnion('operator', [
  z.strictObject({ propertyName: z.string(), operator: z.enum(valueOperators), value: z.string() }),
  z.strictObject({
    propertyName: z.string(),
    operator: z.literal('BETWEEN'),
    value: z.string(),
    highValue: z.string(),
  }),
  z.strictObject({
    propertyName: z.string(),
    operator: z.enum(listOperators),
    values: z.array(z.string()).min(1),
  }),
  z.strictObject({ propertyName: z.string(), operator: z.enum(presenceOperators) }),
]);
type Filter = z.infer<typeof filterSchema>;

const sortSchema = z.union([
  z.string(),
  z.strictObject({ propertyName: z.string(), direction: z.enum(['ASCENDING', 'DESCENDING']).optional() }),
]);

const searchSchema = z.strictObject({
  query: z.string().optional(),
  filterGroups: z.array(z.strictObject({ filters: z.array(filterSchema) })).default([]),
  sorts: z.array(sortSchema).default([]),
  properties: z.array(z.string()).default([]),
  limit: z.int().min(1).max(maxPage).default(10),
  after: z
    .union([z.string().regex(/^\d*$/), z.int()])
    .optional()
    .transform((after) => Number(after ?? 0)),
});

function operandsOf(filter: Filter): string[] {
  if ('values' in filter) return filter.values;
  if ('highValue' in filter) return [filter.value, filter.highValue];
  return 'value' in filter ? [filter.value] : [];
}

/** A value in the form its type compares in; NaN for what is no number or time. */
function comparable(definition: PropertyDefinition, value: string): number | string {
  switch (definition.type) {
    case 'number':
      return Number(value);
    case 'date':
    case 'datetime':
      return epochOf(value);
    case 'string':
      return value.toLowerCase();
    case 'enumeration':
    case 'bool':
      return value;
  }
}

function hasTokens(text: string, wanted: string): boolean {
  const tokens = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  // A `*` stands for the rest of a token; without one a token must match whole.
  return wanted
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((token) => token !== '')
    .every((token) => {
      const pattern = new RegExp(`^${token.replaceAll('*', '.*')}$`, 'u');
      return tokens.some((one) => pattern.test(one));
    });
}

function matchesProperty(
  filter: Filter,
  definition: PropertyDefinition,
  stored: string | undefined,
): boolean {
  const read = (value: string) => comparable(definition, value);
  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return stored !== undefined;
    case 'NOT_HAS_PROPERTY':
      return stored === undefined;
    case 'EQ':
      return stored !== undefined && read(stored) === read(filter.value);
    case 'NEQ':
      return stored === undefined || read(stored) !== read(filter.value);
    case 'LT':
      return stored !== undefined && read(stored) < read(filter.value);
    case 'LTE':
      return stored !== undefined && read(stored) <= read(filter.value);
    case 'GT':
      return stored !== undefined && read(stored) > read(filter.value);
    case 'GTE':
      return stored !== undefined && read(stored) >= read(filter.value);
    case 'BETWEEN':
      return (
        stored !== undefined && read(stored) >= read(filter.value) && read(stored) <= read(filter.highValue)
      );
    // HubSpot lower-cases the stored text and not the wanted values: one with capitals never matches.
    case 'IN':
      return stored !== undefined && filter.values.some((value) => isListed(definition, value, read(stored)));
    case 'NOT_IN':
      return (
        stored === undefined || !filter.values.some((value) => isListed(definition, value, read(stored)))
      );
    case 'CONTAINS_TOKEN':
      return stored !== undefined && hasTokens(stored, filter.value);
    case 'NOT_CONTAINS_TOKEN':
      return stored === undefined || !hasTokens(stored, filter.value);
  }
}

function isListed(definition: PropertyDefinition, wanted: string, stored: number | string): boolean {
  return (definition.type === 'string' ? wanted : comparable(definition, wanted)) === stored;
}

function matchesAssociation(portal: Portal, filter: Filter, record: CrmRecord, type: ObjectType): boolean {
  const ids = portal.store.associated(record, type).map(({ id }) => id);
  switch (filter.operator) {
    case 'EQ':
      return ids.includes(filter.value);
    case 'IN':
      return filter.values.some((id) => ids.includes(id));
    case 'HAS_PROPERTY':
      return ids.length > 0;
    case 'NOT_HAS_PROPERTY':
      return ids.length === 0;
    default:
      throw invalid(`Operator ${filter.operator} is not supported for ${filter.propertyName}`);
  }
}

/** A filter as a test of a record; an unknown property is refused before any record is looked at. */
function testFor(portal: Portal, type: ObjectType, filter: Filter): (record: CrmRecord) => boolean {
  const associated = /^associations\.(\w+)$/.exec(filter.propertyName)?.[1];
  const other = associated === undefined ? undefined : objectTypeNamed(associated);
  if (other !== undefined) return (record) => matchesAssociation(portal, filter, record, other);
  const definition = knownProperty(portal, type, filter.propertyName);
  const wrong = operandsOf(filter).find((operand) => Number.isNaN(comparable(definition, operand)));
  if (wrong !== undefined) throw invalid(`${wrong} is not a valid ${definition.type} for ${definition.name}`);
  return (record) => matchesProperty(filter, definition, record.properties.get(definition.name));
}

function knownProperty(portal: Portal, type: ObjectType, name: string): PropertyDefinition {
  const definition = portal.catalog.get(type, name);
  if (definition !== undefined) return definition;
  throw invalid('There was a problem with the request.', [
    {
      message: `Property "${name}" does not exist`,
      code: 'PROPERTY_DOESNT_EXIST',
      context: { propertyName: [name] },
    },
  ]);
}

function sorted(
  portal: Portal,
  type: ObjectType,
  records: CrmRecord[],
  sort: z.infer<typeof sortSchema>,
): CrmRecord[] {
  const { propertyName, direction } =
    typeof sort === 'string' ? { propertyName: sort, direction: undefined } : sort;
  const definition = knownProperty(portal, type, propertyName);
  const sign = direction === 'DESCENDING' ? -1 : 1;
  const keyed = records.map((record) => {
    const value = record.properties.get(propertyName);
    return { record, key: value === undefined ? undefined : comparable(definition, value) };
  });
  keyed.sort(({ key: x }, { key: y }) => {
    // Records without a value come last in either direction.
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return x === y ? 0 : x < y ? -sign : sign;
  });
  return keyed.map(({ record }) => record);
}

/** `/crm/objects/{version}/{type}/search`. */
export function searchRoutes(portal: Portal, { paths }: Api): Route[] {
  return [
    route('POST', `${paths.objects}/:type/search`, (request) => {
      const type = typeParam(request);
      if (request.bodyLength > maxBody)
        throw invalid(`The request body is longer than ${maxBody} characters`);
      const search = readBody(searchSchema, request);
      const filters = search.filterGroups.flatMap((group) => group.filters);
      if (search.filterGroups.length > maxGroups)
        throw invalid(`The maximum number of filterGroups is ${maxGroups}`);
      if (search.filterGroups.some((group) => group.filters.length > maxFiltersPerGroup)) {
        throw invalid(`The maximum number of filters in a group is ${maxFiltersPerGroup}`);
      }
      if (filters.length > maxFilters) throw invalid(`The maximum number of filters is ${maxFilters}`);
      if (search.sorts.length > 1) throw invalid('Only one sort is allowed');
      if (search.after + search.limit > maxResults) {
        throw invalid(`The total number of results of a search is limited to ${maxResults}`);
      }

      const groups = search.filterGroups.map((group) =>
        group.filters.map((one) => testFor(portal, type, one)),
      );
      const { query } = search;
      const found = portal.store.all(type).filter((record) => {
        const text = objectTypeFacts[type].searched
          .map((name) => record.properties.get(name) ?? '')
          .join(' ');
        if (query && !hasTokens(text, query)) return false;
        return groups.length === 0 || groups.some((tests) => tests.every((test) => test(record)));
      });
      const [sort] = search.sorts;
      const ordered = sort === undefined ? found : sorted(portal, type, found, sort);
      const end = search.after + search.limit;
      return {
        status: 200,
        body: {
          total: found.length,
          results: ordered
            .slice(search.after, end)
            .map((record) => presentRecord(portal, record, { properties: search.properties })),
          ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
        },
      };
    }),
  ];
}
