import { movesBack, stageStamps, stampsClearedBy } from './lifecycle.ts';
import { activityTypes, type ObjectType } from './object-types.ts';
import type { Pipelines } from './pipelines.ts';
import { primaryCompany } from './primary-company.ts';
import type { PropertyOption } from './properties.ts';
import { instant } from './property-values.ts';
import type { CrmRecord, Store } from './store.ts';

/** The properties HubSpot sets because `property` changed from `before` to `value`. */
export function consequencesOf(
  change: { property: string; before: string | undefined; value: string },
  stages: readonly PropertyOption[],
  pipelines: Pipelines,
  now: Date,
): Map<string, string> {
  const { property, before, value } = change;
  const at = instant(now);
  switch (property) {
    case 'lifecyclestage':
      if (value === '') return new Map();
      return new Map([
        ...(movesBack(stages, before, value) ? stampsClearedBy(stages, value) : []).map(
          (stamp) => [stamp, ''] as const,
        ),
        ...stageStamps(value).map((stamp) => [stamp, at] as const),
      ]);
    case 'hubspot_owner_id':
      return new Map([['hubspot_owner_assigneddate', value === '' ? '' : at]]);
    case 'hs_task_status':
      return new Map([['hs_task_completion_date', value === 'COMPLETED' ? at : '']]);
    case 'dealstage': {
      const { isClosed, probability } = pipelines.stage('deals', value)?.metadata ?? {};
      return new Map([
        ['hs_v2_date_entered_current_stage', at],
        ['hs_is_closed', String(isClosed === 'true')],
        ['hs_is_closed_won', String(probability === '1.0')],
        ...(isClosed === 'true' ? [['closedate', at] as const] : []),
      ]);
    }
    default:
      return new Map();
  }
}

function isOutreach(activity: CrmRecord): boolean {
  switch (activity.type) {
    case 'calls':
      return activity.properties.get('hs_call_direction') !== 'INBOUND';
    case 'emails':
      return activity.properties.get('hs_email_direction') === 'EMAIL';
    case 'meetings':
    case 'communications':
      return true;
    default:
      // Notes and tasks are not a contact with anyone.
      return false;
  }
}

/**
 * What HubSpot computes on a contact from the records around it. A figure that nothing
 * around it supports is left out, so that a seeded value stays.
 */
export function contactFigures(store: Store, contact: CrmRecord, now: Date): Map<string, string> {
  const related = (type: ObjectType) =>
    store.associated(contact, type).flatMap(({ id }) => store.find(type, id) ?? []);
  const figures = new Map<string, string>();
  const setFrom = (name: string, value: string | undefined) => {
    if (value !== undefined) figures.set(name, value);
  };

  const activities = activityTypes.flatMap(related);
  const past = activities
    .map((activity) => ({ activity, at: activity.properties.get('hs_timestamp') ?? '' }))
    .filter(({ at }) => at !== '' && Date.parse(at) <= now.getTime())
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (past.length > 0) figures.set('num_notes', String(past.length));
  setFrom('notes_last_updated', past.at(-1)?.at);

  const outreach = past.filter(({ activity }) => isOutreach(activity));
  if (outreach.length > 0) figures.set('num_contacted_notes', String(outreach.length));
  setFrom('notes_last_contacted', outreach.at(-1)?.at);
  setFrom('hs_first_outreach_date', outreach[0]?.at);

  const replies = past.filter(
    (one) => one.activity.properties.get('hs_email_direction') === 'INCOMING_EMAIL',
  );
  setFrom('hs_sales_email_last_replied', replies.at(-1)?.at);
  const booked = related('meetings').map(({ createdAt }) => createdAt.getTime());
  if (booked.length > 0)
    figures.set('engagements_last_meeting_booked', instant(new Date(Math.max(...booked))));

  const deals = related('deals');
  if (deals.length > 0) {
    const open = deals.filter((deal) => deal.properties.get('hs_is_closed') !== 'true');
    figures.set('num_associated_deals', String(deals.length));
    figures.set('hs_num_associated_open_deals', String(open.length));
  }
  return figures.set('associatedcompanyid', primaryCompany(store, contact) ?? '');
}
