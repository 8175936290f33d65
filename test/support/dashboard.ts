import { dashboardRoutes } from '../../src/adapters/http/dashboard/routes.ts';
import { httpServer } from '../../src/adapters/http/server.ts';
import { postgresDecisions } from '../../src/adapters/postgres/decisions.ts';
import { postgresHandoffs } from '../../src/adapters/postgres/handoffs.ts';
import { postgresMeasuredLists } from '../../src/adapters/postgres/measured-lists.ts';
import { postgresMeasures } from '../../src/adapters/postgres/measures.ts';
import { postgresPasses } from '../../src/adapters/postgres/passes.ts';
import { postgresRuns } from '../../src/adapters/postgres/runs.ts';
import { postgresSuppressions } from '../../src/adapters/postgres/suppressions.ts';
import type { PersonId, Policy } from '../../src/domain/policy/policy.ts';
import { gate, linkFor } from '../../src/flow/dashboard/gate.ts';
import { showPage } from '../../src/flow/dashboard/show.ts';
import type { TestDatabase } from './database.ts';
import { policy, routing } from './examples.ts';
import { office } from './office.ts';

export const olga = 'olga.admin@example.com';
export const frank = 'frank.fallback@example.com';
export const mia = 'mia.marketing@example.com';

/** The example policy with somebody in every role. */
export function everyRole(override: Partial<Policy> = {}): Policy {
  const { rules } = policy().routing;
  const weekly = { weekday: 1, minute: 540 } as const;
  return policy({
    admins: [olga],
    routing: routing(rules, frank),
    marketing: { people: [mia], channel: null, weekly, zone: 'America/New_York' },
    ...override,
  });
}

const unread = async () => ({ status: 404, message: '', body: {} });

/** The dashboard of the example policy's people on a real database, at an address of its own. */
export async function openDashboard(
  database: TestDatabase,
  {
    rules = everyRole(),
    now,
    publicUrl = 'https://handoff.example.com',
  }: { rules?: Policy; now: Date; publicUrl?: string },
) {
  const there = await office({ rules, now });
  const needs = {
    ...there.needs,
    publicUrl,
    passes: postgresPasses(database),
    measures: postgresMeasures(database),
    lists: postgresMeasuredLists(database),
    handoffs: postgresHandoffs(database),
    decisions: postgresDecisions(database),
    suppressions: postgresSuppressions(database),
    runs: postgresRuns(database),
  };
  const doorman = gate(needs);
  const dashboard = { gate: doorman, show: showPage({ ...needs, gate: doorman }) };
  const server = httpServer({
    ...{
      hubspotWebhook: unread,
      hubspotWorkflowAction: unread,
      slackEvents: undefined,
      teamsMessages: undefined,
    },
    webhookHeaders: ['x-hubspot-signature-v3'],
    dashboard: dashboardRoutes({ dashboard, publicUrl, clock: needs.clock }),
    readiness: async () => ({ ready: true, why: '' }),
    onRejected: () => {},
    onAnswered: () => {},
    onError: (error) => {
      throw error;
    },
  });
  const post = (url: string, { form = {}, headers = {} }: { form?: object; headers?: object } = {}) =>
    server.inject({
      ...{ method: 'POST', url, payload: new URLSearchParams({ ...form }).toString() },
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    });
  const cookieOf = (answer: { headers: Record<string, unknown> }) =>
    String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  const pathTo = async (person: PersonId) => new URL(await linkFor(person, needs)).pathname;
  const signIn = async (person: PersonId) => cookieOf(await post(await pathTo(person)));
  return {
    ...there,
    server,
    post,
    cookieOf,
    pathTo,
    signIn,
    /** What somebody sees at an address, who signs in for it. */
    visit: async (person: PersonId, url: string) => {
      const answer = await server.inject({ url, headers: { cookie: await signIn(person) } });
      return { status: answer.statusCode, text: answer.body, headers: answer.headers };
    },
    close: () => server.close(),
  };
}
