import { plain } from '../words/line.ts';
import { toldOnce } from './fact.ts';
import { withFilledIn } from './filled-in.ts';
import { ownWords } from './own-words.ts';
import { signals } from './signals.ts';
import { summary } from './summary.ts';
import type { LeadView } from './view.ts';
import { whatTheyAre } from './what-they-are.ts';
import { whyNow } from './why-now.ts';

/** What somebody should know who reads of the lead elsewhere than on a card, as in HubSpot's tasks: a line each. */
export function inShort(known: LeadView): string {
  const view = { ...known, lead: withFilledIn(known.lead, known.log) };
  const once = toldOnce();
  const role = whatTheyAre(view, once);
  const why = whyNow(view, once);
  const { quote } = ownWords(view, why, once);
  const lines = [
    role && plain(role.line),
    why && plain(why.line),
    quote && `“${quote.fact.value}”`,
    signals(view, why, once)
      ?.facts.map(({ value }) => value)
      .join(', '),
    summary(view)?.text,
  ];
  return lines.filter(Boolean).join('\n');
}
