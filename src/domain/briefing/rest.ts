import { check } from '../policy/condition.ts';
import { about } from './about.ts';
import { otherColleagues } from './also-here.ts';
import { dealsBefore } from './deals-known.ts';
import { type Fact, known, type Once, property } from './fact.ts';
import { moments } from './moments.ts';
import type { BriefingView } from './view.ts';

/** Facts behind the fold that belong together; `moments` are what happened when, newest first. */
export type Group = {
  part: 'answers' | 'memory' | 'fit' | 'about' | 'activity';
  kind: 'facts' | 'moments';
  title: string;
  facts: readonly Fact[];
};

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
    { part: 'answers', kind: 'facts', title: words.text('briefing.answers'), facts: answers },
    {
      part: 'memory',
      kind: 'facts',
      title: words.text('briefing.before'),
      facts: [...before, ...otherColleagues(view, once), ...dealsBefore(view, once)],
    },
    { part: 'fit', kind: 'facts', title: words.text('briefing.fit'), facts: fitOf(view, once) },
    { part: 'about', kind: 'facts', title: words.text('briefing.about'), facts: about(view, once) },
    {
      part: 'activity',
      kind: 'moments',
      title: words.text('briefing.lately'),
      facts: moments(view, told, once),
    },
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
