import type { Labelled, Labels, Lead } from '../../domain/lead/lead.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Crm } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { choicesOf } from './choices.ts';
import type { HubSpot } from './client.ts';
import type { StageReader } from './deals.ts';
import { hourly } from './hourly.ts';
import { readPipelines } from './pipelines.ts';

/** What the portal's pages call each value, by what it is of. */
export type PortalLabels = Readonly<Partial<Record<Labelled, ReadonlyMap<string, string>>>>;

export type LabelReader = (named: Pick<Policy['properties'], 'product'>) => Promise<PortalLabels>;

const contactProperties = {
  lifecycleStage: 'lifecyclestage',
  leadStatus: 'hs_lead_status',
  seniority: 'hs_seniority',
  source: 'hs_analytics_source',
} as const;

/**
 * Reads labels in two calls an hour, one of which the forms of the cards share. A lead without them is better than none:
 * what cannot be read is left out.
 */
export function labelReader(
  hubspot: HubSpot,
  clock: Clock,
  readContactProperties: Crm['contactProperties'],
): LabelReader {
  const readIndustries = hourly(clock, () => choicesOf(hubspot, 'companies', 'industry'));
  return async ({ product }) => {
    const [contact, industries] = await Promise.all([
      readContactProperties().catch(() => null),
      readIndustries().catch(() => null),
    ]);
    const names = { ...contactProperties, ...(product && { product }) };
    const ofContact = Object.entries(names).map(([of, name]) => [of, mapOf(contact?.get(name)?.options)]);
    return { ...Object.fromEntries(ofContact), industry: mapOf(industries) };
  };
}

/** Reads the labels of the stages of deals in one call an hour. */
export function stageReader(hubspot: HubSpot, clock: Clock): StageReader {
  const readAll = hourly(clock, () => readPipelines(hubspot, 'deals'));
  return async () => {
    const pipelines = await readAll().catch(() => null);
    const stages = pipelines?.flatMap((one) => one.stages) ?? [];
    return new Map(stages.map(({ id, label }) => [id, label]));
  };
}

function mapOf(
  options: readonly { value: string; label: string }[] | null | undefined,
): ReadonlyMap<string, string> {
  return new Map((options ?? []).map(({ value, label }) => [value, label]));
}

type Labelling = Pick<
  Lead,
  'account' | 'lifecycleStage' | 'stageEnteredAt' | 'leadStatus' | 'seniority' | 'source' | 'product'
>;

/** The labels of what a lead has. */
export function labelsOf(lead: Labelling, portal: PortalLabels): Labels {
  const values: Readonly<Record<Labelled, readonly (string | null | undefined)[]>> = {
    industry: [lead.account?.industry],
    lifecycleStage: [lead.lifecycleStage, ...Object.keys(lead.stageEnteredAt)],
    leadStatus: [lead.leadStatus],
    seniority: [lead.seniority],
    source: [lead.source.original, lead.source.latest],
    product: [lead.product],
  };
  const found = Object.entries(values).flatMap(([of, all]) => {
    const labels = all.flatMap((value) => {
      const label = value && portal[of as Labelled]?.get(value);
      return label ? [[value, label] as const] : [];
    });
    return labels.length > 0 ? [[of, Object.fromEntries(labels)] as const] : [];
  });
  return Object.fromEntries(found);
}
