import type { Command } from 'commander';
import { alertNotes } from '../domain/policy/alert-notes.ts';
import { hardToAnswer } from '../domain/policy/hard-to-answer.ts';
import { introNotes } from '../domain/policy/intros.ts';
import { leadRecordProblems, leadRecordsWithheld } from '../domain/policy/lead-records.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { unknownChoices, unknownChoiceWords, unreadChoiceWords } from '../domain/policy/portal-choices.ts';
import { unknownStages, unreadStageWords } from '../domain/policy/stages-of.ts';
import { holidayNotes } from '../policy-file/holiday-notes.ts';
import { PolicyError, problemsIn, readPolicyFile } from '../policy-file.ts';
import { usualPolicy } from './options.ts';
import { type Portal, readPortal } from './portal-policy.ts';
import type { Terminal } from './terminal.ts';

/** What a policy says in short, what of it the portal does not have, and what else is worth a look, in words. */
export type PolicyReading = { summary: string; unknown: readonly string[]; notes: readonly string[] };

/** `handoff policy check`. */
export function policyCheckCommand(policyCommands: Command, { environment, stdout }: Terminal): void {
  policyCommands
    .command('check')
    .description('say whether the policy file is right, and if not, where it is wrong')
    .argument('[file]', 'the policy', usualPolicy(environment))
    .action(async (file: string) => {
      const { summary, unknown, notes } = await readPolicy(file, environment);
      if (unknown.length > 0) throw new PolicyError(file, [...unknown]);
      stdout.write(`${file} is right: ${summary}\n`);
      for (const note of notes) stdout.write(`Note: ${note}\n`);
    });
}

/** Reads a policy file and compares it with the portal, where one is configured. @throws PolicyError */
export async function readPolicy(file: string, environment: NodeJS.ProcessEnv): Promise<PolicyReading> {
  const { policy, text } = readPolicyFile(file);
  const portal = await readPortal(environment, policy);
  const members = policy.teams.flatMap((team) => team.members).length;
  const counts = `${policy.triggers.length} triggers, ${policy.teams.length} teams with ${members} reps`;
  return {
    summary: `${counts}, version ${policy.version}`,
    unknown: portal ? unknownIn(policy, text, portal) : [],
    notes: [
      ...(portal ? notesFromPortal(policy, portal) : []),
      ...hardToAnswer(policy, portal?.properties ?? null),
      ...alertNotes(policy, {
        mail: Boolean(environment['SMTP_URL'] ?? environment['SMTP_URL_FILE']),
        hasSecret: (variable) => Boolean(environment[variable] ?? environment[`${variable}_FILE`]),
      }),
      ...holidayNotes(policy, new Date().getFullYear()),
      ...notCompared(portal),
    ],
  };
}

function notesFromPortal(policy: Policy, portal: Portal): string[] {
  const { choices, leadRecords, missingOfDeals, sequences } = portal;
  return [
    ...unreadChoiceWords(policy, choices),
    ...unreadStageWords(policy, choices.pipelines),
    ...(policy.leadRecords && !leadRecords ? [`lead_object: ${leadRecordsWithheld}`] : []),
    ...(missingOfDeals.length > 0
      ? [`deals: none is made before "handoff setup" has made ${missingOfDeals.join(' and ')} of deals`]
      : []),
    ...introNotes(policy, sequences),
  ];
}

function notCompared(portal: Portal | null): string[] {
  if (!portal) return ['its stages, statuses and properties were not compared: HubSpot is not configured'];
  if (portal.properties) return [];
  return ['its properties were not compared: HubSpot does not let the app read them'];
}

/** What the policy names and the portal does not have, in words. */
function unknownIn(policy: Policy, text: string, { choices, leadRecords }: Portal): string[] {
  const inLine = problemsIn(text);
  return [
    ...unknownChoices(policy, choices).map((one) => unknownChoiceWords(one, choices)),
    ...unknownStages(policy, choices.pipelines).map(({ path, words }) => inLine(path, words)),
    ...(policy.leadRecords && leadRecords ? leadRecordProblems(policy.leadRecords, leadRecords) : []).map(
      ({ path, words }) => inLine(path, words),
    ),
  ];
}
