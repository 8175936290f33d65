import { accountRoutes, tokenRoute } from './account.ts';
import { apiOf, apiVersions } from './api-versions.ts';
import { associationBetween } from './association-types.ts';
import { associationRoutes } from './associations.ts';
import { batchRoutes } from './batch.ts';
import { appActor, type Change, hubSpotActor } from './changes.ts';
import type { Engagement } from './engagements.ts';
import { type Fault, faultScript } from './faults.ts';
import { flowRoutes } from './flow-routes.ts';
import { type FlowNews, Flows } from './flows.ts';
import { formRoutes } from './form-routes.ts';
import { Forms } from './forms.ts';
import { type LoggedRequest, serveApi } from './http.ts';
import { behindLeadScopes } from './lead-records.ts';
import { documentedLimits, noLimits } from './limits.ts';
import { type MailNews, MarketingMails } from './marketing-mails.ts';
import { meetingLinkRoutes } from './meeting-link-routes.ts';
import { MeetingLinks } from './meeting-links.ts';
import { type ActivityType, allObjectTypes, type ObjectType } from './object-types.ts';
import { objectRoutes } from './objects.ts';
import { type Owner, ownerRoutes } from './owners.ts';
import { type NewOwner, People } from './people.ts';
import { type Pipeline, type PipelineType, pipelineRoutes } from './pipelines.ts';
import { type Link, Portal } from './portal.ts';
import type { NewProperty } from './properties.ts';
import { propertyRoutes } from './property-routes.ts';
import type { RecordRule } from './record-rules.ts';
import type { GrantedScopes } from './scopes.ts';
import { searchRoutes } from './search.ts';
import { segmentRoutes } from './segment-routes.ts';
import { Segments } from './segments.ts';
import { sequenceRoutes } from './sequence-routes.ts';
import { Sequences } from './sequences.ts';
import { standardCatalog } from './standard-properties.ts';
import type { CrmRecord, PropertyVersion } from './store.ts';
import { eventsFor, type Subscription, usualSubscriptions } from './subscriptions.ts';
import { startWebhookSender, type WebhookDelivery, type WebhookSender } from './webhooks.ts';
import { type ActionAnswer, type ActionRun, workflowActions } from './workflow-actions.ts';

const maxLoggedRequests = 10_000;
/** So often, in real time, the portal looks whether it has something to do; whoever moves its clock need not wait. */
const looksEveryMs = 1000;

/** Who the portal is, which app is connected to it, and how strict it is. */
export type HubSpotOptions = {
  /** 0, the default, takes a free one. The server listens on the loopback address only. */
  port?: number;
  accessToken: string;
  clientSecret: string;
  portalId: number;
  appId?: number;
  /** The clock of every record, event and signature; the rate limits run on real time. */
  now: () => Date;
  /** Exactly the URL the app believes to be called at: it is part of the signature. */
  webhookUrl?: string | null;
  limits?: 'documented' | 'off';
  /** The app's webhook manifest, `usualSubscriptions` by default. */
  subscriptions?: readonly Subscription[];
  /** What the admin has granted the app, of the scopes that this portal asks for; everything by default. */
  scopes?: readonly string[];
  /** Custom properties; without them the portal has HubSpot's standard ones only. */
  properties?: Partial<Record<ObjectType, NewProperty[]>>;
};

/** A record with everything known about it, for pages and assertions. */
export type RecordView = {
  id: string;
  type: ObjectType;
  properties: Record<string, string>;
  /** Newest first. */
  history: Record<string, PropertyVersion[]>;
  /** Ids of the associated records; a type without any is absent. */
  associations: Partial<Record<ObjectType, string[]>>;
  createdAt: Date;
  updatedAt: Date;
  archived: boolean;
};

/** What the console page's log shows. */
export type HubSpotNews =
  | { kind: 'request'; request: LoggedRequest }
  | { kind: 'change'; change: Change }
  | { kind: 'webhook'; delivery: WebhookDelivery }
  | MailNews
  | { kind: 'flow'; news: FlowNews };

type Values = Record<string, string>;
/** `CRM_UI` (a person, the default), `FORM`, `AUTOMATION_PLATFORM`, `ANALYTICS`, `IMPORT`, … */
type By = { source?: string };
type Related = { contactId?: string; companyId?: string; dealId?: string };

/** The running portal: what people and tools do in it, what a test may look at, and what may go wrong. */
export type HubSpotServer = Pick<WebhookSender, 'deliver' | 'settled'> & {
  url: string;
  close: () => Promise<void>;
  /** When HubSpot does the next thing by itself; null when nothing is to come. */
  nextDue: () => Date | null;
  /** Does what is due by now, without waiting for it to be looked for. */
  catchUp: () => void;

  /** Acting as a person or a tool inside HubSpot. These obey HubSpot's rules and cause webhooks. */
  createContact: (properties: Values, options?: By & Related) => string;
  createCompany: (properties: Values, options?: By) => string;
  createDeal: (properties: Values, options?: By & Related) => string;
  /** Somebody makes a record of HubSpot's Lead object for a contact. */
  createLeadRecord: (properties: Values, options: By & { contactId: string }) => string;
  /** Without an `hs_timestamp`, the activity is of this moment. */
  logEngagement: (type: ActivityType, properties: Values, options?: By & Related) => string;
  /** The same for what `call`, `email`, `meeting` and `message` describe. */
  log: (engagement: Engagement, related: Related) => string;
  /** May also write what HubSpot computes itself, such as page views; an empty string clears. */
  setProperties: (type: ObjectType, id: string, properties: Values, options?: By) => void;
  associate: (
    from: { type: ObjectType; id: string },
    to: { type: ObjectType; id: string },
    options?: By,
  ) => void;
  /** The id of the merged record, which is a new one. */
  mergeContacts: (primaryId: string, otherId: string) => string;
  deleteRecord: (type: ObjectType, id: string) => void;
  privacyDelete: (id: string) => void;
  /** A workflow in which the record is enrolled comes to the app's custom action. */
  runWorkflowAction: (run: ActionRun) => Promise<ActionAnswer>;
  createOwner: (person: NewOwner) => Owner & { userRecordId: string };
  deactivateOwner: (ownerId: string) => void;
  defineProperty: (type: ObjectType, property: NewProperty) => void;
  /** Beside the ones that a portal starts with, or in place of the one with its id. */
  definePipeline: (type: PipelineType, pipeline: Pipeline) => void;
  /**
   * The admin demands a property of records, which binds what is written through the API from version 2026-09 on.
   * Returns what takes the rule back.
   */
  demand: (rule: RecordRule) => () => void;

  /** What people make of segments in HubSpot's screens. */
  segments: Pick<Segments, 'create' | 'find' | 'members' | 'write'>;
  /** Who may use sequences, which ones they made, and whom they put there by hand. */
  sequences: Pick<Sequences, 'equip' | 'create' | 'enrolByHand' | 'enrolled'>;
  /** What marketing does with mails, and what those do who get them. */
  mails: Pick<MarketingMails, 'create' | 'sendCampaign' | 'sentTo' | 'open' | 'reply'>;
  flows: Pick<Flows, 'create' | 'standingOf'>;
  /** What marketing asks for on the website, and who sends it in. */
  forms: Pick<Forms, 'create' | 'named' | 'submit'>;
  /** The pages that people have made to be booked on. */
  meetingLinks: Pick<MeetingLinks, 'create'>;
  /** Somebody in marketing has something done at a later time. */
  schedule: (at: Date, what: () => void) => void;

  /** Archived records too; undefined for what never was, or was erased. */
  object: (type: ObjectType, id: string) => RecordView | undefined;
  objects: (type: ObjectType) => RecordView[];
  /** The records of a type that are associated with the contact. */
  objectsOf: (contactId: string, type: ObjectType) => RecordView[];
  /** The newest 10,000. */
  requests: readonly LoggedRequest[];
  /** Returns what ends the listening. */
  onChange: (listener: (news: HubSpotNews) => void) => () => void;

  failNext: (fault: Fault) => void;
  /** Events from before there was a URL were sent nowhere. */
  setWebhookUrl: (url: string | null) => void;
  /** The `actionUrl` of the app's custom action. */
  setActionUrl: (url: string) => void;
  /** Holds events back until resumed, or until taken to be delivered by hand. */
  pauseWebhooks: () => void;
  resumeWebhooks: () => void;
  takePendingWebhooks: WebhookSender['takePending'];
};

/**
 * Starts a HubSpot portal in memory, with HubSpot's HTTP API in front and its webhooks behind. Starts with
 * HubSpot's standard properties and no records.
 */
export async function startHubSpot(options: HubSpotOptions): Promise<HubSpotServer> {
  const { portalId, now, appId = 1_234_567 } = options;
  const listeners = new Set<(news: HubSpotNews) => void>();
  const tell = (news: HubSpotNews) => {
    for (const listener of listeners) listener(news);
  };
  const webhooks = startWebhookSender({
    url: options.webhookUrl ?? null,
    clientSecret: options.clientSecret,
    now,
    onDelivery: (delivery) => tell({ kind: 'webhook', delivery }),
  });
  const toEvents = eventsFor(options.subscriptions ?? usualSubscriptions, { portalId, appId });
  const catalog = standardCatalog();
  for (const type of allObjectTypes) {
    for (const property of options.properties?.[type] ?? []) catalog.define(type, property);
  }
  const portal = new Portal({
    catalog,
    portalId,
    now,
    onChange: (change) => {
      webhooks.send(toEvents(change));
      sequences.heed(change);
      tell({ kind: 'change', change });
    },
  });
  const segments = new Segments(portal);
  const mails = new MarketingMails(portal, segments, tell);
  const flows = new Flows(portal, { segments, mails, onNews: (news) => tell({ kind: 'flow', news }) });
  const forms = new Forms(portal);
  const granted: GrantedScopes = options.scopes === undefined ? null : new Set(options.scopes);
  const people = new People(portal);
  const meetingLinks = new MeetingLinks(people.owners, now);
  const sequences: Sequences = new Sequences(portal, people.owners);
  let actionUrl = '';
  const runWorkflowAction = workflowActions(portal, {
    clientSecret: options.clientSecret,
    portalId,
    actionUrl: () => actionUrl,
  });
  const looking = setInterval(() => portal.agenda.catchUp(), looksEveryMs).unref();
  const requests: LoggedRequest[] = [];
  const faults = faultScript();
  const api = await serveApi({
    port: options.port ?? 0,
    accessToken: options.accessToken,
    limits: options.limits === 'off' ? noLimits() : documentedLimits(),
    faults,
    now,
    // A fixed path goes before one with a part in its place.
    routes: [
      tokenRoute({ portalId, appId }, { accessToken: options.accessToken, granted }),
      ...apiVersions.flatMap((version) => {
        const api = apiOf(version, appActor(appId));
        return [
          ...behindLeadScopes(granted, [
            ...batchRoutes(portal, api),
            ...searchRoutes(portal, api),
            ...objectRoutes(portal, api),
            ...associationRoutes(portal, api),
            ...propertyRoutes(portal, api),
            ...pipelineRoutes(portal.pipelines, now(), api),
          ]),
          ...ownerRoutes(people.owners, api),
          ...accountRoutes(portalId, api),
          ...segmentRoutes(segments, api, granted),
          ...sequenceRoutes(portal, sequences, api, granted),
          ...flowRoutes(flows, api, granted),
          ...formRoutes(forms, api, granted),
          ...meetingLinkRoutes(meetingLinks, api, granted),
        ];
      }),
    ],
    onRequest: (request) => {
      if (requests.push(request) > maxLoggedRequests) requests.shift();
      tell({ kind: 'request', request });
    },
  });

  const by = ({ source = 'CRM_UI' }: By = {}) => hubSpotActor(source);
  const linksFrom = (type: ObjectType, { contactId, companyId, dealId }: Related): Link[] => {
    const ends: [ObjectType, string | undefined][] = [
      ['contacts', contactId],
      ['companies', companyId],
      ['deals', dealId],
    ];
    return ends.flatMap(([to, id]) => (id === undefined ? [] : { type: association(type, to), id }));
  };
  const association = (from: ObjectType, to: ObjectType, label: 'Primary' | null = null) => {
    const type = associationBetween(from, to, label);
    if (type === undefined) throw new Error(`${from} cannot be associated with ${to}`);
    return type;
  };
  const create = (type: ObjectType, properties: Values, given: By & Related = {}) =>
    portal.create(type, properties, by(given), linksFrom(type, given)).id;
  const logEngagement = (type: ActivityType, properties: Values, given?: By & Related) =>
    create(type, { hs_timestamp: now().toISOString(), ...properties }, given);
  const find = (type: ObjectType, id: string) =>
    portal.store.find(type, id) ?? portal.store.find(type, id, true);
  const view = (record: CrmRecord): RecordView => ({
    id: record.id,
    type: record.type,
    properties: Object.fromEntries(record.properties),
    history: Object.fromEntries(record.history),
    associations: Object.fromEntries(
      allObjectTypes
        .map((type) => [type, portal.store.associated(record, type).map(({ id }) => id)] as const)
        .filter(([, ids]) => ids.length > 0),
    ),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: record.archivedAt !== undefined,
  });

  return {
    url: api.url,
    nextDue: () => portal.agenda.next,
    catchUp: () => portal.agenda.catchUp(),
    close: async () => {
      clearInterval(looking);
      webhooks.close();
      await api.close();
    },

    createContact: (properties, given) => create('contacts', properties, given),
    createCompany: (properties, given) => create('companies', properties, given),
    createDeal: (properties, given) => create('deals', properties, given),
    createLeadRecord: (properties, { contactId, ...given }) => {
      const type = association('leads', 'contacts', 'Primary');
      return portal.create('leads', properties, by(given), [{ type, id: contactId }]).id;
    },
    logEngagement,
    log: ({ type, properties, source }, related) => logEngagement(type, properties, { ...related, source }),
    setProperties: (type, id, properties, given) =>
      portal.update(portal.record(type, id), properties, by(given)),
    associate: (from, to, given) => {
      const ends = [portal.record(from.type, from.id), portal.record(to.type, to.id)] as const;
      portal.associate(...ends, association(from.type, to.type), by(given));
    },
    mergeContacts: (primaryId, otherId) =>
      portal.mergeContacts(portal.record('contacts', primaryId), portal.record('contacts', otherId), by()).id,
    deleteRecord: (type, id) => portal.archive(portal.record(type, id), by()),
    privacyDelete: (id) => portal.erase(portal.record('contacts', id), by()),
    runWorkflowAction,
    createOwner: (person) => people.add(person),
    deactivateOwner: (ownerId) => people.deactivate(ownerId),
    defineProperty: (type, property) => {
      catalog.define(type, property);
    },
    definePipeline: (type, pipeline) => portal.definePipeline(type, pipeline),
    demand: (rule) => {
      portal.rules.add(rule);
      return () => portal.rules.delete(rule);
    },

    segments,
    sequences,
    mails,
    flows,
    forms,
    meetingLinks,
    schedule: (at, what) => portal.agenda.add(at, what),

    object: (type, id) => {
      const record = find(type, id);
      return record === undefined ? undefined : view(record);
    },
    objects: (type) => portal.store.all(type).map(view),
    objectsOf: (contactId, type) =>
      portal.store
        .associated(portal.record('contacts', contactId), type)
        .flatMap(({ id }) => portal.store.find(type, id) ?? [])
        .map(view),
    requests,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    failNext: faults.failNext,
    setWebhookUrl: webhooks.setUrl,
    setActionUrl: (url) => {
      actionUrl = url;
    },
    pauseWebhooks: webhooks.pause,
    resumeWebhooks: webhooks.resume,
    takePendingWebhooks: webhooks.takePending,
    deliver: webhooks.deliver,
    settled: webhooks.settled,
  };
}
