/** From `atLeast` up to, but not including, `below`; null is no limit. */
export type Range = { atLeast: number | null; below: number | null };

export function inRange(value: number, { atLeast, below }: Range): boolean {
  return (atLeast === null || value >= atLeast) && (below === null || value < below);
}
