import { comparable, containsWords } from './compare-words.ts';
import type { Condition } from './condition.ts';
import type { Range } from './range.ts';
import type { PagesSeen } from './what-it-did.ts';

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
      return (
        wide.kind === 'anyConversion' ||
        (wide.kind === 'conversion' &&
          narrow.titleOf === wide.titleOf &&
          contained(narrow.contains, wide.contains))
      );
    case 'anyConversion':
    case 'replied':
    case 'meetingBooked':
      return wide.kind === narrow.kind;
    case 'scoreRose':
      return wide.kind === 'scoreRose' && narrow.by >= wide.by;
    case 'scoreReached':
      return wide.kind === 'scoreReached' && inside(narrow.range, wide.range);
    case 'stageEntered':
      return wide.kind === 'stageEntered' && among(narrow.stages, wide.stages);
    case 'page':
      return wide.kind === 'page' && seenOften(narrow, wide);
    case 'visitsEndingOn':
      // A page on which a visit ended was seen.
      return (wide.kind === 'visitsEndingOn' || wide.kind === 'page') && seenOften(narrow, wide);
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

function seenOften(narrow: PagesSeen, wide: PagesSeen): boolean {
  const asOften = narrow.times >= wide.times && narrow.withinMinutes <= wide.withinMinutes;
  return asOften && contained(narrow.contains, wide.contains);
}

/** Whatever contains several words contains one of them. */
function contained(narrow: readonly string[], wide: readonly string[]): boolean {
  return narrow.every((words) => wide.some((part) => containsWords(words, part)));
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
