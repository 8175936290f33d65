import type { LeadId } from '../../domain/lead/lead.ts';
import type { Crm, CrmRecord } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { associationReader } from './associations.ts';
import { batchReader } from './batch-read.ts';
import { changedRecords } from './changed-records.ts';
import type { HubSpot } from './client.ts';
import { isForbidden, isNotFound } from './error-answer.ts';
import { accountOf, companyPropertiesToRead, leadOf, noSurroundings, propertiesToRead } from './map-lead.ts';
import type { ReadingPolicy } from './read-leads.ts';

type ChangesCrm = Pick<
  Crm,
  'leadsChangedSince' | 'companiesChangedSince' | 'leadsWithNewsSince' | 'leadsOf' | 'gone'
>;

const newsTypes: readonly CrmRecord['objectType'][] = [
  'calls',
  'emails',
  'meetings',
  'communications',
  'deals',
];

/** What is asked of HubSpot when its webhooks do not tell, or not of whom. */
export function leadChanges(
  hubspot: HubSpot,
  options: {
    /** Asked at every read: the policy may change while we run. */
    policy: () => ReadingPolicy;
    recordUrl: (id: LeadId) => string;
    clock: Clock;
  },
): ChangesCrm {
  // A search takes no more than 3,000 characters, too few for the names of everything that a policy may ask for.
  const readContacts = batchReader(hubspot, 'contacts', () => propertiesToRead(options.policy().properties));
  const readCompanies = batchReader(hubspot, 'companies', () =>
    companyPropertiesToRead(options.policy().properties),
  );
  const findContacts = batchReader(hubspot, 'contacts', () => ['hs_object_id']);
  const contactsOf = new Map(
    newsTypes.map((objectType) => [objectType, associationReader(hubspot, objectType, 'contacts')]),
  );
  const contactsUnder = async (objectType: CrmRecord['objectType'], ids: readonly string[]) =>
    (await contactsOf.get(objectType)?.(ids)) ?? [];

  return {
    async *leadsChangedSince(since, leftOut = async () => []) {
      for await (const changed of changedRecords(hubspot, 'contacts', { since, until: options.clock() })) {
        const unread = await leftOut(changed);
        const ids = changed.filter((id) => !unread.includes(id));
        const contacts = new Map((await readContacts(ids)).map((contact) => [contact.id, contact]));
        const policy = options.policy();
        yield ids
          .flatMap((id) => contacts.get(id) ?? [])
          .map((contact) =>
            leadOf({ ...contact, history: {} }, null, noSurroundings, {
              policy,
              url: options.recordUrl(contact.id),
              now: options.clock(),
            }),
          );
      }
    },

    async *companiesChangedSince(since) {
      for await (const ids of changedRecords(hubspot, 'companies', { since, until: options.clock() })) {
        const { properties } = options.policy();
        yield (await readCompanies(ids)).map((record) => ({
          id: record.id,
          account: accountOf({ record, isAssociated: true }, properties),
        }));
      }
    },

    async *leadsWithNewsSince(since) {
      const until = options.clock();
      const told = new Set<LeadId>();
      for (const objectType of newsTypes) {
        try {
          for await (const ids of changedRecords(hubspot, objectType, { since, until })) {
            const leads = (await contactsUnder(objectType, ids)).filter((id) => !told.has(id));
            for (const id of leads) told.add(id);
            if (leads.length > 0) yield leads;
          }
        } catch (error) {
          if (!isForbidden(error)) throw error;
        }
      }
    },

    leadsOf: async ({ objectType, id }) => {
      try {
        return await contactsUnder(objectType, [id]);
      } catch (error) {
        if (isForbidden(error) || isNotFound(error)) return [];
        throw error;
      }
    },

    gone: async (ids) => {
      const found = new Set((await findContacts(ids)).map(({ id }) => id));
      return ids.filter((id) => !found.has(id));
    },
  };
}
