import { z } from 'zod';

/** HubSpot's ids are numbers, or short words. */
const id = z.union([z.int(), z.string().regex(/^[\w-]{1,100}$/)]).transform(String);
/** The latest time that a Date can hold. */
const latest = 8_640_000_000_000_000;
// What an event need not have may also be odd: it is read without.
const idIfAny = id.optional().catch(undefined);
const textIfAny = z.string().min(1).max(255).optional().catch(undefined);
const flagIfAny = z.boolean().optional().catch(undefined);
/** A number, also as text. */
const timeIfAny = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ])
  .pipe(z.int().nonnegative().max(latest))
  .optional()
  .catch(undefined);

const shape = z.object({
  portalId: id,
  /** HubSpot's tables call it `eventType`. */
  subscriptionType: textIfAny,
  eventType: textIfAny,
  occurredAt: timeIfAny,
  eventId: idIfAny,
  objectId: idIfAny,
  objectTypeId: textIfAny,
  propertyName: textIfAny,
  propertyValue: textIfAny,
  changeSource: textIfAny,
  /** Who made the change: of a change by an app, that app's id. */
  sourceId: idIfAny,
  appId: idIfAny,
  // Of merges.
  newObjectId: idIfAny,
  primaryObjectId: idIfAny,
  mergedObjectIds: z.array(id).optional().catch(undefined),
  // Of associations. Those of `object.*` subscriptions tell the types of their ends, and have no `objectId` and no
  // `objectTypeId`; those of the older subscriptions have a word such as `CONTACT_TO_COMPANY` instead.
  fromObjectId: idIfAny,
  fromObjectTypeId: textIfAny,
  toObjectId: idIfAny,
  toObjectTypeId: textIfAny,
  associationType: textIfAny,
  associationTypeId: idIfAny,
  associationCategory: textIfAny,
  associationRemoved: flagIfAny,
  isPrimaryAssociation: flagIfAny,
});

/** An element of a webhook's array; its type is such as `object.merge` or, of an older subscription, `contact.merge`. */
export type HubSpotEvent = z.infer<typeof shape> & { type: string };

/**
 * An event as HubSpot sent it, or what it lacks to be one. It may lack its time when it tells what it is about: no
 * erasure and no lead is lost for that.
 */
export function readEvent(item: unknown): HubSpotEvent | { lacks: string } {
  const { data, error } = shape.safeParse(item);
  if (!data) return { lacks: error.issues[0]?.path.join('.') || 'fields' };
  const type = data.subscriptionType ?? data.eventType;
  if (type === undefined) return { lacks: 'subscriptionType' };
  const { objectId, newObjectId, primaryObjectId, fromObjectId, occurredAt } = data;
  const about = objectId ?? newObjectId ?? primaryObjectId ?? fromObjectId;
  return about === undefined && occurredAt === undefined ? { lacks: 'occurredAt' } : { ...data, type };
}

/**
 * What an event has in common with its redeliveries, and with no other event. Neither `eventId` nor the time tells the
 * changes of one write apart. For the time that an event lacks stands the day on which it came: a redelivery counts once,
 * and after midnight, when the bot looks at the lead again for it, does no harm; what happens on another day is not
 * taken for a redelivery.
 */
export function keyOf(event: HubSpotEvent, receivedAt: Date): string {
  const { portalId, type, objectTypeId, objectId, propertyName, eventId } = event;
  const time = event.occurredAt ?? receivedAt.toISOString().slice(0, 10);
  const ofAll = [portalId, type, objectTypeId, objectId, propertyName, eventId, time];
  return [...ofAll, ...keyPartsOf(event)].map((part) => part ?? '').join(':');
}

function keyPartsOf(event: HubSpotEvent): unknown[] {
  switch (happeningOf(event)) {
    case 'associationChange':
      return [
        event.fromObjectTypeId,
        event.fromObjectId,
        event.toObjectTypeId,
        event.toObjectId,
        event.associationCategory,
        event.associationTypeId ?? event.associationType,
        event.associationRemoved,
        event.isPrimaryAssociation,
      ];
    case 'merge':
      // A key must not grow without end; the first few tell two merges apart as well as all would.
      return [event.primaryObjectId, event.mergedObjectIds?.slice(0, 10).join(','), event.newObjectId];
    default:
      return [];
  }
}

/** What happened, whatever it happened to. */
export function happeningOf({ type }: HubSpotEvent): string {
  return type.slice(type.indexOf('.') + 1);
}
