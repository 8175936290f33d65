/** What was measured, once for each repetition, and what it should be. */
export type Figure = {
  name: string;
  unit: string;
  values: readonly number[];
  /** None: told for information. */
  target?: Target;
};

/** `every`: each repetition must keep to it; otherwise the median. */
export type Target = ({ atMost: number } | { atLeast: number }) & { every?: true };

/** The middle value; of an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** The value that so many percent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}

/** Each value against the one of the same repetition. */
export function ratios(values: readonly number[], against: readonly number[]): number[] {
  return values.map((value, index) => value / (against[index] ?? Number.NaN));
}

/** Null without a target. */
export function isMet({ values, target }: Figure): boolean | null {
  if (!target) return null;
  const judged = target.every ? values : [median(values)];
  return judged.every((value) => ('atMost' in target ? value <= target.atMost : value >= target.atLeast));
}
