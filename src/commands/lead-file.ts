import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { leadOf, noSurroundings } from '../adapters/hubspot/map-lead.ts';
import { type Lead, labelled } from '../domain/lead/lead.ts';
import type { Policy } from '../domain/policy/policy.ts';

const time = z.iso
  .datetime({ offset: true, error: 'expected a time such as 2026-11-20T10:15:00Z' })
  .transform((text) => new Date(text));
const text = z.string().nullable().default(null);
const no = z.boolean().default(false);
const known = z.boolean().nullable().default(null);
const number = z.number().nullable().default(null);
const texts = z.record(z.string(), z.string()).default({});

const account = z.strictObject({
  id: text,
  name: text,
  domain: text,
  industry: text,
  employees: number,
  revenue: number,
  country: text,
  state: text,
  city: text,
  postcode: text,
  ownerId: text,
  properties: texts,
});

const deal = z.strictObject({
  id: z.string(),
  name: text,
  stage: text,
  createdAt: time,
  wonAt: time.nullable().default(null),
  lostAt: time.nullable().default(null),
});

const ourShape = z.strictObject({
  id: z.string().default(''),
  url: z.string().default(''),
  name: text,
  email: text,
  phone: text,
  jobTitle: text,
  country: text,
  state: text,
  city: text,
  postcode: text,
  language: text,
  seniority: text,
  company: text,
  product: text,
  openDeals: number,
  properties: texts,
  ownerId: text,
  lifecycleStage: text,
  leadStatus: text,
  visits: number,
  summary: text,
  formerIds: z.array(z.string()).default([]),
  ownerSince: time.nullable().default(null),
  stageEnteredAt: z.record(z.string(), time).default({}),
  account: account.nullable().default(null),
  score: z
    .strictObject({
      value: z.number(),
      components: z.array(z.strictObject({ label: z.string(), points: z.number() })).default([]),
      history: z.array(z.strictObject({ value: z.number(), at: time })).default([]),
    })
    .nullable()
    .default(null),
  source: z
    .strictObject({ original: text, detail: text, latest: text, latestDetail: text })
    .default({ original: null, detail: null, latest: null, latestDetail: null }),
  conversions: z.array(z.strictObject({ name: z.string(), at: time })).default([]),
  pages: z.array(z.strictObject({ url: z.string(), title: text, at: time })).default([]),
  activities: z
    .array(
      z
        .strictObject({
          id: z.string(),
          kind: z.enum(['call', 'email', 'meeting', 'note', 'task', 'message']),
          direction: z.enum(['outbound', 'inbound']).nullable(),
          title: z.string(),
          text,
          at: time,
          createdAt: time.nullable().default(null),
          ownerId: text,
          automated: no,
          connected: no,
          calledOff: no,
          ours: no,
        })
        .transform((activity) => ({ ...activity, createdAt: activity.createdAt ?? activity.at })),
    )
    .default([]),
  deals: z.array(deal).default([]),
  accountDeals: z.array(deal).default([]),
  formAnswers: z.array(z.strictObject({ label: z.string(), value: z.string() })).default([]),
  labels: z.partialRecord(z.enum(labelled), z.record(z.string(), z.string())).default({}),
  consent: z
    .strictObject({ optedOut: known, marketable: known, lawfulBasis: text })
    .default({ optedOut: null, marketable: null, lawfulBasis: null }),
  emailBounced: known,
  timeZone: text,
}) satisfies z.ZodType<Lead>;

const values = z.record(z.string(), z.string().nullable());
const record = z.object({ id: z.coerce.string().default(''), properties: values });

/** What `GET /crm/v3/objects/contacts/{id}` answers, with the company's record put beside it. */
const hubspotShape = z.object({
  ...record.shape,
  propertiesWithHistory: z
    .record(z.string(), z.array(z.object({ value: z.string(), timestamp: time })))
    .default({}),
  company: record.optional(),
});

/**
 * Reads a lead from a JSON file, in the shape of `Lead` or of HubSpot's answer about a contact. What it does not say is
 * unknown. @throws Error naming every problem.
 */
export async function readLeadFile(
  file: string,
  policy: Pick<Policy, 'properties' | 'pages'>,
): Promise<Lead> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${file} cannot be read as JSON: ${why}`);
  }
  if (!isFromHubSpot(json)) return parse(file, ourShape, json);
  const contact = parse(file, hubspotShape, json);
  const createdAt = new Date(0);
  return leadOf(
    { id: contact.id, properties: contact.properties, createdAt, history: contact.propertiesWithHistory },
    contact.company ? { record: { ...contact.company, createdAt }, isAssociated: true } : null,
    noSurroundings,
    { policy, url: '', now: new Date() },
  );
}

/** Only HubSpot puts the email among the properties. */
function isFromHubSpot(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('properties' in json)) return false;
  return 'propertiesWithHistory' in json || 'createdAt' in json || !('email' in json || 'name' in json);
}

function parse<T>(file: string, schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`,
  );
  throw new Error(`${file} is not a lead:\n${problems.join('\n')}`);
}
