import type { Activity, LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import { activityOf, type EngagementKind, engagementKinds, propertiesOf } from './activities.ts';
import { type BatchReader, batchReader, type Link, newestOf } from './batch-read.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { dealReader, unseenDeals } from './deals.ts';
import { isForbidden, isNotFound } from './error-answer.ts';
import { accountFinder } from './find-account.ts';
import { companyPropertiesToRead, historiesToRead, leadOf, propertiesToRead } from './map-lead.ts';
import { textOf } from './values.ts';

/** What the policy decides about the reading of leads. */
export type ReadingPolicy = Pick<Policy, 'properties' | 'routing'>;

/** As many of each kind as a briefing could ever show. */
const newestOfEachKind = 10;

const activityTypes = engagementKinds.map(({ objectType }) => objectType);

/**
 * Reads a lead: the contact in one request, then at the same time its company and the newest deals and engagements of
 * each kind it has, one request each.
 */
export function leadReader(
  hubspot: HubSpot,
  options: {
    /** Asked at every read: the policy may change while we run. */
    policy: () => ReadingPolicy;
    recordUrl: (id: LeadId) => string;
  },
): Crm['lead'] {
  const readCompanies = batchReader(hubspot, 'companies', () =>
    companyPropertiesToRead(options.policy().properties),
  );
  const findAccount = accountFinder(hubspot, readCompanies);
  const readDeals = dealReader(hubspot);
  const engagements = engagementKinds.map((kind) => ({
    kind,
    read: batchReader(hubspot, kind.objectType, () => propertiesOf(kind)),
  }));

  return async (id) => {
    const { properties, routing } = options.policy();
    const read = await readContact(hubspot, id, properties);
    if (!read) return null;

    const { contact, seesDeals } = read;
    const links = (objectType: string) => contact.associations?.[objectType]?.results ?? [];
    const associatedId = primaryOf(links('companies'));
    const clues = {
      associatedId,
      email: textOf(contact.properties['email']),
      companyName: textOf(contact.properties['company']),
    };
    const finding = findAccount(clues, routing.accountBy);
    const readingDeals = async () => {
      if (!seesDeals) return unseenDeals;
      const dealIds = links('deals').map((link) => link.id);
      if (!properties.openDeals) return readDeals({ dealIds, countedWith: null });
      // An association is known before its company is read.
      const known = routing.accountBy[0] === 'association' ? associatedId : null;
      const companyId = known ?? (await finding)?.record.id ?? null;
      return readDeals({ dealIds, countedWith: { companyId } });
    };
    const [company, deals, ...activities] = await Promise.all([
      finding,
      readingDeals(),
      ...engagements.map((kind) => readActivities(kind, links(kind.kind.objectType))),
    ]);
    return leadOf(
      { ...contact, history: contact.propertiesWithHistory ?? {} },
      company,
      { activities: activities.flat(), ...deals },
      // A merged contact answers under its new id.
      { properties, url: options.recordUrl(contact.id) },
    );
  };
}

/** The contact and its associations, those with deals only if they may be seen. */
async function readContact(hubspot: HubSpot, id: LeadId, properties: Policy['properties']) {
  const ask = (associations: string[]) =>
    hubspot.read('read a contact', (crm) =>
      crm.objects.basicApi.getById(
        'contacts',
        id,
        propertiesToRead(properties),
        historiesToRead(properties),
        ['companies', ...activityTypes, ...associations],
        false,
      ),
    );
  try {
    try {
      return { contact: await ask(['deals']), seesDeals: true };
    } catch (error) {
      // A lead without its deals is better than none.
      if (!isForbidden(error)) throw error;
      return { contact: await ask([]), seesDeals: false };
    }
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function primaryOf(links: readonly Link[]): string | null {
  const link = links.find(({ type }) => type === 'contact_to_company') ?? links[0];
  return link?.id ?? null;
}

async function readActivities(
  { kind, read }: { kind: EngagementKind; read: BatchReader },
  links: readonly Link[],
): Promise<Activity[]> {
  const ids = newestOf(
    links.map(({ id }) => id),
    newestOfEachKind,
  );
  const records = await read(ids).catch(noneWithoutScope);
  return records.map((record) => activityOf(kind, record)).filter((activity) => activity !== null);
}

/** Emails need a scope that not every portal grants; a briefing without them is better than none. */
function noneWithoutScope(error: unknown): HubSpotRecord[] {
  if (isForbidden(error)) return [];
  throw error;
}
