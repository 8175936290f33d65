import { labelOf } from '../lead/label.ts';
import { check } from '../policy/condition.ts';
import { otherColleagues } from './also-here.ts';
import { dealsBefore } from './deals-known.ts';
import { type Fact, known, type Once, property } from './fact.ts';
import { filledInValues } from './filled-in.ts';
import { moments } from './moments.ts';
import type { BriefingView } from './view.ts';

/** Facts behind the fold that belong together; `moments` are what happened when, newest first. */
export type Group = { kind: 'facts' | 'moments'; title: string; facts: readonly Fact[] };

/**
 * Everything else that is known, in groups.
 * @param answers of the form, but for the lead's own words
 * @param told what stands before the fold
 */
export function rest(
  view: BriefingView,
  { answers, before, told }: { answers: readonly Fact[]; before: readonly Fact[]; told: readonly Fact[] },
  once: Once,
): Group[] {
  const { words } = view;
  const groups: Group[] = [
    { kind: 'facts', title: words.text('briefing.answers'), facts: answers },
    {
      kind: 'facts',
      title: words.text('briefing.before'),
      facts: [...before, ...otherColleagues(view, once), ...dealsBefore(view, once)],
    },
    { kind: 'facts', title: words.text('briefing.fit'), facts: fitOf(view, once) },
    { kind: 'facts', title: words.text('briefing.about'), facts: about(view, once) },
    { kind: 'moments', title: words.text('briefing.lately'), facts: moments(view, told, once) },
  ];
  return groups.filter(({ facts }) => facts.length > 0);
}

/** How the lead compares with the ideal one, and what its score is made of. What is not known of it is neither. */
function fitOf({ lead, policy, words }: BriefingView, once: Once): Fact[] {
  const facts = { lead, trigger: null, workflows: [], spentUntil: null, freshFrom: null };
  const compared = (policy.idealProfile ?? []).map(({ label: name, when }): Fact | null => {
    const { met, unknown } = check(when, facts);
    if (unknown) return null;
    const label = words.text(met ? 'briefing.fits' : 'briefing.fitsNot');
    return { label, value: name, source: { kind: 'policy', name } };
  });
  const parts = lead.score?.components.map(({ label, points }) => `${label} ${points}`) ?? [];
  const score =
    lead.score && [lead.score.value, ...(parts.length > 0 ? [parts.join(' + ')] : [])].join(' = ');
  return known(
    [
      ...compared,
      property('contact', policy.properties.score ?? 'score', words.text('briefing.score'), score),
    ].map(once),
  );
}

function about({ lead, policy, words, log }: BriefingView, once: Once): Fact[] {
  const { account, source, visits, consent, language } = lead;
  const revenue =
    account?.revenue &&
    words.text('briefing.revenueOf', { amount: compact(account.revenue, words.language) });
  const labelled = (of: Parameters<typeof labelOf>[1], value: string | null) =>
    value && labelOf(lead, of, value);
  const facts = [
    ...filledIn(log),
    property('company', 'annualrevenue', words.text('briefing.revenue'), revenue || null),
    property(
      'contact',
      'hs_analytics_source',
      words.text('briefing.source'),
      labelled('source', source.original),
    ),
    property('contact', 'hs_analytics_source_data_1', words.text('briefing.sourceDetail'), source.detail),
    property(
      'contact',
      'hs_analytics_source_data_2',
      words.text('briefing.sourceDetail'),
      source.furtherDetail,
    ),
    property(
      'contact',
      'hs_latest_source',
      words.text('briefing.latestSource'),
      labelled('source', source.latest),
    ),
    property('contact', 'hs_latest_source_data_1', words.text('briefing.sourceDetail'), source.latestDetail),
    property(
      'contact',
      'hs_analytics_num_visits',
      words.text('briefing.visits'),
      visits ? words.text('briefing.visitsSoFar', { count: visits }) : null,
    ),
    property(
      'contact',
      policy.properties.product ?? 'product',
      words.text('briefing.product'),
      labelled('product', lead.product),
    ),
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
      labelled('lifecycleStage', lead.lifecycleStage),
    ),
    property(
      'contact',
      'hs_lead_status',
      words.text('briefing.status'),
      labelled('leadStatus', lead.leadStatus),
    ),
    property('contact', 'hs_legal_basis', words.text('briefing.lawfulBasis'), consent.lawfulBasis),
    property(
      'contact',
      'hs_marketable_status',
      words.text('briefing.marketing'),
      consent.marketable === false ? words.text('briefing.noMarketing') : null,
    ),
  ];
  return known(facts.map(once));
}

/** What people filled in from the card. */
function filledIn(log: BriefingView['log']): (Fact | null)[] {
  const filled = new Map(filledInValues(log).map((one) => [one.property, one]));
  return [...filled.values()].map(({ property: name, label, shown }) =>
    property('contact', name, label, shown),
  );
}

function compact(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(amount);
}

function languageName(code: string, language: string): string | null {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
