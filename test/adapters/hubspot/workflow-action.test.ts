import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../../sandbox/free-port.ts';
import type { ActionRun } from '../../../sandbox/hubspot/workflow-actions.ts';
import { httpServer } from '../../../src/adapters/http/server.ts';
import { receiveWorkflowAction } from '../../../src/adapters/hubspot/receive-workflow-action.ts';
import { workflowNames } from '../../../src/adapters/hubspot/workflow-action.ts';
import type { Trigger } from '../../../src/domain/policy/policy.ts';
import type { Observation } from '../../../src/flow/ports/observe.ts';
import { demoRequest, policy, routing, rule } from '../../support/examples.ts';
import { memoryStores } from '../../support/memory/stores.ts';
import { start, startPortal } from './portal.ts';

const handedOver: Trigger = {
  ...demoRequest,
  name: 'workflow',
  when: { kind: 'workflow', name: 'hand_over' },
};
const rules = policy({ triggers: [handedOver] });

/** A portal whose workflows reach our server, and what came of it. */
async function portalWithWorkflow({
  portalId = 4711,
  clientSecret = 'secret',
  publicUrl = '',
  store = true,
} = {}) {
  const { portal, wait } = await startPortal();
  const { inbox } = memoryStores();
  const observed: Observation[] = [];
  const port = await freePort('127.0.0.1', 0);
  const address = `http://127.0.0.1:${port}`;
  const served = async () => ({ status: 404, message: '' });
  const server = httpServer({
    hubspotWebhook: served,
    webhookHeaders: ['x-hubspot-signature-v3'],
    hubspotWorkflowAction: receiveWorkflowAction({
      clientSecret,
      portalId,
      publicUrl: publicUrl || address,
      policy: () => rules,
      inbox: store ? inbox : { ...inbox, store: () => Promise.reject(new Error('no database')) },
      clock: () => wait(0),
      observe: (observation) => observed.push(observation),
    }),
    slackEvents: undefined,
    teamsMessages: undefined,
    readiness: async () => ({ ready: true, why: '' }),
    onRejected: () => {},
    onAnswered: () => {},
    onError: () => {},
  });
  onTestFinished(() => server.close());
  await server.listen({ host: '127.0.0.1', port: port ?? 0 });

  const url = `${address}/hubspot/workflow-action`;
  const leadId = portal.createContact({ email: 'zoe@initech.test' });
  const run = (override: Partial<ActionRun> = {}) =>
    portal.runWorkflowAction({ url, objectId: leadId, inputFields: { trigger: 'hand_over' }, ...override });
  return { portal, inbox, observed, leadId, run, wait };
}

test("a workflow's request is stored under its trigger, and the workflow goes on", async () => {
  const { run, inbox, observed, leadId } = await portalWithWorkflow();
  expect(await run()).toMatchObject({
    status: 200,
    body: { outputFields: { hs_execution_state: 'SUCCESS' } },
  });
  expect(await inbox.workflowRequests(leadId)).toEqual([{ name: 'hand_over', at: start }]);
  expect(await inbox.undecided(leadId)).toHaveLength(1);
  expect(observed).toEqual([{ what: 'received', events: 1 }]);
});

test('the same execution counts once, however often it comes, and a new one counts again', async () => {
  const { run, inbox, leadId, wait } = await portalWithWorkflow();
  const { callbackId } = await run();
  wait(60 * 24);
  expect(await run({ callbackId })).toMatchObject({ status: 200 });
  expect(await inbox.workflowRequests(leadId)).toEqual([{ name: 'hand_over', at: start }]);
  await run();
  expect(await inbox.workflowRequests(leadId)).toHaveLength(2);
});

test('blanks around the trigger, which somebody typed, do not count', async () => {
  const { run, inbox, leadId } = await portalWithWorkflow();
  expect(await run({ inputFields: { trigger: ' hand_over ' } })).toMatchObject({ status: 200 });
  expect(await inbox.workflowRequests(leadId)).toMatchObject([{ name: 'hand_over' }]);
});

test('an unknown trigger is refused with those that the policy knows', async () => {
  const { run, inbox, leadId, observed } = await portalWithWorkflow();
  const message = 'found the trigger "hand-over", expected one of hand_over';
  expect(await run({ inputFields: { trigger: 'hand-over' } })).toMatchObject({
    status: 400,
    body: { message },
  });
  expect(await inbox.undecided(leadId)).toEqual([]);
  const reason = 'a trigger that the policy does not know';
  expect(observed).toEqual([{ what: 'rejected', route: 'hubspot', status: 400, reason }]);
});

test('an action without a trigger is refused and told which field it lacks', async () => {
  const { run } = await portalWithWorkflow();
  expect(await run({ inputFields: {} })).toMatchObject({
    status: 400,
    body: { message: 'found no usable inputFields.trigger' },
  });
});

test('an action in a workflow of companies is refused', async () => {
  const { portal, run } = await portalWithWorkflow();
  const objectId = portal.createCompany({ name: 'Initech' });
  expect(await run({ objectId, objectType: 'companies' })).toMatchObject({
    status: 400,
    body: { message: 'found a COMPANY, expected a CONTACT: use the action in a contact workflow' },
  });
});

test('another portal is refused', async () => {
  const { run, inbox, leadId } = await portalWithWorkflow({ portalId: 5000 });
  expect(await run()).toMatchObject({ status: 400, body: { message: 'found portal 4711, expected 5000' } });
  expect(await inbox.undecided(leadId)).toEqual([]);
});

test.each(['none', 'forged', 'v1', 'v3'] as const)(
  'a request signed in the way "%s" is refused without a word',
  async (signature) => {
    const { run, inbox, leadId } = await portalWithWorkflow();
    expect(await run({ signature })).toMatchObject({ status: 401, body: { message: 'unauthorized' } });
    expect(await inbox.undecided(leadId)).toEqual([]);
  },
);

test("a request signed with somebody else's secret is refused", async () => {
  const { run, observed } = await portalWithWorkflow({ clientSecret: 'another' });
  expect(await run()).toMatchObject({ status: 401 });
  expect(observed).toMatchObject([{ what: 'rejected', status: 401, reason: 'wrong v2 signature' }]);
});

test('a request that was signed for another address is refused', async () => {
  const { run } = await portalWithWorkflow({ publicUrl: 'https://handoff.example.com' });
  expect(await run()).toMatchObject({ status: 401 });
});

test('what could not be stored is not confirmed, so that HubSpot tries again', async () => {
  const { run } = await portalWithWorkflow({ store: false });
  expect(await run()).toMatchObject({ status: 500 });
});

test('the names that workflows may use are all those in the conditions of the policy, each once', () => {
  const when = (name: string) => ({ kind: 'workflow', name }) as const;
  const named = policy({
    triggers: [
      handedOver,
      { ...demoRequest, when: { kind: 'any', of: [when('hand_over'), { kind: 'not', of: when('vip') }] } },
    ],
    qualification: {
      required: [],
      never: [{ name: 'stop', label: 'Stopped', when: when('stop') }],
      freshWithinDays: 7,
    },
    routing: routing([rule({ kind: 'contactOwner' }, { when: when('partner') })]),
  });
  expect(workflowNames(named)).toEqual(['hand_over', 'vip', 'stop', 'partner']);
  expect(workflowNames(policy())).toEqual([]);
});
