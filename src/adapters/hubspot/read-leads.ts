import type { Activity, Lead, LeadId } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { type Crm, type Outcome, resultOf } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { activityOf, type EngagementKind, engagementKinds, propertiesOf } from './activities.ts';
import { type Link, newestOf } from './associations.ts';
import { type BatchReader, batchReader } from './batch-read.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { contactReader, type ReadContact } from './contacts.ts';
import { dealReader, type StageReader, unseenDeals } from './deals.ts';
import { isForbidden } from './error-answer.ts';
import { accountFinder } from './find-account.ts';
import type { AnswersReader } from './form-answers.ts';
import type { LabelReader, PortalLabels } from './labels.ts';
import { outcomeOf } from './lots.ts';
import {
  companyPropertiesToRead,
  type HubSpotContact,
  historiesToRead,
  leadOf,
  propertiesToRead,
} from './map-lead.ts';
import { textOf } from './values.ts';

/** What the policy decides about the reading of leads. */
export type ReadingPolicy = Pick<Policy, 'properties' | 'routing' | 'briefing' | 'pages' | 'qualification'>;

/** As many of each kind as a briefing could ever show. */
const newestOfEachKind = 10;

const activityTypes = engagementKinds.map(({ objectType }) => objectType);

/**
 * Reads leads: their contacts with all associations, then at the same time their companies and the newest deals and
 * engagements of each kind they have, for all of them one request a kind and hundred records.
 */
export function leadReader(
  hubspot: HubSpot,
  options: {
    /** Asked at every read: the policy may change while we run. */
    policy: () => ReadingPolicy;
    recordUrl: (id: LeadId) => string;
    clock: Clock;
    readLabels: LabelReader;
    readStages: StageReader;
    readAnswers: AnswersReader;
  },
): Crm['leads'] {
  const readers = {
    card: readerInLane(hubspot.inLane('card'), options),
    background: readerInLane(hubspot.inLane('background'), options),
  };
  return (ids, lane) => readers[lane](ids);
}

function readerInLane(
  hubspot: HubSpot,
  { policy, recordUrl, clock, readLabels, readStages, readAnswers }: Parameters<typeof leadReader>[1],
): (ids: readonly LeadId[]) => Promise<Outcome<Lead | null>[]> {
  const readContacts = contactReader(hubspot, {
    needed: ['companies'],
    optional: [...activityTypes, 'deals'],
  });
  const readCompanies = batchReader(hubspot, 'companies', () => companyPropertiesToRead(policy().properties));
  const findAccount = accountFinder(hubspot, readCompanies);
  const readDeals = dealReader(hubspot, readStages);
  const engagements = engagementKinds.map((kind) => ({
    kind,
    read: batchReader(hubspot, kind.objectType, () => propertiesOf(kind)),
  }));

  async function leadWith(
    { contact, links }: ReadContact,
    asked: ReadingPolicy,
    labels: PortalLabels,
    answering: ReturnType<AnswersReader>,
  ): Promise<Lead> {
    const { properties, routing } = asked;
    const idsOf = (objectType: string) => (links.get(objectType) ?? []).map(({ id }) => id);
    const associatedId = primaryOf(links.get('companies') ?? []);
    const clues = {
      associatedId,
      email: textOf(contact.properties['email']),
      companyName: textOf(contact.properties['company']),
    };
    const finding = findAccount(clues, routing.accountBy);
    const readingDeals = async () => {
      if (!links.has('deals')) return unseenDeals;
      const dealIds = idsOf('deals');
      if (!properties.openDeals) return readDeals({ dealIds, countedWith: null });
      // An association is known before its company is read.
      const known = routing.accountBy[0] === 'association' ? associatedId : null;
      const companyId = known ?? (await finding)?.record.id ?? null;
      return readDeals({ dealIds, countedWith: { companyId } });
    };
    const [company, deals, answers, ...activities] = await Promise.all([
      finding,
      readingDeals(),
      answering,
      ...engagements.map((kind) => readActivities(kind, idsOf(kind.kind.objectType))),
    ]);
    return leadOf(
      contact,
      company,
      {
        ...engaged(activities.flat(), links.get('meetings')),
        ...deals,
        formAnswers: answers.get(contact.id)?.answers ?? [],
        formPage: answers.get(contact.id)?.page ?? null,
      },
      // A merged contact answers under its new id.
      { policy: asked, url: recordUrl(contact.id), now: clock(), labels },
    );
  }

  function readAnswersOf(found: readonly HubSpotContact[], { briefing, qualification }: ReadingPolicy) {
    if (!briefing.formAnswers) return Promise.resolve(new Map());
    // What was sent in longer ago is no reason to call today, and costs no call.
    const since = new Date(clock().getTime() - qualification.freshWithinDays * 86_400_000);
    return readAnswers(found, since);
  }

  return async (ids) => {
    if (ids.length === 0) return [];
    const asked = policy();
    const [contacts, labels] = await Promise.all([
      readContacts(ids, {
        properties: propertiesToRead(asked.properties),
        histories: historiesToRead(asked.properties),
      }),
      readLabels(asked.properties),
    ]);
    const found = contacts.flatMap((outcome) => (outcome.ok ? (outcome.value?.contact ?? []) : []));
    const answering = readAnswersOf(found, asked);
    return Promise.all(
      contacts.map((outcome) =>
        outcomeOf(async () => {
          const read = resultOf(outcome);
          return read && leadWith(read, asked, labels, answering);
        }),
      ),
    );
  };
}

function primaryOf(links: readonly Link[]): string | null {
  const link = links.find(({ isPrimary }) => isPrimary) ?? links[0];
  return link?.id ?? null;
}

function engaged(
  activities: readonly Activity[],
  meetings: readonly Link[] | undefined,
): Pick<Lead, 'activities' | 'hasAllMeetings'> {
  const hasAllMeetings = meetings?.every(({ id }) => activities.some((activity) => activity.id === id));
  return { activities, ...(hasAllMeetings && { hasAllMeetings }) };
}

async function readActivities(
  { kind, read }: { kind: EngagementKind; read: BatchReader },
  all: readonly string[],
): Promise<Activity[]> {
  const records = await read(newestOf(all, newestOfEachKind)).catch(noneWithoutScope);
  return records.map((record) => activityOf(kind, record)).filter((activity) => activity !== null);
}

/** Emails need a scope that not every portal grants; a briefing without them is better than none. */
function noneWithoutScope(error: unknown): HubSpotRecord[] {
  if (isForbidden(error)) return [];
  throw error;
}
