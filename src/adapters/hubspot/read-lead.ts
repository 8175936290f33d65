import type { Activity, LeadId } from '../../domain/lead.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Crm } from '../../flow/ports.ts';
import { activityOf, type EngagementKind, engagementKinds, propertiesOf } from './activities.ts';
import { type BatchReader, batchReader, type Link, newestOf } from './batch-read.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { answerBehind, isNotFound } from './error-answer.ts';
import { companyProperties, historiesToRead, leadOf, propertiesToRead } from './map-lead.ts';

/** As many of each kind as a briefing could ever show. */
const newestOfEachKind = 10;

/**
 * Reads a lead: the contact in one request, then at the same time its primary company and the newest engagements of
 * each kind it has, one request each.
 */
export function leadReader(
  hubspot: HubSpot,
  options: { properties: () => Policy['properties']; recordUrl: (id: LeadId) => string },
): Crm['lead'] {
  const readCompanies = batchReader(hubspot, 'companies', companyProperties);
  const engagements = engagementKinds.map((kind) => ({
    kind,
    read: batchReader(hubspot, kind.objectType, propertiesOf(kind)),
  }));
  const associations = ['companies', ...engagementKinds.map(({ objectType }) => objectType)];

  return async (id) => {
    const properties = options.properties();
    const contact = await hubspot
      .read('read a contact', (crm) =>
        crm.objects.basicApi.getById(
          'contacts',
          id,
          propertiesToRead(properties),
          historiesToRead(properties),
          associations,
          false,
        ),
      )
      .catch(nullWhenGone);
    if (!contact) return null;

    const links = (objectType: string) => contact.associations?.[objectType]?.results ?? [];
    const [company, ...activities] = await Promise.all([
      readCompany(readCompanies, links('companies')),
      ...engagements.map(({ kind, read }) => readActivities(kind, read, links(kind.objectType))),
    ]);
    return leadOf(
      { ...contact, history: contact.propertiesWithHistory ?? {} },
      company,
      activities.flat(),
      // A merged contact answers under its new id.
      { properties, url: options.recordUrl(contact.id) },
    );
  };
}

function nullWhenGone(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}

async function readCompany(read: BatchReader, links: readonly Link[]): Promise<HubSpotRecord | null> {
  const link = links.find(({ type }) => type === 'contact_to_company') ?? links[0];
  if (!link) return null;
  const [company] = await read([link.id]);
  return company ?? null;
}

async function readActivities(
  kind: EngagementKind,
  read: BatchReader,
  links: readonly Link[],
): Promise<Activity[]> {
  const records = await read(newestOf(links, newestOfEachKind)).catch(noneWithoutScope);
  return records.map((record) => activityOf(kind, record)).filter((activity) => activity !== null);
}

/** Emails need a scope that not every portal grants; a briefing without them is better than none. */
function noneWithoutScope(error: unknown): HubSpotRecord[] {
  if (answerBehind(error)?.status === 403) return [];
  throw error;
}
