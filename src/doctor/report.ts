import type { Examined, State } from './check.ts';

const marks: Readonly<Record<State, string>> = { right: '✓', note: '·', warning: '!', wrong: '✗' };

/** What was found as lines to read; a remedy stands below what it mends. */
export function reportLines(findings: readonly Examined[]): string[] {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings.flatMap(({ check, state, found, remedy }) => [
    `${marks[state]} ${check.padEnd(width)}  ${found}`,
    ...(remedy ? [`${' '.repeat(width + 4)}→ ${remedy}`] : []),
  ]);
}

/** How many of them are so. */
export function summaryOf(findings: readonly Examined[]): string {
  const count = (state: State) => findings.filter((one) => one.state === state).length;
  const [wrongs, warnings] = [count('wrong'), count('warning')];
  if (wrongs + warnings === 0) return `${findings.length} checks: all as it should be`;
  return `${findings.length} checks: ${wrongs} wrong, ${warnings} to look at. Each is explained in docs/doctor.md`;
}
