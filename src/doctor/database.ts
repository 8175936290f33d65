import type { Connection } from '../adapters/postgres/connection.ts';
import { readHealth } from '../adapters/postgres/health.ts';
import { readStanding } from '../adapters/postgres/standing.ts';
import { ownEvents } from '../flow/arrive/arrival.ts';
import { standstillMs } from '../flow/watch/watch-sla.ts';
import { type Check, type Finding, right, warning, wrong } from './check.ts';

/** Reconciling runs every five minutes; without webhooks it would find all that there is. */
const manyFound = 20;
/** However quiet a portal is: some contact changes. */
const quietForMs = 3 * 24 * 3_600_000;
const minuteMs = 60_000;

/** How the store stands, and what it tells of the bot that works on it. */
export function databaseChecks(connection: Connection, now: Date): Check[] {
  const standing = readStanding(connection, now);
  const health = readHealth(connection, now, ownEvents);
  standing.catch(() => {});
  health.catch(() => {});
  return [
    {
      name: 'Database',
      look: async () => {
        const { version, bytes, oldestAt } = await health;
        const since = oldestAt ? `, since ${oldestAt.toISOString().slice(0, 10)}` : '';
        return [right(`PostgreSQL ${version}, ${Math.ceil(bytes / 1e6)} MB${since}`)];
      },
    },
    { name: 'Running', look: async () => [runningFinding((await standing).routines)] },
    { name: 'Jobs', look: async () => jobFindings((await standing).jobs) },
    { name: 'Webhooks', look: async () => [webhookFinding(await health, now)] },
  ];
}

function runningFinding(routines: Awaited<ReturnType<typeof readStanding>>['routines']): Finding {
  const sweep = routines.find(({ routine }) => routine === 'sweep');
  if (!sweep) return warning('the bot has never run on this database', 'Start it: npm start');
  return sweep.secondsAgo * 1000 > standstillMs
    ? wrong(
        `nobody has looked for due reminders for ${inWords(sweep.secondsAgo * 1000)}`,
        'Start the bot; if it runs, its log says what keeps it.',
      )
    : right(`reminders were looked for ${Math.round(sweep.secondsAgo)} s ago`);
}

function jobFindings(jobs: Awaited<ReturnType<typeof readStanding>>['jobs']): Finding[] {
  const given = jobs.filter(({ exhausted }) => exhausted > 0);
  const waiting = jobs.filter(({ oldestSeconds }) => oldestSeconds * 1000 > 5 * minuteMs);
  const all = [
    ...given.map(({ task, exhausted }) =>
      warning(`${exhausted} of "${task}" were given up`, 'See handoff jobs; then retry or discard them.'),
    ),
    ...waiting.map(({ task, due, oldestSeconds }) =>
      wrong(
        `${due} of "${task}" wait, the oldest for ${inWords(oldestSeconds * 1000)}`,
        'Start the bot; if it runs, its log says what keeps it.',
      ),
    ),
  ];
  return all.length > 0 ? all : [right('none waits, none was given up')];
}

function webhookFinding(
  { lastWebhookAt, foundByReconciling }: Awaited<ReturnType<typeof readHealth>>,
  now: Date,
): Finding {
  const install =
    'Compare the target address and the subscriptions of the app in HubSpot with manifests/hubspot, and change a contact to try.';
  if (!lastWebhookAt) return wrong('HubSpot has never called', install);
  const sinceMs = now.getTime() - lastWebhookAt.getTime();
  const ago = `the last came ${inWords(sinceMs)} ago`;
  if (foundByReconciling >= manyFound) {
    return wrong(`${ago}, and ${foundByReconciling} changes of the last day were found without one`, install);
  }
  return sinceMs > quietForMs ? warning(ago, install) : right(ago);
}

function inWords(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / minuteMs));
  if (minutes < 2) return `${Math.round(ms / 1000)} s`;
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
