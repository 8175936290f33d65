import type { Command } from 'commander';
import { hubspotClient } from '../adapters/hubspot/client.ts';
import { hubspotCrm } from '../adapters/hubspot/crm.ts';
import { findContact } from '../adapters/hubspot/find-contact.ts';
import { limiter } from '../adapters/hubspot/limiter.ts';
import { postgresErasures } from '../adapters/postgres/erasures.ts';
import { readConfig } from '../config.ts';
import type { Lead, LeadId } from '../domain/lead/lead.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { namesOf } from '../flow/people/people.ts';
import { type Crm, only } from '../flow/ports/crm.ts';
import { foresee, knownNow } from '../flow/try/foresee.ts';
import { readOnlyDatabase } from './database.ts';
import { foreseenWords, zoneOf } from './foreseen-words.ts';
import { readLeadFile } from './lead-file.ts';
import { readTime, usualPolicy } from './options.ts';
import { plainReply } from './plain-reply.ts';
import { readPortalPolicy } from './portal-policy.ts';
import { storesOf } from './stores.ts';
import { harmless, type Terminal } from './terminal.ts';

type Options = { policy: string; at?: Date; json: boolean };

/** `handoff route`: what would happen to a lead now. */
export function routeCommand(program: Command, terminal: Terminal): void {
  program
    .command('route')
    .description('say what would happen to a lead now, without doing anything')
    .argument('<lead>', 'a contact id or email in HubSpot, or a JSON file (its name ends in .json)')
    .option('--policy <file>', 'the policy to try', usualPolicy(terminal.environment))
    .option('--at <time>', 'as if it were then: 2026-11-20T10:15:00Z', readTime)
    .option('--json', 'for programs', false)
    .addHelpText(
      'after',
      `
A file holds a lead in the shape of src/domain/lead/lead.ts, where everything may be missing, or HubSpot's answer about a
contact (id, properties, propertiesWithHistory), with the record of its company beside them as "company".
Turns, load, absences and earlier handoffs come from the database, if there is one.`,
    )
    .action((asked: string, options: Options) => tryRoute(asked, options, terminal));
}

async function tryRoute(asked: string, options: Options, { environment, stdout }: Terminal): Promise<void> {
  const now = options.at ?? new Date();
  const policy = await readPortalPolicy(options.policy, environment);
  await using unwinding = new AsyncDisposableStack();
  const fromFile = asked.toLowerCase().endsWith('.json');
  const hubspot = fromFile ? null : openHubSpot(environment, policy, now);
  const connection = await readOnlyDatabase(environment, unwinding);
  const erasures = connection && postgresErasures(connection);
  const isErased = async (id: LeadId) => erasures !== null && (await erasures.among([id])).length > 0;
  const lead = hubspot ? await hubspot.lead(asked, isErased) : await readLeadFile(asked, policy);
  const stores = connection && storesOf(connection);
  const known = await knownNow(lead, policy, { stores, owners: hubspot?.owners ?? null }, now);
  const foreseen = foresee(lead, known.policy, known, now);
  if (options.json) {
    const { id, name, email } = lead;
    const facts = { lead: { id, name, email }, at: now, policy: policy.version, ...foreseen };
    stdout.write(harmless(`${JSON.stringify(facts, null, 2)}\n`));
    return;
  }
  const words = foreseenWords(foreseen, lead, known.policy, namesOf(known.people), now);
  stdout.write(plainReply(words, zoneOf(foreseen, known.policy)));
}

type LeadSource = {
  /** @param isErased whether a contact is not to be read again */
  lead(asked: string, isErased: (id: LeadId) => Promise<boolean>): Promise<Lead>;
  owners: Crm['owners'];
};

function openHubSpot(environment: NodeJS.ProcessEnv, policy: Policy, now: Date): LeadSource {
  const { config, secrets } = readConfig(environment);
  const { hubspotAccessToken: accessToken } = secrets;
  const hubspot = hubspotClient({ ...config.hubspot, accessToken, limiter: limiter() });
  const portalId = String(config.hubspot.portalId);
  const crm = hubspotCrm(hubspot, { portalId, policy: () => policy, clock: () => now });
  return {
    lead: async (asked, isErased) => {
      const id = asked.includes('@') ? await findContact(hubspot, asked) : asked;
      if (id !== null && (await isErased(id))) {
        throw new Error(`The contact ${id} was erased at their request: it is not looked at again`);
      }
      const lead = id === null ? null : only(await crm.leads([id], 'background'));
      if (!lead)
        throw new Error(`HubSpot has no contact "${asked}": expected a contact id, an email or a file`);
      return lead;
    },
    owners: () => crm.owners(),
  };
}
