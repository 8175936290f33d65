import { type Condition, comparable, type Range } from './condition.ts';

/**
 * Whether every lead that meets the first condition certainly meets the second. False means only that it cannot be
 * seen from the conditions themselves.
 */
export function implies(narrow: Condition, wide: Condition): boolean {
  if (wide.kind === 'all') return wide.of.every((part) => implies(narrow, part));
  if (narrow.kind === 'segment') return implies(narrow.of, wide);
  if (wide.kind === 'segment') return implies(narrow, wide.of);
  if (narrow.kind === 'any') return narrow.of.every((part) => implies(part, wide));
  const some = narrow.kind === 'all' && narrow.of.some((part) => implies(part, wide));
  if (wide.kind === 'any') return some || wide.of.some((part) => implies(narrow, part));
  if (narrow.kind === 'all') return some;
  if (narrow.kind === 'not' || wide.kind === 'not') {
    return narrow.kind === 'not' && wide.kind === 'not' && implies(wide.of, narrow.of);
  }
  return impliesItself(narrow, wide);
}

type Single = Exclude<Condition, { kind: 'all' | 'any' | 'not' | 'segment' }>;

function impliesItself(narrow: Single, wide: Single): boolean {
  switch (narrow.kind) {
    case 'text':
      return wide.kind === 'text' && narrow.attribute === wide.attribute && among(narrow.anyOf, wide.anyOf);
    case 'mailDomain':
      return wide.kind === 'mailDomain' && narrow.name === wide.name;
    case 'number':
      return (
        wide.kind === 'number' && narrow.attribute === wide.attribute && inside(narrow.range, wide.range)
      );
    case 'property':
      return wide.kind === 'property' && sameProperty(narrow, wide) && among(narrow.anyOf, wide.anyOf);
    case 'propertyNumber':
      return wide.kind === 'propertyNumber' && sameProperty(narrow, wide) && inside(narrow.range, wide.range);
    case 'propertyKnown':
      return wide.kind === 'propertyKnown' && sameProperty(narrow, wide) && narrow.known === wide.known;
    case 'trigger':
      return wide.kind === 'trigger' && among(narrow.anyOf, wide.anyOf);
    case 'conversion':
      return wide.kind === 'conversion' && contained(narrow.contains, wide.contains);
    case 'scoreReached':
      return wide.kind === 'scoreReached' && inside(narrow.range, wide.range);
    case 'stageEntered':
      return wide.kind === 'stageEntered' && among(narrow.stages, wide.stages);
    case 'page':
      return (
        wide.kind === 'page' &&
        contained(narrow.contains, wide.contains) &&
        narrow.times >= wide.times &&
        narrow.withinMinutes <= wide.withinMinutes
      );
    case 'workflow':
      return wide.kind === 'workflow' && narrow.name === wide.name;
    default:
      return narrow satisfies never;
  }
}

function among(narrow: readonly string[], wide: readonly string[]): boolean {
  const known = wide.map(comparable);
  return narrow.every((value) => known.includes(comparable(value)));
}

/** Whatever contains a longer word contains the shorter one in it. */
function contained(narrow: readonly string[], wide: readonly string[]): boolean {
  return narrow.every((word) => wide.some((part) => word.toLowerCase().includes(part.toLowerCase())));
}

function inside(narrow: Range, wide: Range): boolean {
  const lower = wide.atLeast === null || (narrow.atLeast !== null && narrow.atLeast >= wide.atLeast);
  const upper = wide.below === null || (narrow.below !== null && narrow.below <= wide.below);
  return lower && upper;
}

function sameProperty(
  a: { object: string; property: string },
  b: { object: string; property: string },
): boolean {
  return a.object === b.object && a.property === b.property;
}
