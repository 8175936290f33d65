import { z } from 'zod';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { CrmRecord } from '../../flow/ports/crm.ts';
import type { IgnoredAs, InboundEvent } from '../../flow/ports/inbox.ts';
import { jsonBodyOf } from './json-body.ts';
import type { Rejection } from './signature.ts';

/** HubSpot never sends more in one request. */
const maxEvents = 100;

/** HubSpot's ids are numbers, or short words. */
const id = z.union([z.int(), z.string().regex(/^[\w-]{1,100}$/)]).transform(String);
/** The latest time that a Date can hold. */
const latest = 8_640_000_000_000_000;
// What an event need not have may also be odd: it must not cost the other 99 of the request.
const idIfAny = id.optional().catch(undefined);
const textIfAny = z.string().min(1).max(255).optional().catch(undefined);

const hubspotEvent = z.looseObject({
  portalId: id,
  /** HubSpot's tables call it `eventType`. */
  subscriptionType: textIfAny,
  eventType: textIfAny,
  occurredAt: z.int().nonnegative().max(latest),
  eventId: idIfAny,
  objectId: idIfAny,
  objectTypeId: textIfAny,
  propertyName: textIfAny,
  propertyValue: textIfAny,
  changeSource: textIfAny,
  /** Who made the change: of a change by an app, that app's id. */
  sourceId: idIfAny,
  appId: idIfAny,
  newObjectId: idIfAny,
  primaryObjectId: idIfAny,
  associationType: textIfAny,
  fromObjectId: idIfAny,
  toObjectId: idIfAny,
});
type HubSpotEvent = z.infer<typeof hubspotEvent> & { type: string };

const payload = z.array(z.unknown()).min(1).max(maxEvents);

/**
 * The events of a webhook request, each with what makes it unlike others and the lead it is about; or what to answer
 * to a request that is no webhook. Of unknown types and foreign portals nothing is lost: they come with the reason
 * why nobody has to look into them. Verify the signature first.
 */
export function parseWebhook(
  body: Buffer,
  contentType: string | undefined,
  options: { portalId: string | null },
): { events: InboundEvent[] } | { rejected: Rejection } {
  const json = jsonBodyOf(body, contentType);
  if ('rejected' in json) return json;
  const raw = payload.safeParse(json.value);
  if (!raw.success) return malformed(`expected an array of 1 to ${maxEvents} events`);
  const events: InboundEvent[] = [];
  for (const [index, item] of raw.data.entries()) {
    const event = hubspotEvent.safeParse(item);
    const type = event.data?.subscriptionType ?? event.data?.eventType;
    if (!event.success || type === undefined) {
      const path = event.error?.issues[0]?.path.join('.') || 'subscriptionType';
      return malformed(`event ${index} has no usable ${path}`);
    }
    events.push(inboundEvent({ ...event.data, type }, item, options.portalId));
  }
  return { events };
}

function malformed(reason: string): { rejected: Rejection } {
  return { rejected: { status: 400, answer: 'bad request', reason } };
}

function inboundEvent(event: HubSpotEvent, payload: unknown, ourPortal: string | null): InboundEvent {
  const { portalId, type, objectTypeId, objectId, propertyName, eventId, occurredAt } = event;
  const key = [portalId, type, objectTypeId, objectId, propertyName, eventId, occurredAt];
  return {
    dedupeKey: key.map((part) => part ?? '').join(':'),
    type,
    occurredAt: new Date(occurredAt),
    payload,
    ...concerns(event, ourPortal),
  };
}

type Concerns = Pick<InboundEvent, 'leadId' | 'record' | 'ignored'>;

function about(known: Partial<Concerns>): Concerns {
  return { leadId: null, record: null, ignored: null, ...known };
}

function ignored(as: IgnoredAs, why: string): Concerns {
  return about({ ignored: { as, why } });
}

const ownEcho: Concerns['ignored'] = { as: 'ownEcho', why: 'our own echo' };

function unknownType({ type }: HubSpotEvent): Concerns['ignored'] {
  return { as: 'unknownType', why: `unknown event type ${type}` };
}

/** Whom or what the event is about, and why nobody need look into it, if so. */
function concerns(event: HubSpotEvent, ourPortal: string | null): Concerns {
  if (ourPortal !== null && event.portalId !== ourPortal) {
    return ignored('foreignPortal', `from portal ${event.portalId}, not ${ourPortal}`);
  }
  const object = objectNameOf(event);
  if (object === null) return about({ ignored: unknownType(event) });
  if (object === 'contact') return aboutContact(event);
  const objectType = recordTypes.get(object);
  if (!objectType || !tellsOfLeads(event)) return ignored('otherRecord', `about a ${object}`);
  const id = event.objectId ?? otherEndOf(event);
  if (id === null) return ignored('nameless', `names no ${object}`);
  return isByOurApp(event) ? about({ ignored: ownEcho }) : about({ record: { objectType, id } });
}

function aboutContact(event: HubSpotEvent): Concerns {
  if (!contactHappenings.includes(happeningOf(event))) {
    return about({ leadId: event.objectId ?? null, ignored: unknownType(event) });
  }
  const leadId = leadOf(event);
  if (leadId === null) return ignored('nameless', 'names no contact');
  return about({ leadId, ignored: isOwnEcho(event) ? ownEcho : null });
}

/**
 * Whether the bot made the change itself, when it wrote a handoff back. Only what the bot writes counts: other
 * scripts may use the same app's token, and their changes may make a lead qualify.
 */
function isOwnEcho(event: HubSpotEvent): boolean {
  const { propertyName, propertyValue } = event;
  if (propertyName?.startsWith('handoff_')) return true;
  if (!isByOurApp(event)) return false;
  if (happeningOf(event) === 'associationChange') return true;
  if (propertyName === 'lifecyclestage') return propertyValue === 'salesqualifiedlead';
  return propertyName === 'hubspot_owner_id' || propertyName === 'hs_lead_status';
}

function isByOurApp({ changeSource, sourceId, appId }: HubSpotEvent): boolean {
  return changeSource === 'INTEGRATION' && sourceId !== undefined && sourceId === appId;
}

const contactHappenings = [
  'creation',
  'propertyChange',
  'merge',
  'associationChange',
  'restore',
  'deletion',
  'privacyDeletion',
];

/** The names of HubSpot's object type ids. */
const objectNames: Readonly<Record<string, string>> = {
  '0-1': 'contact',
  '0-2': 'company',
  '0-3': 'deal',
  '0-5': 'ticket',
  '0-18': 'message',
  '0-27': 'task',
  '0-46': 'note',
  '0-47': 'meeting',
  '0-48': 'call',
  '0-49': 'logged email',
  '0-115': 'user',
  '0-136': 'HubSpot lead',
};

/** Of what the records tell what happened to a lead, by the names above. */
const recordTypes: ReadonlyMap<string, CrmRecord['objectType']> = new Map([
  ['message', 'communications'],
  ['deal', 'deals'],
  ['meeting', 'meetings'],
  ['call', 'calls'],
  ['logged email', 'emails'],
  ['company', 'companies'],
]);

/** A record that was made or changed, or that was filed under a contact; of a new company nobody knows a lead. */
function tellsOfLeads(event: HubSpotEvent): boolean {
  const happening = happeningOf(event);
  if (objectNameOf(event) === 'company') return happening === 'propertyChange';
  if (happening === 'associationChange') return contactEndOf(event) !== null;
  return happening === 'creation' || happening === 'propertyChange';
}

/** What kind of record the event is about; null for a type that tells of none. */
function objectNameOf({ type, objectTypeId }: HubSpotEvent): string | null {
  const [subject, happening] = type.split('.');
  if (!subject || !happening) return null;
  if (subject !== 'object') return subject;
  return objectTypeId ? (objectNames[objectTypeId] ?? `record of type ${objectTypeId}`) : null;
}

function happeningOf({ type }: HubSpotEvent): string {
  return type.slice(type.indexOf('.') + 1);
}

/** A merged contact goes on under its new id; an association has the contact at one of its ends. */
function leadOf(event: HubSpotEvent): LeadId | null {
  if (happeningOf(event) === 'merge') {
    return event.newObjectId ?? event.primaryObjectId ?? event.objectId ?? null;
  }
  if (event.objectId !== undefined) return event.objectId;
  return (contactEndOf(event) === 'to' ? event.toObjectId : event.fromObjectId) ?? null;
}

/** At which end of the association a contact is. */
function contactEndOf({ associationType }: HubSpotEvent): 'from' | 'to' | null {
  if (associationType?.startsWith('CONTACT_')) return 'from';
  return associationType?.endsWith('_CONTACT') ? 'to' : null;
}

/** What a contact was associated with. */
function otherEndOf(event: HubSpotEvent): string | null {
  return (contactEndOf(event) === 'to' ? event.fromObjectId : event.toObjectId) ?? null;
}
