import { Client } from 'pg';
import { toJson } from '../src/adapters/postgres/stored-json.ts';
import type { Lead } from '../src/domain/lead/lead.ts';
import { fillAnswered } from './former.ts';

const day = 86_400_000;
const countries = ['United States', 'Germany', 'India', 'United Kingdom', 'Sweden', 'Brazil', 'Canada'];
const industries = ['Banking', 'COMPUTER_SOFTWARE', 'Utilities', 'RETAIL', null];
const titles = ['VP Operations', 'Student', 'Head of Sales', 'Sales Manager', 'CTO'];
const forms = ['Website: Request a demo', "Buyer's guide: Download", 'Newsletter', 'Contact sales'];
const reps = ['ada.okafor', 'ben.castillo', 'chloe.nguyen', 'dario.rossi', 'elif.demir', 'farah.singh'];
const perStatement = 2_000;
const answeredEach = 50;

/**
 * Fills a database with a past of so many days: leads of every kind that the example policy tells apart, each with two
 * arrivals, and answered handoffs of every rep. The same at every run, but for the ids of the handoffs.
 */
export async function seedPast(
  url: string,
  { leads, days, until }: { leads: number; days: number; until: Date },
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into rep (id, name, owner_id, active, synced_at)
     select name || '@example.com', name, 'owner-' || name, true, now() from unnest($1::text[]) as name`,
    [reps],
  );
  const start = until.getTime() - days * day;
  const arrivalOf = (index: number) => new Date(start + ((index * 7_919) % leads) * ((days * day) / leads));
  for (let first = 0; first < leads; first += perStatement) {
    const some = Array.from({ length: Math.min(perStatement, leads - first) }, (_, index) => first + index);
    const rows = some.map((index) => ({
      id: String(index),
      snapshot: toJson(leadAt(index, arrivalOf(index))),
    }));
    await client.query(
      `insert into lead (id, snapshot, read_at)
       select id, snapshot, $2 from jsonb_to_recordset($1::jsonb) as lead (id text, snapshot jsonb)`,
      [JSON.stringify(rows), until],
    );
    const events = some.flatMap((index) =>
      [1, 20 * 60].map((minutes) => ({
        key: `${index}:${minutes}`,
        lead_id: String(index),
        at: new Date(arrivalOf(index).getTime() + minutes * 60_000),
      })),
    );
    await client.query(
      `insert into inbound_event (dedupe_key, lead_id, type, payload, occurred_at, received_at, decision, decided_at)
       select key, lead_id, 'object.propertyChange', '{}', at, at, 'ignored', at
         from jsonb_to_recordset($1::jsonb) as event (key text, lead_id text, at timestamptz)`,
      [JSON.stringify(events)],
    );
  }
  const people = reps.map((name) => `${name}@example.com`);
  await fillAnswered(url, people, { count: answeredEach * reps.length, from: new Date(start), days });
  await client.query('analyze');
  await client.end();
}

function leadAt(index: number, arrived: Date): Lead {
  const pick = <T>(list: readonly T[], salt: number): T => list[(index * salt) % list.length] as T;
  const before = (minutes: number) => new Date(arrived.getTime() - minutes * 60_000);
  const score = (index * 31) % 100;
  const country = pick(countries, 3);
  return {
    id: String(index),
    formerIds: [],
    url: `https://app.hubspot.com/contacts/77/record/0-1/${index}`,
    name: `Dana Ortiz ${index}`,
    email: index % 47 === 0 ? null : `dana.${index}@${index % 11 === 0 ? 'gmail.com' : 'northwind.example'}`,
    phone: '+1 312 555 0142',
    jobTitle: pick(titles, 7),
    country,
    state: 'Illinois',
    city: 'Chicago',
    postcode: 'E14 5AB',
    language: 'en',
    seniority: pick(['director', 'entry', 'vp', null], 5),
    company: 'Northwind Traders',
    product: index % 40 === 0 ? 'academy' : null,
    openDeals: index % 30 === 0 ? 1 : 0,
    properties: {},
    ownerId: index % 6 === 0 ? `owner-${pick(reps, 13)}` : null,
    ownerSince: null,
    lifecycleStage: index % 25 === 0 ? 'customer' : 'lead',
    stageEnteredAt: { subscriber: before(60_000), lead: before(30_000), customer: before(90_000) },
    leadStatus: null,
    account: {
      id: `c${index}`,
      name: 'Northwind Traders',
      domain: 'northwind.example',
      country,
      industry: pick(industries, 11),
      employees: (index * 37) % 8_000,
      revenue: 1_000_000,
      state: null,
      city: null,
      postcode: null,
      ownerId: null,
      properties: {},
    },
    score: {
      value: score,
      components: [
        { label: 'Fit', points: score / 2 },
        { label: 'Engagement', points: score / 2 },
      ],
      history: [0, 1, 2, 3, 4].map((step) => ({
        value: Math.max(0, score - step * 12),
        at: before(step * 2_000 + 1),
      })),
    },
    source: {
      original: 'PAID_SEARCH',
      detail: 'Dispatch planning US',
      latest: 'ORGANIC_SEARCH',
      latestDetail: null,
    },
    conversions: index % 3 === 0 ? [{ name: pick(forms, 17), at: before(1) }] : [],
    pages: Array.from({ length: 12 }, (_, step) => ({
      url: `https://www.northwind.example/${step % 4 === index % 4 ? 'pricing' : `blog/${step}`}`,
      at: before(step * 300),
    })),
    visits: 9,
    activities: Array.from({ length: 6 }, (_, step) => ({
      id: `${index}-${step}`,
      kind: 'email' as const,
      direction: 'outbound' as const,
      text: null,
      title: 'The recording you asked about',
      at: before(step * 5_000),
      createdAt: before(step * 5_000),
      ownerId: null,
      automated: false,
      connected: false,
      calledOff: false,
      ours: false,
    })),
    deals: [],
    accountDeals: [],
    summary: null,
    formAnswers: [],
    labels: {},
    consent: { optedOut: false, marketable: true, lawfulBasis: null },
    emailBounced: null,
    timeZone: null,
  };
}
