import { allObjectTypes, type ObjectType, objectTypeFacts } from './object-types.ts';
import {
  booleanOptions,
  PropertyCatalog,
  type PropertyDefinition,
  type PropertyOption,
  type PropertyType,
  standardGroups,
} from './properties.ts';
import * as options from './standard-options.ts';

type Draft = Omit<PropertyDefinition, 'groupName'>;

function labelOf(name: string): string {
  const words = name.replace(/^hs_/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function draft(name: string, type: PropertyType, fieldType: string, values: PropertyOption[] = []): Draft {
  return {
    name,
    label: labelOf(name),
    type,
    fieldType,
    description: '',
    options: values,
    hubspotDefined: true,
    readOnly: false,
    hasUniqueValue: false,
    listsOwners: false,
  };
}

const all = (type: PropertyType, fieldType: string, names: string): Draft[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => draft(name, type, fieldType));
const strings = (names: string) => all('string', 'text', names);
const numbers = (names: string) => all('number', 'number', names);
const datetimes = (names: string) => all('datetime', 'date', names);
const booleans = (names: string) =>
  all('bool', 'booleancheckbox', names).map((one) => ({ ...one, options: booleanOptions }));
const choice = (name: string, values: PropertyOption[]) => draft(name, 'enumeration', 'select', values);
const choices = (name: string, values: PropertyOption[]) => draft(name, 'enumeration', 'checkbox', values);
const readOnly = (...drafts: Draft[][]): Draft[] => drafts.flat().map((one) => ({ ...one, readOnly: true }));

const owner = [
  { ...choice('hubspot_owner_id', []), listsOwners: true },
  ...readOnly(datetimes('hubspot_owner_assigneddate')),
];
const stages = options.lifecycleStages.map(({ value }) => value);
const lifecycle = [
  choice('lifecyclestage', options.lifecycleStages),
  ...readOnly(
    datetimes(stages.map((stage) => `hs_lifecyclestage_${stage}_date hs_v2_date_entered_${stage}`).join(' ')),
  ),
];

const contactProperties: Draft[] = [
  { ...draft('email', 'string', 'text'), hasUniqueValue: true },
  draft('message', 'string', 'textarea'),
  ...strings(`firstname lastname phone mobilephone company website jobtitle city state country zip address
    industry company_size hs_timezone hs_language hs_linkedin_url hs_chat_assistant_summary hs_why_this_contact`),
  ...numbers('annualrevenue'),
  choice('numemployees', options.contactEmployees),
  choice('hs_seniority', options.seniorities),
  choice('hs_role', options.roles),
  choices('hs_buying_role', options.buyingRoles),
  choices('hs_legal_basis', options.legalBases),
  choice('hs_lead_status', options.leadStatuses),
  ...owner,
  ...lifecycle,
  ...readOnly(
    [choice('hs_analytics_source', options.leadSources), choice('hs_latest_source', options.leadSources)],
    strings(`hs_analytics_source_data_1 hs_analytics_source_data_2 hs_latest_source_data_1 hs_latest_source_data_2
      first_conversion_event_name recent_conversion_event_name hs_analytics_first_url hs_analytics_last_url
      hs_sa_first_engagement_object_type hs_sa_first_engagement_descr hs_merged_object_ids hs_calculated_merged_vids
      hs_additional_emails hs_email_last_email_name hs_calculated_form_submissions`),
    datetimes(`hs_latest_source_timestamp first_conversion_date recent_conversion_date
      hs_analytics_first_timestamp hs_analytics_last_timestamp hs_analytics_last_visit_timestamp
      hs_email_last_send_date hs_email_last_open_date hs_email_last_click_date hs_email_last_reply_date
      hs_sales_email_last_opened hs_sales_email_last_clicked hs_sales_email_last_replied
      hs_last_sales_activity_timestamp hs_first_outreach_date hs_sa_first_engagement_date notes_last_contacted
      notes_last_updated engagements_last_meeting_booked hs_latest_meeting_activity
      hs_latest_sequence_enrolled_date`),
    numbers(`num_conversion_events num_unique_conversion_events hs_analytics_num_page_views
      hs_analytics_num_visits hs_email_delivered hs_email_open hs_email_click hs_email_replied
      hs_email_sends_since_last_engagement hubspotscore
      hs_predictivecontactscore_v2 hs_first_engagement_object_id hs_time_to_first_engagement
      num_contacted_notes num_notes num_associated_deals hs_num_associated_open_deals associatedcompanyid
      hs_sequences_enrolled_count hs_latest_sequence_enrolled`),
    [choice('hs_predictivescoringtier', options.scoringTiers)],
    booleans(
      'hs_is_unworked hs_email_optout hs_marketable_status hs_sequences_is_enrolled hs_email_bad_address',
    ),
    [choice('hs_email_hard_bounce_reason_enum', options.bounceReasons)],
  ),
];

const companyProperties: Draft[] = [
  ...strings(`name domain website phone city state country zip address description timezone linkedin_company_page
    about_us`),
  ...numbers('numberofemployees annualrevenue'),
  choice('industry', options.companyIndustries),
  choice('hs_lead_status', options.leadStatuses),
  choice('type', options.companyTypes),
  ...owner,
  ...lifecycle,
  ...readOnly(
    [choice('hs_analytics_source', options.leadSources)],
    datetimes(
      'notes_last_contacted notes_last_updated hs_last_sales_activity_timestamp recent_conversion_date',
    ),
    strings('first_conversion_event_name recent_conversion_event_name hs_additional_domains'),
    numbers(`num_associated_contacts num_associated_deals hs_num_open_deals num_conversion_events
      hs_analytics_num_page_views hs_analytics_num_visits num_contacted_notes num_notes total_revenue`),
  ),
];

const dealProperties: Draft[] = [
  ...strings('dealname description'),
  ...numbers('amount'),
  ...datetimes('closedate'),
  choice('dealtype', options.dealTypes),
  choice('hs_priority', options.dealPriorities),
  choice('pipeline', []),
  choice('dealstage', []),
  ...owner,
  ...readOnly(booleans('hs_is_closed hs_is_closed_won'), datetimes('hs_v2_date_entered_current_stage')),
];

const leadProperties: Draft[] = [
  ...strings('hs_lead_name'),
  choice('hs_lead_type', options.leadTypes),
  choice('hs_lead_label', options.leadLabels),
  choice('hs_pipeline', []),
  choice('hs_pipeline_stage', []),
  choice('hs_lead_disqualification_reason', options.leadDisqualificationReasons),
  ...owner,
  ...readOnly(strings('hs_primary_contact_id')),
];

const activity = [...datetimes('hs_timestamp'), ...owner];

const propertiesByType: Record<ObjectType, Draft[]> = {
  contacts: contactProperties,
  companies: companyProperties,
  deals: dealProperties,
  leads: leadProperties,
  tasks: [
    ...activity,
    ...strings('hs_task_subject hs_task_body hs_task_reminders hs_queue_membership_ids'),
    choice('hs_task_status', options.taskStatuses),
    choice('hs_task_priority', options.taskPriorities),
    choice('hs_task_type', options.taskTypes),
    ...readOnly(datetimes('hs_task_completion_date')),
  ],
  calls: [
    ...activity,
    ...strings('hs_call_title hs_call_body hs_call_from_number hs_call_to_number hs_call_recording_url'),
    ...numbers('hs_call_duration'),
    choice('hs_call_direction', options.callDirections),
    choice('hs_call_status', options.callStatuses),
    choice('hs_call_disposition', options.callDispositions),
  ],
  emails: [
    ...activity,
    ...strings('hs_email_subject hs_email_text hs_email_html hs_email_headers'),
    choice('hs_email_direction', options.emailDirections),
    choice('hs_email_status', options.emailStatuses),
    ...readOnly(numbers('hs_sequence_id')),
  ],
  meetings: [
    ...activity,
    ...strings(
      'hs_meeting_title hs_meeting_body hs_meeting_location hs_meeting_external_url hs_internal_meeting_notes',
    ),
    ...datetimes('hs_meeting_start_time hs_meeting_end_time'),
    choice('hs_meeting_outcome', options.meetingOutcomes),
    ...readOnly([choice('hs_meeting_source', options.meetingSources)]),
  ],
  notes: [...activity, ...strings('hs_note_body hs_attachment_ids')],
  communications: [
    ...activity,
    ...strings('hs_communication_body'),
    choice('hs_communication_channel_type', options.communicationChannels),
    choice('hs_communication_logged_from', options.communicationOrigins),
  ],
  users: [
    ...strings('hs_working_hours hs_out_of_office_hours hs_standard_time_zone hs_job_title'),
    choice('hs_availability_status', options.availabilities),
    ...readOnly(strings('hs_email hs_given_name hs_family_name hubspot_owner_id hs_internal_user_id')),
  ],
};

/** The definitions every portal has, and no custom ones. */
export function standardCatalog(): PropertyCatalog {
  return new PropertyCatalog(
    allObjectTypes.map((type) => {
      const { createdProperty, modifiedProperty } = objectTypeFacts[type];
      const system = readOnly(
        numbers('hs_object_id hs_object_source_user_id'),
        strings('hs_object_source hs_object_source_id'),
        datetimes(`${createdProperty} ${modifiedProperty}`),
      );
      return [
        type,
        [...propertiesByType[type], ...system].map((one) => ({ ...one, groupName: standardGroups[type] })),
      ];
    }),
  );
}
