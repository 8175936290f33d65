/** What HubSpot puts on a record's timeline. */
export type ActivityType = 'calls' | 'emails' | 'meetings' | 'notes' | 'tasks' | 'communications';

/** The kinds of records this portal has, by the plural names of the API's paths. */
export type ObjectType = 'contacts' | 'companies' | 'deals' | 'leads' | 'users' | ActivityType;

type ObjectTypeFacts = {
  id: string;
  singular: string;
  /** Returned by a read that names no properties, next to the id and the two dates. */
  shown: readonly string[];
  /** Looked at by a search's `query`. */
  searched: readonly string[];
  createdProperty: 'createdate' | 'hs_createdate';
  modifiedProperty: 'lastmodifieddate' | 'hs_lastmodifieddate';
};

const activity = {
  createdProperty: 'hs_createdate',
  modifiedProperty: 'hs_lastmodifieddate',
  shown: [],
} as const;

/** What tells the object types apart on the wire. */
export const objectTypeFacts: Readonly<Record<ObjectType, ObjectTypeFacts>> = {
  contacts: {
    id: '0-1',
    singular: 'contact',
    shown: ['email', 'firstname', 'lastname'],
    searched: ['firstname', 'lastname', 'email', 'phone', 'company'],
    createdProperty: 'createdate',
    modifiedProperty: 'lastmodifieddate',
  },
  companies: {
    id: '0-2',
    singular: 'company',
    shown: ['domain', 'name'],
    searched: ['name', 'domain', 'website', 'phone'],
    createdProperty: 'createdate',
    modifiedProperty: 'hs_lastmodifieddate',
  },
  deals: {
    id: '0-3',
    singular: 'deal',
    shown: ['amount', 'closedate', 'dealname', 'dealstage', 'pipeline'],
    searched: ['dealname', 'pipeline', 'dealstage', 'description'],
    createdProperty: 'createdate',
    modifiedProperty: 'hs_lastmodifieddate',
  },
  leads: { id: '0-136', singular: 'lead', searched: ['hs_lead_name'], ...activity },
  communications: { id: '0-18', singular: 'communication', searched: ['hs_communication_body'], ...activity },
  tasks: { id: '0-27', singular: 'task', searched: ['hs_task_subject', 'hs_task_body'], ...activity },
  notes: { id: '0-46', singular: 'note', searched: ['hs_note_body'], ...activity },
  // The singular is what association names and event types use.
  meetings: {
    id: '0-47',
    singular: 'meeting_event',
    searched: ['hs_meeting_title', 'hs_meeting_body'],
    ...activity,
  },
  calls: { id: '0-48', singular: 'call', searched: ['hs_call_title', 'hs_call_body'], ...activity },
  emails: { id: '0-49', singular: 'email', searched: ['hs_email_subject', 'hs_email_text'], ...activity },
  users: { id: '0-115', singular: 'user', searched: ['hs_email'], ...activity },
};

/** All of `ActivityType`. */
export const activityTypes: readonly ActivityType[] = [
  'calls',
  'emails',
  'meetings',
  'notes',
  'tasks',
  'communications',
];

/** All of `ObjectType`. */
export const allObjectTypes = Object.keys(objectTypeFacts) as ObjectType[];

const byName = new Map<string, ObjectType>(
  allObjectTypes.flatMap((type) => [
    [type, type],
    [objectTypeFacts[type].singular, type],
    [objectTypeFacts[type].id, type],
  ]),
);
byName.set('meeting', 'meetings');

/** The type behind a plural name, a singular name or a type id; names are case-insensitive. */
export function objectTypeNamed(name: string): ObjectType | undefined {
  return byName.get(name.toLowerCase());
}

/** Whether records of this type belong on a timeline. */
export function isActivity(type: ObjectType): type is ActivityType {
  return (activityTypes as readonly ObjectType[]).includes(type);
}
