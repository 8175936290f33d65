import { type CallResult, call, type Engagement, email, meeting } from '../hubspot/engagements.ts';
import type { HubSpotServer } from '../hubspot/server.ts';
import { afterVisit } from '../hubspot/tracking.ts';
import { formOf } from './forms.ts';

/** Something that a lead does, or that marketing and sales do with one, as HubSpot would record it. */
export type Happening =
  /** The pages of one visit, in their order. */
  | { kind: 'visit'; pages: readonly string[] }
  /** `form`: "<page title>: <form title>"; the answers by the properties that the form asks for. */
  | { kind: 'form'; form: string; answers?: Readonly<Record<string, string>> }
  /** The points of each component of the score, in the policy's order. */
  | { kind: 'score'; points: readonly number[] }
  | { kind: 'stage'; stage: string }
  | { kind: 'fill'; values: Readonly<Record<string, string>> }
  | { kind: 'email'; from: 'us' | 'them'; subject: string; text: string }
  | { kind: 'call'; title: string; notes: string; result: CallResult }
  | { kind: 'meeting'; title: string; notes: string }
  | { kind: 'note'; text: string }
  | { kind: 'deal'; name: string; amount: number }
  /** One of the company, that the lead has no part in. */
  | { kind: 'lostDeal'; name: string; amount: number }
  /** Of the newest marketing mail. */
  | { kind: 'opened' }
  | { kind: 'replied'; text: string }
  /** It comes in a workflow to the bot's action, under a name that the policy knows. */
  | { kind: 'workflow'; name: string };

/** What the policy calls the score and what it is made of. */
export type ScoreNames = {
  score: string | null;
  components: readonly string[];
};

/** What HubSpot itself keeps of it. */
export type Recorded = Exclude<Happening, { kind: 'workflow' }>;

/** Whom something happens to. */
export type Whom = {
  contactId: string;
  companyId: string | null;
  ownerId: string | null;
};

/** The website that the leads visit. */
const site = 'https://www.example.com';

export const visit = (...pages: string[]): Recorded => ({ kind: 'visit', pages });
export const form = (name: string, answers: Readonly<Record<string, string>> = {}): Recorded => ({
  kind: 'form',
  form: name,
  answers,
});
export const score = (...points: number[]): Recorded => ({ kind: 'score', points });
export const stage = (name: string): Recorded => ({ kind: 'stage', stage: name });
export const note = (text: string): Recorded => ({ kind: 'note', text });
export const wrote = (from: 'us' | 'them', subject: string, text: string): Recorded => ({
  kind: 'email',
  from,
  subject,
  text,
});

/** Makes it happen in HubSpot, now, with the source that HubSpot would give. */
export function happen(
  hubspot: HubSpotServer,
  { contactId, companyId, ownerId }: Whom,
  happening: Recorded,
  { names, now }: { names: ScoreNames; now: Date },
): void {
  const values = hubspot.object('contacts', contactId)?.properties ?? {};
  const change = changeOf(happening, values, names, now);
  if (change !== null) hubspot.setProperties('contacts', contactId, change.values, { source: change.source });
  const around = { contactId, ...(companyId !== null && { companyId }) };
  const activity = activityOf(happening, ownerId, now);
  if (activity !== null) hubspot.log(activity, around);
  if (happening.kind === 'form') sendIn(hubspot, contactId, happening, values['hs_analytics_last_url']);
  if (happening.kind === 'opened') hubspot.mails.open(contactId);
  if (happening.kind === 'replied') hubspot.mails.reply(contactId);
  if (happening.kind === 'deal') hubspot.createDeal(closed(happening, 'closedwon', now), around);
  if (happening.kind === 'lostDeal' && companyId !== null) {
    hubspot.createDeal(closed(happening, 'closedlost', now), { companyId });
  }
}

function closed({ name, amount }: { name: string; amount: number }, dealstage: string, now: Date): Values {
  return { dealname: name, dealstage, amount: String(amount), closedate: now.toISOString() };
}

/** On the page that was seen last. */
function sendIn(
  hubspot: HubSpotServer,
  contactId: string,
  { form, answers = {} }: Extract<Recorded, { kind: 'form' }>,
  url = site,
): void {
  const [page = '', title = form] = form.split(': ');
  hubspot.forms.submit(formOf(hubspot, title), contactId, { values: answers, page: { title: page, url } });
}

type Values = Record<string, string>;

/** What changes on the contact itself. */
function changeOf(
  happening: Recorded,
  values: Readonly<Values>,
  names: ScoreNames,
  now: Date,
): { source: string; values: Values } | null {
  switch (happening.kind) {
    case 'visit': {
      const pages = happening.pages.map((page) => `${site}${page}`);
      return { source: 'ANALYTICS', values: afterVisit(values, pages, now) };
    }
    case 'score':
      return { source: 'CALCULATED', values: scoreValues(happening.points, names) };
    case 'stage':
      return { source: 'AUTOMATION_PLATFORM', values: { lifecyclestage: happening.stage } };
    case 'fill':
      return { source: 'CRM_UI', values: { ...happening.values } };
    default:
      return null;
  }
}

/** What is logged beside the contact. */
function activityOf(happening: Recorded, ownerId: string | null, now: Date): Engagement | null {
  switch (happening.kind) {
    case 'email': {
      const { from, subject, text } = happening;
      return email({ from: from === 'us' ? 'rep' : 'lead', subject, text, ownerId });
    }
    // A reply to a marketing mail comes into the team's inbox, and from there onto the contact.
    case 'replied':
      return email({ from: 'lead', subject: 'Re: your letter', text: happening.text });
    case 'call':
      return call({ ...happening, ownerId });
    case 'meeting':
      return meeting({ ...happening, startsAt: now, outcome: 'COMPLETED', ownerId });
    case 'note':
      return {
        type: 'notes',
        properties: { hs_note_body: happening.text, ...(ownerId && { hubspot_owner_id: ownerId }) },
        source: 'CRM_UI',
      };
    default:
      return null;
  }
}

/** A portal without the policy's score has nothing to raise. */
function scoreValues(points: readonly number[], { score: total, components }: ScoreNames) {
  const parts = components.map((name, index) => [name, String(points[index] ?? 0)] as const);
  const sum = String(points.reduce((all, some) => all + some, 0));
  return Object.fromEntries(total === null ? parts : [[total, sum] as const, ...parts]);
}
