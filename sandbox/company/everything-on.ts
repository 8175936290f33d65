import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

/** What the example leaves off because it takes licences, or makes records in HubSpot: the company has it all. */
const switchedOn = {
  intro: [
    {
      if: { trigger: 'demo_request' },
      when: 'accept',
      sequence: 'Hello from your rep',
      opted_in: 'everybody',
    },
  ],
  deals: [
    {
      if: { trigger: 'demo_request' },
      when: 'first touch',
      pipeline: 'Sales Pipeline',
      stage: 'Appointment Scheduled',
      unless: 'open deal',
    },
  ],
  lead_object: 'on',
  notify: { allow: ['again', 'mail'], earliest: '5 min' },
  do_not_disturb: 'respect',
};

/** The example policy as the sandbox's company runs on it. @returns the file */
export async function withEverythingOn(example: string, folder: string): Promise<string> {
  const policy = parseDocument(await readFile(example, 'utf8'));
  for (const [key, value] of Object.entries(switchedOn)) if (!policy.has(key)) policy.set(key, value);
  const file = join(folder, 'sandbox-policy.yaml');
  await writeFile(file, String(policy));
  return file;
}
