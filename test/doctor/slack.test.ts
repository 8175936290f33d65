import { afterEach, expect, test } from 'vitest';
import manifest from '../../manifests/slack/manifest.json' with { type: 'json' };
import { startSlack } from '../../sandbox/slack/server.ts';
import { examine } from '../../src/doctor/check.ts';
import { slackChecks, slackScopes } from '../../src/doctor/slack.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import { policyFile } from '../support/world.ts';

const secrets = { botToken: 'xoxb-test', signingSecret: 'secret-of-the-test' };
const { policy } = readPolicyFile(policyFile);
const log = { debug() {}, info() {}, warn() {}, error() {} };

let slack: Awaited<ReturnType<typeof startSlack>>;
afterEach(() => slack.close());

async function look(scopes: readonly string[], asked: Policy = policy) {
  slack = await startSlack({ ...secrets, scopes, now: () => new Date() });
  slack.setChannel({ id: 'C0HANDOFFS1', name: 'leads', isPrivate: true });
  slack.setChannel({ id: 'C0MARKETING', name: 'marketing', isShared: true });
  const { apiUrl } = slack;
  const found = await examine(slackChecks({ botToken: secrets.botToken, apiUrl, log }, asked));
  return found.map(({ check, state, found: words }) => `${check}, ${state}: ${words}`);
}

test('scopes that were not granted are named, with what is lacking without them', async () => {
  const granted = Object.keys(slackScopes).filter((scope) => scope !== 'im:history');
  const quiet = await look(granted, { ...policy, respectsQuiet: true });
  expect(quiet).toContain('Slack scopes, wrong: im:history is not granted: with it a card is not sent twice');
  expect(quiet).toContain('Slack scopes, warning: dnd:read is not granted: with it do-not-disturb is heeded');
});

test('channels that take no cards are named, with what keeps them', async () => {
  const found = await look(Object.keys(slackScopes));
  expect(found.filter((line) => line.startsWith('Slack channels'))).toEqual([
    'Slack channels, wrong: C0HANDOFFS1 is no channel that the app can see',
    'Slack channels, wrong: C0MARKETING is shared with another company, which would read about leads',
  ]);
});

test('what is looked for is what the manifest asks for', () => {
  expect(Object.keys(slackScopes)).toEqual(manifest.oauth_config.scopes.bot);
});
