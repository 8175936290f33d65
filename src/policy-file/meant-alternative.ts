import type { z } from 'zod';

/**
 * What is wrong with a value that may be one thing or another: with the one that was meant, if that can be seen from
 * the kind of value or from its keys.
 */
export function inMeantAlternative(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const ofThatKind = issue.errors.filter((problems) =>
    problems.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  const withThoseKeys = ofThatKind.filter((problems) => problems.every(({ path }) => path.length > 0));
  const [meant] = [ofThatKind, withThoseKeys].find(({ length }) => length === 1) ?? [];
  if (!meant) return [issue];
  return meant.flatMap((problem) =>
    inMeantAlternative({ ...problem, path: [...issue.path, ...problem.path] }),
  );
}
