import type { FormAnswer } from '../lead/lead.ts';
import { oneLine } from '../words/line.ts';
import { type Fact, known, type Once } from './fact.ts';
import { formName } from './form-name.ts';
import type { BriefingView } from './view.ts';
import type { WhyNow } from './why-now.ts';

/** What the lead said itself. */
export type OwnWords = {
  /** To be quoted; an ellipsis at its end stands for what is told behind the fold, with all of it. */
  text: string;
  isWhole: boolean;
  /** Where they said it: the form by its title, or their mail. */
  from: string;
  fact: Fact;
};

/** Shorter answers are facts, not words: "12", "Next quarter". */
const wordsLength = 24;
const quotedLength = 110;

/**
 * The lead's own words about why it came, which are the longest answer in the form that it sent in, or the mail that was
 * the reason; and the form's other answers.
 */
export function ownWords(
  { lead, words }: Pick<BriefingView, 'lead' | 'words'>,
  why: WhyNow | null,
  once: Once,
): { quote: OwnWords | null; answers: readonly Fact[] } {
  const answers = known(lead.formAnswers.map((answer) => once(answerFact(answer, lead))));
  const longest = answers.reduce<Fact | null>(
    (best, answer) => (answer.value.length > (best?.value.length ?? wordsLength - 1) ? answer : best),
    null,
  );
  const said = longest ?? writtenWords(lead, why, words, once);
  if (!said) return { quote: null, answers };
  const [form] = lead.conversions;
  const from = longest && form ? formName(form) : words.text('briefing.theirMail');
  const text = oneLine(said.value, quotedLength);
  const isWhole = text === oneLine(said.value, Number.POSITIVE_INFINITY);
  const others = answers.filter((answer) => answer !== said);
  return { quote: { text, isWhole, from, fact: said }, answers: isWhole ? others : [said, ...others] };
}

function answerFact({ label, value }: FormAnswer, { conversions: [form] }: BriefingView['lead']): Fact {
  return {
    label,
    value: value.trim(),
    ...(form && { at: form.at }),
    source: { kind: 'form', name: form?.name ?? '' },
  };
}

/** The mail that was the reason. */
function writtenWords(
  { activities }: BriefingView['lead'],
  why: WhyNow | null,
  words: BriefingView['words'],
  once: Once,
): Fact | null {
  const source = why?.facts[0]?.source;
  const wrote = activities.find(({ id }) => source?.kind === 'activity' && source.id === id);
  if (!wrote?.text || wrote.direction !== 'inbound') return null;
  const label = words.text('briefing.theirMail');
  return once({
    label,
    value: wrote.text,
    at: wrote.at,
    source: { kind: 'activity', id: wrote.id },
  });
}
