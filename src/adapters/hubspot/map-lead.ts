import type { Conversion } from '../../domain/lead/conversion.ts';
import type { Account, Lead, LeadId, Score } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { zoneOfPlace } from '../../domain/time/zone-of-place.ts';
import type { HubSpotRecord } from './client.ts';
import { consentOf, consentProperties, hasBounced } from './consent.ts';
import { labelsOf, type PortalLabels } from './labels.ts';
import { titlesByPath, withTitles } from './page-titles.ts';
import { type History, pagesSeen } from './pages-seen.ts';
import { instantOf, numberOf, textOf } from './values.ts';

type Properties = Policy['properties'];
export type HubSpotContact = HubSpotRecord & { history: History };

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
  'city',
  'zip',
  'hs_language',
  'hs_seniority',
  'hs_timezone',
  'company',
  'hubspot_owner_id',
  'lifecyclestage',
  'hs_lead_status',
  'hs_analytics_source',
  'hs_analytics_source_data_1',
  'hs_analytics_source_data_2',
  'hs_latest_source',
  'hs_latest_source_data_1',
  'hs_latest_source_data_2',
  'recent_conversion_event_name',
  'recent_conversion_date',
  'hs_calculated_form_submissions',
  'message',
  'hs_analytics_first_url',
  'hs_analytics_first_timestamp',
  'hs_analytics_num_page_views',
  'hs_analytics_num_visits',
  ...standardStages.flatMap(entryProperties),
  ...consentProperties,
  'hs_email_bad_address',
  'hs_email_hard_bounce_reason_enum',
  'hs_merged_object_ids',
  'hs_calculated_merged_vids',
];

const companyProperties = [
  'name',
  'domain',
  'industry',
  'numberofemployees',
  'annualrevenue',
  'country',
  'state',
  'city',
  'zip',
  'hubspot_owner_id',
];

/** What is read of a contact, in a portal that names its own properties as the policy tells. */
export function propertiesToRead(named: Properties): string[] {
  const { score, scoreComponents, summary, product, contact } = named;
  const own = [score, summary, product, ...scoreComponents.map(({ property }) => property), ...contact];
  return [...new Set([...contactProperties, ...own.filter((name) => name !== null)])];
}

/** What is read of a company. */
export function companyPropertiesToRead({ company }: Properties): string[] {
  return [...new Set([...companyProperties, ...company])];
}

/** The properties whose earlier values matter. */
export function historiesToRead({ score }: Properties): string[] {
  return [
    'message',
    'hubspot_owner_id',
    'lifecyclestage',
    'recent_conversion_event_name',
    'recent_conversion_date',
    'hs_analytics_last_url',
    'hs_analytics_num_page_views',
    ...(score ? [score] : []),
  ];
}

/** A company that a lead belongs to, and whether HubSpot says so or it was matched. */
export type FoundCompany = { record: HubSpotRecord; isAssociated: boolean };

/** What is read of a lead beside its contact and company. */
type Surroundings = Pick<
  Lead,
  'activities' | 'hasAllMeetings' | 'deals' | 'accountDeals' | 'openDeals' | 'formAnswers'
> & {
  /** The address of the page on which the last form was sent in. */
  formPage?: string | null;
};

/** Nothing was read but the contact. */
export const noSurroundings: Surroundings = {
  activities: [],
  deals: [],
  accountDeals: [],
  openDeals: null,
  formAnswers: [],
};

/** How a contact becomes a lead. */
type Mapping = {
  policy: Pick<Policy, 'properties' | 'pages'>;
  url: string;
  now: Date;
  /** None unless told otherwise. */
  labels?: PortalLabels;
};

/** A contact, its company and what else was read of it as a lead. */
export function leadOf(
  { id, properties: values, history }: HubSpotContact,
  company: FoundCompany | null,
  { activities, formPage = null, ...others }: Surroundings,
  { policy, url, now, labels = {} }: Mapping,
): Lead {
  const { properties } = policy;
  const text = (name: string) => textOf(values[name]);
  const conversions = conversionsOf(values, history);
  const lead = {
    id,
    formerIds: formerIds(values),
    url,
    name: [text('firstname'), text('lastname')].filter((part) => part !== null).join(' ') || null,
    email: text('email'),
    phone: text('phone') ?? text('mobilephone'),
    jobTitle: text('jobtitle'),
    country: text('country'),
    state: text('state'),
    city: text('city'),
    postcode: text('zip'),
    language: text('hs_language'),
    seniority: text('hs_seniority'),
    company: text('company'),
    product: properties.product ? text(properties.product) : null,
    properties: filledOf(values, properties.contact),
    ownerId: text('hubspot_owner_id'),
    ...ownersIn(history),
    lifecycleStage: text('lifecyclestage'),
    stageEnteredAt: stagesEntered(values, history),
    leadStatus: text('hs_lead_status'),
    account: company && accountOf(company, properties),
    score: scoreOf(values, history, properties),
    source: {
      original: text('hs_analytics_source'),
      detail: text('hs_analytics_source_data_1'),
      furtherDetail: text('hs_analytics_source_data_2'),
      latest: text('hs_latest_source'),
      latestDetail: text('hs_latest_source_data_1'),
      latestFurtherDetail: text('hs_latest_source_data_2'),
    },
    conversions,
    pages: withTitles(pagesSeen(values, history), titlesByPath(policy.pages, formPage, conversions)),
    visits: numberOf(values['hs_analytics_num_visits']),
    ...others,
    activities: [...activities].sort((a, b) => b.at.getTime() - a.at.getTime()),
    summary: properties.summary ? text(properties.summary) : null,
    consent: consentOf(values),
    emailBounced: hasBounced(values),
    timeZone: zoneOfPlace({ zone: text('hs_timezone'), country: text('country'), state: text('state') }, now),
  };
  return { ...lead, labels: labelsOf(lead, labels) };
}

/**
 * HubSpot lists the ids that were merged into a record in `hs_merged_object_ids`; of contacts that were merged before
 * 2024 they are in `hs_calculated_merged_vids` alone, each with its time: `101:1700000000000;102:…`.
 */
function formerIds(values: HubSpotRecord['properties']): LeadId[] {
  const lists = [values['hs_merged_object_ids'], values['hs_calculated_merged_vids']];
  const ids = lists.flatMap((list) => list?.match(/(?<=^|;)\s*\d+/g) ?? []);
  return [...new Set(ids.map((id) => id.trim()))];
}

/** Since when it has its owner, and whose it was before. A value repeated is no new owner. */
function ownersIn(history: History): Pick<Lead, 'ownerSince' | 'ownerBefore'> {
  const versions = history['hubspot_owner_id'] ?? [];
  const [now, before] = versions.filter(({ value }, index) => value !== versions[index + 1]?.value);
  return {
    ownerSince: now?.timestamp ?? null,
    ...(before && { ownerBefore: { ownerId: before.value || null, since: before.timestamp } }),
  };
}

export function accountOf({ record, isAssociated }: FoundCompany, named: Properties): Account {
  const { id, properties: values } = record;
  return {
    // A match is good enough to route by, not to file tasks and calls under a company that HubSpot keeps apart.
    ...(isAssociated ? { id } : { id: null, matchedId: id }),
    name: textOf(values['name']),
    domain: textOf(values['domain']),
    industry: textOf(values['industry']),
    employees: numberOf(values['numberofemployees']),
    revenue: numberOf(values['annualrevenue']),
    country: textOf(values['country']),
    state: textOf(values['state']),
    city: textOf(values['city']),
    postcode: textOf(values['zip']),
    ownerId: textOf(values['hubspot_owner_id']),
    properties: filledOf(values, named.company),
  };
}

/** Those of the named properties that have a value. */
export function filledOf(
  values: HubSpotRecord['properties'],
  names: readonly string[],
): Record<string, string> {
  const filled = names.flatMap((name) => {
    const value = textOf(values[name]);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(filled);
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
  // The date of an entry is written some seconds after the stage: until then it is that of the entry before.
  for (const stage of standardStages) {
    const [newer, older] = entryProperties(stage);
    const at = instantOf(values[newer]) ?? instantOf(values[older]);
    const known = entered[stage];
    if (at && (!known || at > known)) entered[stage] = at;
  }
  return entered;
}

/** HubSpot writes the name and the time of the last form together; a name that stays the same has no new version. */
const togetherMs = 1000;

/** What the lead sent in, newest first: the last is in the properties, those before in their histories. */
function conversionsOf(values: HubSpotRecord['properties'], history: History): Conversion[] {
  const names = (history['recent_conversion_event_name'] ?? []).filter(({ value }) => value !== '');
  const dates = (history['recent_conversion_date'] ?? []).flatMap(({ value, timestamp }) => {
    const at = instantOf(value);
    return at ? [{ at, timestamp }] : [];
  });
  const nameBy = (time: Date) =>
    names.find(({ timestamp }) => timestamp.getTime() <= time.getTime() + togetherMs)?.value ??
    textOf(values['recent_conversion_event_name']);
  const last = instantOf(values['recent_conversion_date']);
  const known = dates.length > 0 || !last ? dates : [{ at: last, timestamp: last }];
  return known
    .flatMap(({ at, timestamp }) => {
      const name = nameBy(timestamp);
      return name === null ? [] : [{ name, at }];
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime());
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
