import type { Account, Activity, Lead, PageView, Score } from '../../domain/lead.ts';
import type { Policy } from '../../domain/policy.ts';
import type { HubSpotRecord } from './client.ts';
import { instantOf, numberOf, textOf } from './values.ts';

type Properties = Policy['properties'];
type History = Readonly<Record<string, readonly { value: string; timestamp: Date }[]>>;
type HubSpotContact = HubSpotRecord & { history: History };

/** HubSpot's own stages; those a portal adds are known from the history of the stage alone. */
const standardStages = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
];

const contactProperties = [
  'firstname',
  'lastname',
  'email',
  'phone',
  'mobilephone',
  'jobtitle',
  'country',
  'state',
  'hubspot_owner_id',
  'lifecyclestage',
  'hs_lead_status',
  'hs_analytics_source',
  'hs_analytics_source_data_1',
  'hs_latest_source',
  'hs_latest_source_data_1',
  'recent_conversion_event_name',
  'recent_conversion_date',
  'hs_analytics_first_url',
  'hs_analytics_first_timestamp',
  'hs_analytics_num_visits',
  ...standardStages.flatMap(entryProperties),
];

export const companyProperties = [
  'name',
  'domain',
  'industry',
  'numberofemployees',
  'annualrevenue',
  'country',
  'hubspot_owner_id',
];

/** What is read of a contact, in a portal that names its own properties as the policy tells. */
export function propertiesToRead({ score, scoreComponents, summary }: Properties): string[] {
  const named = [score, summary, ...scoreComponents.map(({ property }) => property)];
  return [...contactProperties, ...named.filter((name) => name !== null)];
}

/** The properties whose earlier values matter. */
export function historiesToRead({ score }: Properties): string[] {
  return ['lifecyclestage', 'hs_analytics_last_url', ...(score ? [score] : [])];
}

/** A contact, its company and its engagements as a lead. */
export function leadOf(
  { id, properties: values, history }: HubSpotContact,
  company: HubSpotRecord | null,
  activities: readonly Activity[],
  { properties, url }: { properties: Properties; url: string },
): Lead {
  const text = (name: string) => textOf(values[name]);
  const conversionName = text('recent_conversion_event_name');
  const convertedAt = instantOf(values['recent_conversion_date']);
  return {
    id,
    url,
    name: [text('firstname'), text('lastname')].filter((part) => part !== null).join(' ') || null,
    email: text('email'),
    phone: text('phone') ?? text('mobilephone'),
    jobTitle: text('jobtitle'),
    country: text('country'),
    state: text('state'),
    ownerId: text('hubspot_owner_id'),
    lifecycleStage: text('lifecyclestage'),
    stageEnteredAt: stagesEntered(values, history),
    leadStatus: text('hs_lead_status'),
    account: company && accountOf(company),
    score: scoreOf(values, history, properties),
    source: {
      original: text('hs_analytics_source'),
      detail: text('hs_analytics_source_data_1'),
      latest: text('hs_latest_source'),
      latestDetail: text('hs_latest_source_data_1'),
    },
    conversion: conversionName && convertedAt ? { name: conversionName, at: convertedAt } : null,
    pages: pagesSeen(values, history),
    visits: numberOf(values['hs_analytics_num_visits']),
    activities: [...activities].sort((a, b) => b.at.getTime() - a.at.getTime()),
    summary: properties.summary ? text(properties.summary) : null,
  };
}

function accountOf({ id, properties: values }: HubSpotRecord): Account {
  return {
    id,
    name: textOf(values['name']),
    domain: textOf(values['domain']),
    industry: textOf(values['industry']),
    employees: numberOf(values['numberofemployees']),
    revenue: numberOf(values['annualrevenue']),
    country: textOf(values['country']),
    ownerId: textOf(values['hubspot_owner_id']),
  };
}

/** The newer of HubSpot's two dates for the entry into a stage, then the older. */
function entryProperties(stage: string): [string, string] {
  return [`hs_v2_date_entered_${stage}`, `hs_lifecyclestage_${stage}_date`];
}

function stagesEntered(values: HubSpotRecord['properties'], history: History): Record<string, Date> {
  const entered: Record<string, Date> = {};
  // Oldest first, so that the latest entry stays; a value repeated is no new entry.
  const stages = [...(history['lifecyclestage'] ?? [])].reverse();
  stages.forEach(({ value, timestamp }, index) => {
    if (value && value !== stages[index - 1]?.value) entered[value] = timestamp;
  });
  for (const stage of standardStages) {
    const [newer, older] = entryProperties(stage);
    const at = instantOf(values[newer]) ?? instantOf(values[older]);
    if (at) entered[stage] = at;
  }
  return entered;
}

function scoreOf(values: HubSpotRecord['properties'], history: History, named: Properties): Score | null {
  if (!named.score) return null;
  const value = numberOf(values[named.score]);
  if (value === null) return null;
  return {
    value,
    components: named.scoreComponents.flatMap(({ label, property }) => {
      const points = numberOf(values[property]);
      return points === null ? [] : [{ label, points }];
    }),
    history: (history[named.score] ?? []).flatMap((entry) => {
      const earlier = numberOf(entry.value);
      return earlier === null ? [] : [{ value: earlier, at: entry.timestamp }];
    }),
  };
}

/** HubSpot keeps the last page in a property, so that its history tells of the pages before. */
function pagesSeen(values: HubSpotRecord['properties'], history: History): PageView[] {
  const pages = (history['hs_analytics_last_url'] ?? [])
    .filter(({ value }) => value !== '')
    .map(({ value, timestamp }) => ({ url: value, at: timestamp }));
  const firstUrl = textOf(values['hs_analytics_first_url']);
  const firstAt = instantOf(values['hs_analytics_first_timestamp']);
  const known = pages.some(({ url, at }) => url === firstUrl && at.getTime() === firstAt?.getTime());
  if (firstUrl && firstAt && !known) pages.push({ url: firstUrl, at: firstAt });
  return pages.sort((a, b) => b.at.getTime() - a.at.getTime());
}
