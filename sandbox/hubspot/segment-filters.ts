import { z } from 'zod';
import type { ObjectType } from './object-types.ts';
import type { PropertyCatalog } from './properties.ts';
import { invalid } from './rejection.ts';

const hasNoValueToo = { includeObjectsWithNoValueSet: z.boolean().default(false) };

const operation = z.discriminatedUnion('operationType', [
  z.strictObject({
    operationType: z.literal('BOOL'),
    operator: z.enum(['IS_EQUAL_TO', 'IS_NOT_EQUAL_TO']),
    value: z.boolean(),
    ...hasNoValueToo,
  }),
  z.strictObject({
    operationType: z.literal('ENUMERATION'),
    operator: z.enum(['IS_ANY_OF', 'IS_NONE_OF']),
    values: z.array(z.string()).min(1),
    ...hasNoValueToo,
  }),
  z.strictObject({
    operationType: z.literal('ALL_PROPERTY'),
    operator: z.enum(['IS_KNOWN', 'IS_UNKNOWN']),
    ...hasNoValueToo,
  }),
]);
type Operation = z.infer<typeof operation>;

const propertyFilter = z.strictObject({
  filterType: z.literal('PROPERTY'),
  property: z.string(),
  operation,
});
type PropertyFilter = z.infer<typeof propertyFilter>;

const andBranch = z.strictObject({
  filterBranchType: z.literal('AND'),
  filterBranchOperator: z.literal('AND').default('AND'),
  filterBranches: z.array(z.never()).default([]),
  filters: z.array(propertyFilter).min(1),
});

/** Groups of filters, of which one has to fit: HubSpot takes no other shape at the root. */
export const filterBranch = z.strictObject({
  filterBranchType: z.literal('OR'),
  filterBranchOperator: z.literal('OR').default('OR'),
  filterBranches: z.array(andBranch).min(1),
  filters: z.array(z.never()).default([]),
});

/** What belongs into an active segment, or into a workflow. */
export type FilterBranch = z.infer<typeof filterBranch>;

/** The values of a record, of which those that are not set are absent. */
type Values = ReadonlyMap<string, string>;

/** All the filters have to fit. */
export function allOf(...filters: readonly [string, Operation][]): FilterBranch {
  return filterBranch.parse({
    filterBranchType: 'OR',
    filterBranches: [
      {
        filterBranchType: 'AND',
        filters: filters.map(([property, wanted]) => ({
          filterType: 'PROPERTY',
          property,
          operation: wanted,
        })),
      },
    ],
  });
}

export const isTrue: Operation = {
  operationType: 'BOOL',
  operator: 'IS_EQUAL_TO',
  value: true,
  includeObjectsWithNoValueSet: false,
};

export const isKnown: Operation = {
  operationType: 'ALL_PROPERTY',
  operator: 'IS_KNOWN',
  includeObjectsWithNoValueSet: false,
};

export function isAnyOf(...values: string[]): Operation {
  return { operationType: 'ENUMERATION', operator: 'IS_ANY_OF', values, includeObjectsWithNoValueSet: false };
}

/** Throws HubSpot's 400 when a filter asks for a property that records of the type do not have. */
export function refuseUnknownProperties(
  branch: FilterBranch,
  type: ObjectType,
  catalog: PropertyCatalog,
): void {
  for (const { property } of filtersOf(branch)) {
    if (catalog.get(type, property) === undefined)
      throw invalid(`The property ${property} does not exist for ${type}`);
  }
}

/** Every property that the filters ask for. */
export function propertiesIn(branch: FilterBranch): Set<string> {
  return new Set(filtersOf(branch).map(({ property }) => property));
}

/** Whether a record with these values passes. */
export function passes({ filterBranches }: FilterBranch, values: Values): boolean {
  return filterBranches.some(({ filters }) => filters.every((filter) => passesFilter(filter, values)));
}

function filtersOf({ filterBranches }: FilterBranch): PropertyFilter[] {
  return filterBranches.flatMap(({ filters }) => filters);
}

function passesFilter({ property, operation: wanted }: PropertyFilter, values: Values): boolean {
  const value = values.get(property);
  if (wanted.operationType === 'ALL_PROPERTY')
    return (wanted.operator === 'IS_KNOWN') === (value !== undefined);
  if (value === undefined) return wanted.includeObjectsWithNoValueSet;
  switch (wanted.operator) {
    case 'IS_EQUAL_TO':
      return value === String(wanted.value);
    case 'IS_NOT_EQUAL_TO':
      return value !== String(wanted.value);
    case 'IS_ANY_OF':
      return wanted.values.includes(value);
    case 'IS_NONE_OF':
      return !wanted.values.includes(value);
    default:
      return wanted satisfies never;
  }
}
