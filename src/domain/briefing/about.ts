import { labelOf } from '../lead/label.ts';
import type { Labelled } from '../lead/lead.ts';
import { originOf } from '../lead/origin.ts';
import { type Fact, known, type Once, property } from './fact.ts';
import { filledInValues } from './filled-in.ts';
import type { LeadView } from './view.ts';

/** Where the lead comes from, and whatever else its properties tell. */
export function about(view: LeadView, once: Once): Fact[] {
  return known(
    [...filledIn(view), ...company(view), ...origin(view), ...standing(view), ...consent(view)].map(once),
  );
}

/** What people filled in from the card. */
function filledIn({ log }: LeadView): (Fact | null)[] {
  const last = new Map(filledInValues(log).map((one) => [one.property, one]));
  return [...last.values()].map(({ property: name, label, shown }) =>
    property('contact', name, label, shown),
  );
}

function company({ lead: { account }, words }: LeadView): (Fact | null)[] {
  if (!account?.revenue) return [];
  const format = new Intl.NumberFormat(words.language, { notation: 'compact', maximumFractionDigits: 1 });
  const revenue = words.text('briefing.revenueOf', { amount: format.format(account.revenue) });
  return [property('company', 'annualrevenue', words.text('briefing.revenue'), revenue)];
}

/** Details of a source are campaigns, or search words, addresses and the like. */
function origin(view: LeadView): (Fact | null)[] {
  const { lead, words } = view;
  const { source, visits } = lead;
  const { campaign, latestCampaign } = originOf(lead);
  const detail = (name: string, value: string | null | undefined, isCampaign: boolean) =>
    property('contact', name, words.text(isCampaign ? 'briefing.campaign' : 'briefing.sourceDetail'), value);
  const { original, detail: first, furtherDetail: second, latest, latestDetail } = source;
  const soFar = visits ? words.text('briefing.visitsSoFar', { count: visits }) : null;
  return [
    property(
      'contact',
      'hs_analytics_source',
      words.text('briefing.source'),
      inWords(view, 'source', original),
    ),
    detail('hs_analytics_source_data_1', first, first === campaign),
    detail('hs_analytics_source_data_2', second, second === campaign),
    property(
      'contact',
      'hs_latest_source',
      words.text('briefing.latestSource'),
      inWords(view, 'source', latest),
    ),
    detail('hs_latest_source_data_1', latestDetail, latestDetail === latestCampaign),
    property('contact', 'hs_analytics_num_visits', words.text('briefing.visits'), soFar),
  ];
}

function standing(view: LeadView): (Fact | null)[] {
  const { lead, words, policy } = view;
  const { product, lifecycleStage, leadStatus, language } = lead;
  const productName = policy.properties.product ?? 'product';
  return [
    property('contact', productName, words.text('briefing.product'), inWords(view, 'product', product)),
    property(
      'contact',
      'hs_language',
      words.text('briefing.language'),
      language && languageName(language, words.language),
    ),
    property(
      'contact',
      'lifecyclestage',
      words.text('briefing.stage'),
      inWords(view, 'lifecycleStage', lifecycleStage),
    ),
    property(
      'contact',
      'hs_lead_status',
      words.text('briefing.status'),
      inWords(view, 'leadStatus', leadStatus),
    ),
  ];
}

function consent({ lead: { consent: given }, words }: LeadView): (Fact | null)[] {
  const noMarketing = given.marketable === false ? words.text('briefing.noMarketing') : null;
  return [
    property('contact', 'hs_legal_basis', words.text('briefing.lawfulBasis'), given.lawfulBasis),
    property('contact', 'hs_marketable_status', words.text('briefing.marketing'), noMarketing),
  ];
}

function inWords({ lead }: LeadView, of: Labelled, value: string | null): string | null {
  return value && labelOf(lead, of, value);
}

function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
