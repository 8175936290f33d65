import type { Card } from '../card/card.ts';
import { cardFor } from '../card/card-for.ts';
import { begin, offer } from '../handoff/handoff.ts';
import type { Lead } from '../lead/lead.ts';
import { teamOf } from '../policy/people-of.ts';
import { line } from '../words/line.ts';
import type { HomeView } from './home-view.ts';

/** The id of a handoff that there is none of: its card is a sample, and nothing that is done on it has an effect. */
export const sampleId = 'sample';

/** A card as the reader will get them, about somebody who is made up. */
export function sampleCard({
  reader,
  policy,
  names,
  words,
  now,
}: Pick<HomeView, 'reader' | 'policy' | 'names' | 'words' | 'now'>): Card {
  const trigger = policy.triggers[0];
  const targets = trigger?.targets.at(-1);
  if (!trigger || !targets) throw new RangeError('a policy without triggers, expected one at least');
  const team = teamOf(policy, reader)?.name ?? null;
  const assignment = { rep: reader, team, at: now, reasons: [] };
  const evidence = words.text('home.sampleEvidence');
  const event = offer(assignment, targets, evidence, policy, { ownerId: null, since: null });
  const facts = { id: sampleId, leadId: sampleId, trigger: trigger.name, targets, qualifiedAt: now };
  const card = cardFor(reader, {
    handoff: begin({ ...facts, policyVersion: policy.version }, event),
    lead: somebody(now),
    log: [{ seq: 1, at: now, by: null, event }],
    ...{ policy, names, words, now, seenAt: null },
    presence: { inactive: new Set(), absences: new Map(), load: new Map() },
    owners: new Map(),
    memory: { colleagues: [], earlier: [] },
  });
  return {
    ...card,
    title: words.text('home.sampleTitle', { title: card.title }),
    notification: line`${words.line('home.sampleStatus')} ${card.notification}`,
    status: line`${words.line('home.sampleStatus')} ${card.status}`,
    // There is no lead to open, or of which anything could be said.
    menu: card.menu.filter(({ kind }) => kind !== 'link' && kind !== 'say'),
  };
}

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

function somebody(now: Date): Lead {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  return {
    ...{ id: sampleId, formerIds: [], url: 'https://app.hubspot.com/' },
    ...{ name: 'Alex Example', email: 'alex@example.com', phone: '+1 202 555 0100' },
    ...{ jobTitle: 'Head of Operations', seniority: null, company: 'Example Logistics' },
    ...{ country: 'United States', state: 'Illinois', city: null, postcode: null, language: 'en' },
    ...{ product: null, openDeals: 0, properties: {}, ownerId: null, ownerSince: null },
    ...{ lifecycleStage: 'marketingqualifiedlead', leadStatus: null },
    stageEnteredAt: { marketingqualifiedlead: ago(2 * minuteMs) },
    account: {
      ...{
        id: null,
        name: 'Example Logistics',
        domain: 'example.com',
        industry: 'LOGISTICS_AND_SUPPLY_CHAIN',
      },
      ...{ employees: 640, revenue: null, country: 'United States', state: 'Illinois', city: null },
      ...{ postcode: null, ownerId: null, properties: {} },
    },
    score: { value: 64, components: [], history: [{ value: 64, at: ago(dayMs) }] },
    source: { original: 'ORGANIC_SEARCH', detail: null, latest: null, latestDetail: null },
    conversions: [{ name: 'Request a demo', at: ago(2 * minuteMs) }],
    pages: [
      { url: 'https://example.com/pricing', at: ago(3 * minuteMs) },
      { url: 'https://example.com/compare', at: ago(dayMs) },
    ],
    visits: 4,
    activities: [],
    deals: [],
    accountDeals: [],
    ...{
      formAnswers: [],
      labels: {},
      consent: { optedOut: false, marketable: true, lawfulBasis: null },
      emailBounced: false,
      timeZone: null,
    },
    summary: null,
  };
}
