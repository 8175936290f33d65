import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPolicies } from '../../src/app/policies.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policies-'));
});
afterEach(() => rm(folder, { recursive: true }));

const usual = new URL('../../policy.yaml', import.meta.url);

/** The usual policy, that excludes who is in a stage, in a file that can be written anew. */
async function written() {
  const file = join(folder, 'policy.yaml');
  const text = await readFile(usual, 'utf8');
  const write = (stage: string) =>
    writeFile(file, text.replace('lifecycle: [customer, evangelist]', `lifecycle: [${stage}]`));
  await write('Partner');
  const policies = await openPolicies(file, { save: async () => {}, inUse: async () => new Map() });
  const stagesOf = (policyVersion: string) =>
    policies
      .of({ policyVersion })
      .qualification.never.flatMap(({ when }) =>
        when.kind === 'text' && when.attribute === 'lifecycle' ? when.anyOf : [],
      );
  return { policies, write, stagesOf };
}

const choices = {
  lifecycle: ['Partner', 'Client', 'marketingqualifiedlead', 'salesqualifiedlead', 'Lead'].map(
    (label, index) => ({
      value: `${index + 101}`,
      label,
    }),
  ),
  lead_status: null,
  pipelines: { deals: null, leads: null },
};

test('an earlier policy names stages by the values of the portal, as the one in force does', async () => {
  const { policies, write, stagesOf } = await written();
  const first = policies.current().version;
  await write('Client');
  await policies.reload();
  expect(policies.setChoices(choices)).toEqual([]);
  expect([stagesOf(first), stagesOf(policies.current().version)]).toEqual([['101'], ['102']]);
});

test('a policy that is in force again is what it is now, not what it was', async () => {
  const { policies, write } = await written();
  const { version } = policies.current();
  await write('Client');
  await policies.reload();
  await write('Partner');
  await policies.reload();
  expect(policies.of({ policyVersion: version })).toBe(policies.current());
});
