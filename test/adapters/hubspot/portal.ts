import { onTestFinished } from 'vitest';
import { type HubSpotServer, startHubSpot } from '../../../sandbox/hubspot/server.ts';
import { type HubSpot, hubspotClient } from '../../../src/adapters/hubspot/client.ts';
import { hubspotCrm } from '../../../src/adapters/hubspot/crm.ts';
import { dealProperties } from '../../../src/adapters/hubspot/deal-properties.ts';
import { limiter, searchLimits } from '../../../src/adapters/hubspot/limiter.ts';
import type { ApiVersion } from '../../../src/adapters/hubspot/paths.ts';
import { handoffProperties } from '../../../src/adapters/hubspot/properties.ts';
import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { AccountMatch, Policy } from '../../../src/domain/policy/policy.ts';
import {
  type Crm,
  type FollowUpTask,
  type LeadChange,
  type LoggedTouch,
  only,
} from '../../../src/flow/ports/crm.ts';
import type { Observe } from '../../../src/flow/ports/observe.ts';

export const start = new Date('2026-11-20T10:00:00Z');

/** What the policy says about the reading of leads, unless a test says otherwise. */
const usualProperties: Policy['properties'] = {
  score: 'lead_score',
  scoreComponents: [
    { label: 'Fit', property: 'fit_score' },
    { label: 'Intent', property: 'intent_score' },
  ],
  summary: 'hs_chat_assistant_summary',
  product: null,
  contact: [],
  company: [],
  openDeals: false,
};

export type TestPortal = {
  portal: HubSpotServer;
  hubspot: HubSpot;
  /** The port, and what it does in lots for one. */
  crm: Crm & ReturnType<typeof lotsOfOne>;
  /** Moves the clock, which starts at `start`. */
  wait(minutes: number): Date;
  /**
   * Method and path of every request since the last call, whichever the version of the API; those for the portal's labels,
   * which are made once an hour, only if they are asked for.
   */
  requests(asked?: { withLabels: true }): string[];
};

/** The strict local HubSpot with our adapter on it, both on one clock that stands still. */
export async function startPortal(
  options: {
    withHandoffProperties?: boolean;
    /** Those of deals that the bot writes, unless told otherwise. */
    dealProperties?: typeof dealProperties;
    timeoutMs?: number;
    concurrency?: number;
    /** Lifts HubSpot's limits, and ours that keep to them. */
    limits?: 'off';
    apiVersion?: ApiVersion;
    properties?: Partial<Policy['properties']>;
    formAnswers?: boolean;
    observe?: Observe;
    pages?: readonly [path: string, title: string][];
    accountBy?: readonly AccountMatch[];
    /** What the app may; everything unless told otherwise. */
    scopes?: readonly string[];
  } = {},
): Promise<TestPortal> {
  let now = start;
  const portal = await startHubSpot({
    accessToken: 'pat-test',
    clientSecret: 'secret',
    portalId: 4711,
    now: () => now,
    ...(options.limits && { limits: options.limits }),
    ...(options.scopes && { scopes: options.scopes }),
    properties: {
      contacts: ['lead_score', 'fit_score', 'intent_score'].map((name) => ({
        name,
        label: name,
        type: 'number',
        fieldType: 'number',
      })),
    },
  });
  onTestFinished(() => portal.close());
  if (options.withHandoffProperties ?? true) {
    for (const { name, label, type, fieldType, options } of handoffProperties) {
      portal.defineProperty('contacts', { name, label, type, fieldType, options: options ?? [] });
    }
  }
  for (const { name, label, hasUniqueValue = false } of options.dealProperties ?? dealProperties) {
    portal.defineProperty('deals', { name, label, type: 'string', fieldType: 'text', hasUniqueValue });
  }
  const lifted = {
    ...(options.limits && { requests: Number.POSITIVE_INFINITY }),
    ...(options.concurrency && { concurrency: options.concurrency }),
  };
  const hubspot = hubspotClient({
    apiUrl: portal.url,
    apiVersion: options.apiVersion ?? '2026-09',
    accessToken: 'pat-test',
    timeoutMs: options.timeoutMs ?? 5_000,
    ...(options.observe && { observe: options.observe }),
    limiter: limiter({ requests: 190, windowMs: 10_000, concurrency: 20, ...lifted }),
    ...(options.limits && { searchLimiter: limiter({ ...searchLimits, ...lifted }) }),
  });
  const port = hubspotCrm(hubspot, {
    portalId: '4711',
    policy: () => ({
      properties: { ...usualProperties, ...options.properties },
      briefing: { formAnswers: options.formAnswers ?? true },
      pages: new Map(options.pages ?? []),
      qualification: { required: [], never: [], freshWithinDays: 7 },
      routing: {
        rules: [],
        fallback: 'grace@acme.test',
        accountBy: options.accountBy ?? ['association', 'domain', 'name'],
      },
    }),
    clock: () => now,
  });
  let seen = 0;
  return {
    portal,
    hubspot,
    crm: { ...port, ...lotsOfOne(port) },
    wait(minutes) {
      now = new Date(now.getTime() + minutes * 60_000);
      return now;
    },
    requests(asked) {
      const since = portal.requests.slice(seen);
      seen = portal.requests.length;
      const all = since.map(({ method, path }) => `${method} ${withoutVersion(path)}`);
      return asked ? all : all.filter((request) => !forLabels.includes(request));
    },
  };
}

const forLabels = ['GET properties/contacts', 'GET properties/companies/industry', 'GET pipelines/deals'];

/** `contacts/123`, `associations/contacts/deals/batch/read`, `owners`. */
function withoutVersion(path: string): string {
  return path.replace(/^\/crm\/(v\d\/)?(\w+)(\/2026-09)?\/?/, '$2/').replace(/^objects\/|\/$/, '');
}

function lotsOfOne(crm: Crm) {
  return {
    lead: async (id: LeadId) => only(await crm.leads([id], 'background')),
    writeLead: async (id: LeadId, change: LeadChange) => only(await crm.writeLeads([{ id, change }])),
    createTask: async (task: FollowUpTask) => only(await crm.createTasks([{ task, mayExist: false }])).taskId,
    findTask: async (task: FollowUpTask) => only(await crm.findTasks([task])),
    completeTask: async (taskId: string) => only(await crm.updateTasks([{ taskId, done: true }])),
    moveTask: async (taskId: string, change: Pick<FollowUpTask, 'ownerId' | 'dueAt'>) =>
      only(await crm.updateTasks([{ taskId, ...change }])),
    logTouch: async (touch: LoggedTouch, mayExist: boolean) =>
      only(await crm.logTouches([{ touch, mayExist }])),
  };
}
