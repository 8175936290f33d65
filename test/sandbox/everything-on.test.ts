import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withEverythingOn } from '../../sandbox/company/everything-on.ts';
import { readPolicyFile } from '../../src/policy-file.ts';

test('the sandbox’s company has everything on that the example leaves off', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'handoff-sandbox-'));
  try {
    const [example, company] = ['policy.yaml', await withEverythingOn('policy.yaml', folder)].map(
      (file) => readPolicyFile(file).policy,
    );
    expect([example?.intros, example?.deals, example?.leadRecords]).toEqual([[], [], null]);
    expect(company).toMatchObject({ intros: [{ when: 'accept' }], deals: [{ moment: 'touched' }] });
    expect(company?.leadRecords).not.toBeNull();
    expect(company).toMatchObject({ notify: { allow: ['again', 'mail'] }, respectsQuiet: true });
    expect(company?.disqualifyReasons).toEqual(example?.disqualifyReasons);
  } finally {
    await rm(folder, { recursive: true });
  }
});
