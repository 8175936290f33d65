import type { Change } from './changes.ts';
import { type ObjectType, objectTypeFacts, objectTypeNamed } from './object-types.ts';

type SubscriptionType =
  | 'object.creation'
  | 'object.propertyChange'
  | 'object.deletion'
  | 'object.merge'
  | 'object.associationChange'
  | 'contact.privacyDeletion';

/** One entry of the app's webhook manifest, under `crmObjects` or `hubEvents`. */
export type Subscription = {
  subscriptionType: SubscriptionType;
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
  objectId: number;
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

type Happening = {
  subscriptionType: SubscriptionType;
  objectType: ObjectType;
  objectId: string;
  propertyName?: string;
  details: Record<string, unknown>;
};

function happeningsOf(change: Change): Happening[] {
  switch (change.kind) {
    case 'created':
      return [happening('object.creation', change.record, { changeFlag: 'CREATED' })];
    case 'property': {
      const { property: propertyName, value: propertyValue } = change;
      const details = { propertyName, propertyValue, isSensitive: false };
      return [{ ...happening('object.propertyChange', change.record, details), propertyName }];
    }
    case 'deleted':
      return [happening('object.deletion', change.record, { changeFlag: 'DELETED' })];
    case 'erased':
      return [happening('contact.privacyDeletion', change.record, { changeFlag: 'DELETED' })];
    case 'merged': {
      const details = {
        primaryObjectId: Number(change.primaryId),
        mergedObjectIds: [Number(change.mergedId)],
        newObjectId: Number(change.record.id),
        changeFlag: 'MERGED',
      };
      return [{ ...happening('object.merge', change.record, details), objectId: change.primaryId }];
    }
    case 'associated': {
      const { from, to, type, removed } = change;
      // Either side's subscribers hear of it, each in its own direction.
      const ends = [
        { from, to, typeId: type.typeId },
        { from: to, to: from, typeId: type.inverseId },
      ];
      return ends.map((end) =>
        happening('object.associationChange', end.from, {
          associationType:
            `${objectTypeFacts[end.from.type].singular}_TO_${objectTypeFacts[end.to.type].singular}`.toUpperCase(),
          associationCategory: 'HUBSPOT_DEFINED',
          associationTypeId: end.typeId,
          fromObjectId: Number(end.from.id),
          fromObjectTypeId: objectTypeFacts[end.from.type].id,
          toObjectId: Number(end.to.id),
          toObjectTypeId: objectTypeFacts[end.to.type].id,
          associationRemoved: removed,
          isPrimaryAssociation: type.label === 'Primary',
        }),
      );
    }
  }
}

function happening(
  subscriptionType: SubscriptionType,
  record: { type: ObjectType; id: string },
  details: Record<string, unknown>,
): Happening {
  return { subscriptionType, objectType: record.type, objectId: record.id, details };
}

/** Turns changes of the portal into the events the app subscribed to. */
export function eventsFor(
  subscriptions: readonly Subscription[],
  ids: { portalId: number; appId: number },
): (change: Change) => WebhookEvent[] {
  const active = subscriptions.flatMap((subscription, index) => {
    const { subscriptionType, objectType = 'contact', propertyName, active = true } = subscription;
    const type = objectTypeNamed(objectType);
    if (type === undefined) throw new Error(`Cannot subscribe to the unknown object type ${objectType}`);
    if (propertyName !== undefined && notSubscribable.includes(propertyName)) {
      throw new Error(`HubSpot allows no subscription to ${propertyName}`);
    }
    return active ? [{ subscriptionType, type, propertyName, id: firstSubscriptionId + index }] : [];
  });
  return (change) =>
    happeningsOf(change).flatMap((one) =>
      active
        .filter(
          (subscription) =>
            subscription.subscriptionType === one.subscriptionType &&
            subscription.type === one.objectType &&
            (subscription.propertyName === undefined || subscription.propertyName === one.propertyName),
        )
        .map(({ id }) => ({
          eventId: change.writeId,
          subscriptionId: id,
          portalId: ids.portalId,
          appId: ids.appId,
          occurredAt: change.at.getTime(),
          subscriptionType: one.subscriptionType,
          attemptNumber: 0,
          objectId: Number(one.objectId),
          // The one event type that is not generic carries no type id.
          ...(one.subscriptionType.startsWith('object.')
            ? { objectTypeId: objectTypeFacts[one.objectType].id }
            : {}),
          ...one.details,
          changeSource: change.actor.source,
          sourceId: change.actor.sourceId,
        })),
    );
}
