import { type Conversion, titlesOf } from '../lead/conversion.ts';
import { labelOf } from '../lead/label.ts';
import type { PageView } from '../lead/lead.ts';
import { type Condition, check, partsOf } from '../policy/condition.ts';
import { triggerOf } from '../policy/triggers.ts';
import { isInAddress } from '../policy/what-it-did.ts';
import { whyText } from '../words/why.ts';
import { decisionStageOf } from './decision-stage.ts';
import type { Fact, Once, Source, Told } from './fact.ts';
import { formName, isMeetingPage } from './form-name.ts';
import { pageName, pathOf } from './page-name.ts';
import type { LeadView } from './view.ts';

/** What the lead did that made it qualify, or that came since and is more urgent. */
export type WhyNow = Told & { at: Date } & Covers;

/** What it is made of, and so is no sign beside it. */
type Covers = { form: Conversion | null; pages: readonly PageView[] };

/** What made the lead qualify, when; in the words of the log where the lead shows it no more. Null: nothing is known. */
export function whyNow(view: LeadView, once: Once): WhyNow | null {
  const { value, at, source, form = null, pages = [] } = reasonIn(view) ?? loggedReason(view) ?? {};
  const fact =
    value && at && source ? once({ label: view.words.text('briefing.whyNow'), value, at, source }) : null;
  return fact && at ? { line: [{ kind: 'text', text: fact.value }], facts: [fact], at, form, pages } : null;
}

type Reason = Pick<Required<Fact>, 'value' | 'at' | 'source'> & Partial<Covers>;

/** The part of the trigger that was met last, if the lead still shows it. */
function reasonIn(view: LeadView): Reason | null {
  const { handoff, lead, policy } = view;
  const trigger = triggerOf(policy, handoff.trigger);
  const facts = { lead, trigger: null, workflows: [], spentUntil: null, freshFrom: null };
  const met = partsOf(trigger?.when ?? { kind: 'all', of: [] }).flatMap((part) => {
    const { met, since } = check(part, facts);
    return met && since ? [{ part, since }] : [];
  });
  const [last] = met.sort((a, b) => b.since.getTime() - a.since.getTime());
  return last ? reasonOf(last.part, last.since, view) : null;
}

function reasonOf(part: Condition, at: Date, view: LeadView): Reason | null {
  const { lead, policy, words } = view;
  const isThen = (one: { at: Date }) => one.at.getTime() === at.getTime();
  switch (part.kind) {
    case 'conversion':
    case 'anyConversion': {
      const form = lead.conversions.find(isThen);
      return form ? { ...sentIn(form, words), at, form, pages: pagesOf(form, lead) } : null;
    }
    case 'replied': {
      const wrote = lead.activities.find(isThen);
      return wrote
        ? { value: words.text('briefing.wroteToUs'), at, source: { kind: 'activity', id: wrote.id } }
        : null;
    }
    case 'meetingBooked': {
      const booked = lead.activities.find(({ createdAt }) => createdAt.getTime() === at.getTime());
      return booked
        ? { value: words.text('briefing.bookedMeeting'), at, source: { kind: 'activity', id: booked.id } }
        : null;
    }
    case 'scoreReached':
    case 'scoreRose': {
      if (!lead.score) return null;
      const source: Source = { kind: 'contact', property: policy.properties.score ?? 'score' };
      return { value: words.text('briefing.scoreRose', { score: lead.score.value }), at, source };
    }
    case 'stageEntered': {
      const stage = labelOf(lead, 'lifecycleStage', lead.lifecycleStage ?? '');
      const source: Source = { kind: 'contact', property: 'lifecyclestage' };
      return { value: words.text('briefing.becameStage', { stage }), at, source };
    }
    case 'page':
    case 'visitsEndingOn': {
      const pages = lead.pages.filter(({ url }) => part.contains.some((word) => isInAddress(url, word)));
      const lately = pages.filter((page) => at.getTime() - page.at.getTime() <= part.withinMinutes * 60_000);
      const [newest] = lately;
      if (!newest) return null;
      const what = { page: pageName(newest), count: lately.length };
      const source: Source = { kind: 'page', address: newest.url };
      return { value: words.text('briefing.lookedAt', what), at, source, pages };
    }
    default:
      return null;
  }
}

/** A form by its own title; a meeting page has only an address. */
function sentIn(sent: Conversion, words: LeadView['words']): Pick<Fact, 'value' | 'source'> {
  const source: Source = { kind: 'form', name: sent.name };
  if (isMeetingPage(sent)) return { value: words.text('briefing.bookedMeeting'), source };
  return { value: words.text('briefing.filledIn', { form: formName(sent) }), source };
}

/** The page that the form is on, and those that ask for a demo: they were seen on the way to it. */
function pagesOf(form: Conversion, { pages }: LeadView['lead']): PageView[] {
  const { page: title } = titlesOf(form);
  return pages.filter(
    (page) => (title !== null && page.title === title) || decisionStageOf(pathOf(page)) === 'demo',
  );
}

/** What the log says of it. */
function loggedReason({ handoff, log, words }: LeadView): Reason | null {
  const told = log.findLast(({ event }) => 'evidence' in event);
  if (!told || !('evidence' in told.event)) return null;
  return {
    value: whyText(told.event.evidence, words),
    at: handoff.qualifiedAt,
    source: { kind: 'log', handoffId: handoff.id },
  };
}
