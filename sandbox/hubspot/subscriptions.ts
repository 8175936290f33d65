import type { Change } from './changes.ts';
import { type ObjectType, objectTypeFacts, objectTypeNamed } from './object-types.ts';

type Happening = 'creation' | 'propertyChange' | 'deletion' | 'merge' | 'associationChange';

type SubscriptionType =
  | `object.${Happening}`
  | `${'contact' | 'company' | 'deal'}.${Happening}`
  | 'contact.privacyDeletion';

/** One entry of the app's webhook manifest, under `crmObjects`, `legacyCrmObjects` or `hubEvents`. */
export type Subscription = {
  subscriptionType: SubscriptionType;
  /** Of the `object.*` types, which do not name it. */
  objectType?: string;
  propertyName?: string;
  active?: boolean;
};

/** An element of a webhook's JSON array, as HubSpot sends it. */
export type WebhookEvent = {
  /** Not unique: HubSpot repeats it, and here all events of one write share it. */
  eventId: number;
  subscriptionId: number;
  portalId: number;
  appId: number;
  occurredAt: number;
  subscriptionType: SubscriptionType;
  attemptNumber: number;
  /** Associations have two ends instead. */
  objectId?: number;
  changeSource: string;
  [field: string]: unknown;
};

// HubSpot refuses a subscription to these.
const notSubscribable = ['num_unique_conversion_events', 'hs_lastmodifieddate', 'lastmodifieddate'];
const firstSubscriptionId = 500_001;

const property = (objectType: string, ...names: string[]): Subscription[] =>
  names.map((propertyName) => ({ subscriptionType: 'object.propertyChange', objectType, propertyName }));
const creation = (...objectTypes: string[]): Subscription[] =>
  objectTypes.map((objectType) => ({ subscriptionType: 'object.creation', objectType }));

/** What a lead-handoff app listens to, for a caller that brings no manifest. */
export const usualSubscriptions: readonly Subscription[] = [
  ...creation('contact', 'deal', 'call', 'email', 'meeting', 'communication', 'note', 'task'),
  ...property('contact', 'email', 'lifecyclestage', 'hs_lead_status', 'hubspot_owner_id', 'hubspotscore'),
  ...property('contact', 'recent_conversion_event_name', 'recent_conversion_date', 'num_conversion_events'),
  ...property('contact', 'hs_analytics_last_url', 'hs_analytics_num_page_views'),
  ...property('contact', 'jobtitle', 'country', 'state', 'hs_seniority'),
  ...property('company', 'numberofemployees', 'industry', 'hubspot_owner_id'),
  ...property('deal', 'dealstage'),
  ...property('task', 'hs_task_status'),
  ...property('meeting', 'hs_meeting_outcome'),
  { subscriptionType: 'object.deletion', objectType: 'contact' },
  { subscriptionType: 'object.merge', objectType: 'contact' },
  { subscriptionType: 'object.associationChange', objectType: 'contact' },
  { subscriptionType: 'contact.privacyDeletion' },
];

/** What there is to tell, and what the two kinds of subscription tell of it. */
type News = {
  happening: Happening | 'privacyDeletion';
  objectType: ObjectType;
  propertyName?: string;
  /** The same in both kinds. */
  details: Record<string, unknown>;
  /** In `object.*` alone. */
  generic?: Record<string, unknown>;
  /** In those that name the object, as `contact.*`, alone. */
  classic?: Record<string, unknown>;
};

function newsOf(change: Change): News[] {
  switch (change.kind) {
    case 'created':
      return [ofRecord('creation', change.record, { changeFlag: 'CREATED' })];
    case 'property': {
      const { property: propertyName, value: propertyValue } = change;
      const news = ofRecord('propertyChange', change.record, { propertyName, propertyValue });
      return [{ ...news, propertyName, generic: { ...news.generic, isSensitive: false } }];
    }
    case 'deleted':
      return [ofRecord('deletion', change.record, { changeFlag: 'DELETED' })];
    case 'erased':
      return [ofRecord('privacyDeletion', change.record, { changeFlag: 'DELETED' })];
    case 'merged': {
      const { primaryId, mergedId, moved } = change;
      return [
        ofRecord(
          'merge',
          { type: change.record.type, id: primaryId },
          {
            primaryObjectId: Number(primaryId),
            mergedObjectIds: [Number(mergedId)],
            newObjectId: Number(change.record.id),
            numberOfPropertiesMoved: moved,
            changeFlag: 'MERGED',
          },
        ),
      ];
    }
    case 'associated': {
      const { from, to, type, removed } = change;
      // Either side's subscribers hear of it, each in its own direction.
      const ends = [
        { from, to, typeId: type.typeId },
        { from: to, to: from, typeId: type.inverseId },
      ];
      return ends.map((end) => ({
        happening: 'associationChange',
        objectType: end.from.type,
        details: {
          fromObjectId: Number(end.from.id),
          toObjectId: Number(end.to.id),
          associationRemoved: removed,
          isPrimaryAssociation: type.label === 'Primary',
        },
        generic: {
          fromObjectTypeId: objectTypeFacts[end.from.type].id,
          toObjectTypeId: objectTypeFacts[end.to.type].id,
          associationCategory: 'HUBSPOT_DEFINED',
          associationTypeId: end.typeId,
        },
        classic: {
          associationType:
            `${objectTypeFacts[end.from.type].singular}_TO_${objectTypeFacts[end.to.type].singular}`.toUpperCase(),
        },
      }));
    }
  }
}

function ofRecord(
  happening: News['happening'],
  record: { type: ObjectType; id: string },
  details: Record<string, unknown>,
): News {
  return {
    happening,
    objectType: record.type,
    details: { objectId: Number(record.id), ...details },
    generic: { objectTypeId: objectTypeFacts[record.type].id },
  };
}

/** Turns changes of the portal into the events the app subscribed to. */
export function eventsFor(
  subscriptions: readonly Subscription[],
  ids: { portalId: number; appId: number },
): (change: Change) => WebhookEvent[] {
  const active = subscriptions.flatMap((subscription, index) => {
    const { subscriptionType, objectType = 'contact', propertyName, active = true } = subscription;
    const [subject = '', happening] = subscriptionType.split('.');
    const isGeneric = subject === 'object';
    const name = isGeneric ? objectType : subject;
    const type = objectTypeNamed(name);
    if (type === undefined) throw new Error(`Cannot subscribe to the unknown object type ${name}`);
    if (propertyName !== undefined && notSubscribable.includes(propertyName)) {
      throw new Error(`HubSpot allows no subscription to ${propertyName}`);
    }
    const id = firstSubscriptionId + index;
    return active ? [{ subscriptionType, isGeneric, happening, type, propertyName, id }] : [];
  });
  return (change) =>
    newsOf(change).flatMap((news) =>
      active
        .filter(
          (subscription) =>
            subscription.happening === news.happening &&
            subscription.type === news.objectType &&
            (subscription.propertyName === undefined || subscription.propertyName === news.propertyName),
        )
        .map(({ id, subscriptionType, isGeneric }) => ({
          eventId: change.writeId,
          subscriptionId: id,
          portalId: ids.portalId,
          appId: ids.appId,
          occurredAt: change.at.getTime(),
          subscriptionType,
          attemptNumber: 0,
          ...news.details,
          ...(isGeneric ? news.generic : news.classic),
          changeSource: change.actor.source,
          sourceId: change.actor.sourceId,
        })),
    );
}
