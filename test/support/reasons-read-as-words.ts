import { expect } from 'vitest';
import { en } from '../../src/domain/words/en.ts';
import type { Reason } from '../../src/domain/words/reason.ts';
import { whyForOperators } from '../../src/domain/words/why.ts';

// A test may give a reason as it reads in English.
expect.addEqualityTesters([
  (a, b) => {
    if (typeof b === 'string' && isReason(a)) return whyForOperators(a) === b;
    return typeof a === 'string' && isReason(b) ? whyForOperators(b) === a : undefined;
  },
]);

function isReason(value: unknown): value is Reason {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    value.kind in en.why
  );
}
