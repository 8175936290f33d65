/** What the platforms send is some levels deep. Much deeper values could neither be gone through nor stored. */
const deepest = 30;

/** Whether a value that came as JSON is nested without end. */
export function isDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    level = level.flatMap((part) => (typeof part === 'object' && part ? Object.values(part) : []));
  }
  return level.length > 0;
}
