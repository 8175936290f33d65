import type { LeadId } from '../../domain/lead/lead.ts';
import type { CrmRecord } from '../../flow/ports/crm.ts';
import type { IgnoredAs, InboundEvent } from '../../flow/ports/inbox.ts';
import { type HubSpotEvent, happeningOf } from './hubspot-event.ts';

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
export function concernsOf(event: HubSpotEvent, ourPortal: string | null): Concerns {
  if (ourPortal !== null && event.portalId !== ourPortal) {
    return ignored('foreignPortal', `from portal ${event.portalId}, not ${ourPortal}`);
  }
  const object = objectNameOf(event);
  if (object === null) return about({ ignored: unknownType(event) });
  if (happeningOf(event) === 'associationChange') return aboutAssociation(event, object);
  if (object === 'contact') return aboutContact(event);
  const objectType = recordTypes.get(object);
  // Of a new company nobody knows a lead.
  const telling = object === 'company' ? ['propertyChange'] : ['creation', 'propertyChange'];
  if (!objectType || !telling.includes(happeningOf(event))) {
    return ignored('otherRecord', `about a ${object}`);
  }
  if (event.objectId === undefined) return ignored('nameless', `names no ${object}`);
  return isByOurApp(event)
    ? about({ ignored: ownEcho })
    : about({ record: { objectType, id: event.objectId } });
}

/** An association is news of the contact at one of its ends. */
function aboutAssociation(event: HubSpotEvent, object: string): Concerns {
  const { from, to } = endsOf(event);
  const contact = [from, to].find(({ name }) => name === 'contact');
  if (!contact) return ignored('otherRecord', `about a ${object}`);
  if (contact.id === undefined) return ignored('nameless', 'names no contact');
  return about({ leadId: contact.id, ignored: isByOurApp(event) ? ownEcho : null });
}

function aboutContact(event: HubSpotEvent): Concerns {
  if (!contactHappenings.has(happeningOf(event))) {
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
  if (propertyName === 'lifecyclestage') return propertyValue === 'salesqualifiedlead';
  return propertyName === 'hubspot_owner_id' || propertyName === 'hs_lead_status';
}

function isByOurApp({ changeSource, sourceId, appId }: HubSpotEvent): boolean {
  return changeSource === 'INTEGRATION' && sourceId !== undefined && sourceId === appId;
}

const contactHappenings: ReadonlySet<string> = new Set([
  'creation',
  'propertyChange',
  'merge',
  'restore',
  'deletion',
  'privacyDeletion',
]);

/** The names of HubSpot's object type ids. */
const objectNames: ReadonlyMap<string, string> = new Map([
  ['0-1', 'contact'],
  ['0-2', 'company'],
  ['0-3', 'deal'],
  ['0-5', 'ticket'],
  ['0-18', 'message'],
  ['0-27', 'task'],
  ['0-46', 'note'],
  ['0-47', 'meeting'],
  ['0-48', 'call'],
  ['0-49', 'logged email'],
  ['0-115', 'user'],
  ['0-136', 'HubSpot lead'],
]);

/** Of what the records tell what happened to a lead, by the names above. */
const recordTypes: ReadonlyMap<string, CrmRecord['objectType']> = new Map([
  ['message', 'communications'],
  ['deal', 'deals'],
  ['meeting', 'meetings'],
  ['call', 'calls'],
  ['logged email', 'emails'],
  ['company', 'companies'],
]);

/** What kind of record the event is about; null for a type that tells of none. */
function objectNameOf(event: HubSpotEvent): string | null {
  const [subject, happening] = event.type.split('.');
  if (!subject || !happening) return null;
  if (subject !== 'object') return subject;
  if (event.objectTypeId) return nameOf(event.objectTypeId);
  return happening === 'associationChange' ? (endsOf(event).from.name ?? null) : null;
}

function nameOf(objectTypeId: string): string {
  return objectNames.get(objectTypeId) ?? `record of type ${objectTypeId}`;
}

/** A merged contact goes on under its new id. */
function leadOf(event: HubSpotEvent): LeadId | null {
  if (happeningOf(event) !== 'merge') return event.objectId ?? null;
  return event.newObjectId ?? event.primaryObjectId ?? event.objectId ?? null;
}

type End = { name: string | undefined; id: string | undefined };

/** What the association leads from and to; the older subscriptions are named for what it leads from. */
function endsOf(event: HubSpotEvent): { from: End; to: End } {
  const [subject] = event.type.split('.');
  const usual = subject === 'object' ? undefined : subject;
  const [fromWord = usual, toWord] = event.associationType?.toLowerCase().split('_to_') ?? [];
  const end = (typeId: string | undefined, word: string | undefined, id: string | undefined): End => ({
    name: typeId ? nameOf(typeId) : word,
    id,
  });
  return {
    from: end(event.fromObjectTypeId, fromWord, event.fromObjectId),
    to: end(event.toObjectTypeId, toWord, event.toObjectId),
  };
}
