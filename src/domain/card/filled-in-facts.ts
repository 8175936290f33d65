import type { Logged } from '../handoff/handoff.ts';
import type { Fact } from '../lead/briefing.ts';

/** Properties of which the briefing tells, by the words that it has for them. */
const briefed: Readonly<Record<string, string>> = { jobtitle: 'Role', email: 'Email', phone: 'Phone' };

/** The facts with what people have filled in since: in the place of what was known before, or below it. */
export function withFilledIn(facts: readonly Fact[], log: readonly Logged[]): Fact[] {
  const known = new Map(facts.map((fact) => [fact.label, fact]));
  for (const { event } of log) {
    if (event.type !== 'updated') continue;
    for (const { property, label, shown } of event.values) {
      const name = briefed[property] ?? label;
      if (shown) known.set(name, { label: name, value: shown });
      else known.delete(name);
    }
  }
  return [...known.values()];
}
