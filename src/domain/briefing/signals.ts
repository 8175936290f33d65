import type { Lead } from '../lead/lead.ts';
import { line } from '../words/line.ts';
import { type DecisionStage, decisionStageOf, rivalIn, stagesInOrder } from './decision-stage.ts';
import { type Fact, known, type Once, type Source, type Told } from './fact.ts';
import { formName } from './form-name.ts';
import { nameIn, pageName, pathOf } from './page-name.ts';
import type { LeadView } from './view.ts';
import { dayInWords, withinWeek } from './when.ts';
import type { WhyNow } from './why-now.ts';

/** Something that the lead did with us, once or more often; newest first. */
type Interaction = {
  what: string;
  times: readonly [Date, ...Date[]];
  rank: number;
  points: number;
  source: Source;
};

const mostSignals = 2;
const dayMs = 86_400_000;

/** What brought many points lately is worth knowing; long ago it is not. */
const recentMs = 30 * dayMs;

/** A score follows what it counts within this time. */
const scoredWithinMs = 60 * 60_000;

/**
 * The two strongest signs of interest beside the reason: what raised the score the most lately, then what shows that a
 * decision is near; and how many visits there were this week. Null when there are none.
 */
export function signals(view: LeadView, why: WhyNow | null, once: Once): Told | null {
  const { lead, words, now } = view;
  const all = [...pagesIn(view, why), ...formsIn(view, why)];
  const byStage = all.toSorted((a, b) => a.rank - b.rank || b.times[0].getTime() - a.times[0].getTime());
  const isRecent = ({ times: [last] }: Interaction) => now.getTime() - last.getTime() < recentMs;
  const [best] = all.filter((one) => one.points > 0 && isRecent(one)).toSorted((a, b) => b.points - a.points);
  const strongest = [...new Set([...(best ? [best] : []), ...byStage])].slice(0, mostSignals);
  const facts = known([
    ...strongest.map((one) => once(factOf(one, view))),
    once(visitsThisWeek(lead, words, now)),
  ]);
  if (facts.length === 0) return null;
  const told = words.line('briefing.signals', {
    signals: line`${facts.map(({ value }) => value).join(', ')}`,
  });
  return { line: told, facts };
}

function factOf({ what, times, source }: Interaction, view: LeadView): Fact {
  const { words, now } = view;
  const [last] = times;
  const thisWeek = withinWeek(times, now);
  const value =
    thisWeek > 1
      ? words.text('briefing.timesThisWeek', { what, count: thisWeek })
      : thisWeek === 1
        ? what
        : words.text('briefing.longerAgo', { what, day: dayInWords(last, view) });
  return { label: words.text('briefing.signal'), value, at: last, source };
}

function pagesIn({ lead, words }: LeadView, why: WhyNow | null): Interaction[] {
  const pages = lead.pages.filter((page) => !why?.pages.includes(page));
  return [...Map.groupBy(pages, pathOf)].flatMap(([path, [page, ...others]]) => {
    if (!page) return [];
    const stage = decisionStageOf(path);
    const times = [page, ...others].map(({ at }) => at);
    return {
      what: whatOf(stage, page, path, words),
      times: newestFirst(page.at, times),
      rank: stage ? stagesInOrder.indexOf(stage) : stagesInOrder.length + 1,
      points: pointsFor(times, lead),
      source: { kind: 'page', address: page.url },
    };
  });
}

function whatOf(
  stage: DecisionStage | null,
  page: Lead['pages'][number],
  path: string,
  words: LeadView['words'],
): string {
  switch (stage) {
    case 'pricing':
      return words.text('briefing.pricing');
    case 'security':
      return words.text('briefing.security');
    case 'comparison': {
      const rival = rivalIn(path);
      return rival
        ? words.text('briefing.comparedWith', { name: nameIn(rival) })
        : words.text('briefing.page', { page: pageName(page) });
    }
    case 'caseStudy': {
      const name = page.title ?? nameIn(path.split('/').at(-1) ?? '');
      return words.text('briefing.caseStudy', { name });
    }
    default:
      return words.text('briefing.page', { page: pageName(page) });
  }
}

function formsIn({ lead, words }: LeadView, why: WhyNow | null): Interaction[] {
  const forms = lead.conversions.filter((form) => form !== why?.form);
  return [...Map.groupBy(forms, ({ name }) => name)].flatMap(([, [form, ...others]]) => {
    if (!form) return [];
    const times = [form, ...others].map(({ at }) => at);
    return {
      what: words.text('briefing.filledIn', { form: formName(form) }),
      times: newestFirst(form.at, times),
      rank: stagesInOrder.length,
      points: pointsFor(times, lead),
      source: { kind: 'form', name: form.name },
    };
  });
}

function newestFirst(first: Date, times: readonly Date[]): [Date, ...Date[]] {
  const [newest = first, ...others] = times.toSorted((a, b) => b.getTime() - a.getTime());
  return [newest, ...others];
}

/** By how much the score rose right after it, at most. */
function pointsFor(times: readonly Date[], { score }: Pick<Lead, 'score'>): number {
  const rises = (score?.history ?? []).flatMap(({ value, at }, index, history) => {
    const before = history[index + 1];
    const follows = times.some((time) => time <= at && at.getTime() - time.getTime() <= scoredWithinMs);
    return before && follows ? [value - before.value] : [];
  });
  return Math.max(0, ...rises);
}

/** How often they came this week, where that is remarkable; the very first page of all is no visit of its own. */
function visitsThisWeek({ pages }: Lead, words: LeadView['words'], now: Date): Fact | null {
  const visits = pages.filter(({ opened }) => !opened);
  const count = withinWeek(
    visits.map(({ at }) => at),
    now,
  );
  const [last] = visits;
  if (count < 3 || !last) return null;
  return {
    label: words.text('briefing.signal'),
    value: words.text('briefing.visitThisWeek', { count }),
    at: last.at,
    source: { kind: 'contact', property: 'hs_analytics_last_url' },
  };
}
