import { type Check, note, right, wrong } from './check.ts';

/** What the policy names and the portal lacks, and what else is worth a look; as `handoff policy check` says it. */
export function policyCheck(
  read: () => Promise<{ summary: string; unknown: readonly string[]; notes: readonly string[] }>,
): Check {
  return {
    name: 'Policy',
    look: async () => {
      const { summary, unknown, notes } = await read();
      const correct = 'Correct it in the policy, or make it in HubSpot.';
      return [
        ...(unknown.length === 0 ? [right(summary)] : unknown.map((words) => wrong(words, correct))),
        ...notes.map(note),
      ];
    },
  };
}
