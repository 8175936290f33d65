import type { ReplyAction } from '../../domain/card/reply-action.ts';
import { sightOf } from '../../domain/handoff/rights.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { mistakesAllowed, mistakesBetween } from '../../domain/words/meant.ts';
import { folded, shownAs } from '../../domain/words/typed.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import { likelyLeads } from './likely-leads.ts';
import { said, sayIt } from './said.ts';
import { synonymOf, wordsMeantIn } from './usage.ts';
import { candidates } from './why.ts';

/** Words that are no command: whatever may have been meant by them, a command or a lead. */
export async function notUnderstood(
  person: PersonId,
  text: string,
  words: Words,
  { handoffs, policy }: { handoffs: Handoffs; policy: () => Policy },
): Promise<Reply> {
  const [verb = '', ...rest] = text.split(' ');
  const meant = meantBy(folded(verb), words);
  const leads = await likelyLeads(text, sightOf(person, policy()), handoffs);
  const commands = meant.map((one) => sayIt([one, ...rest].join(' '), capital([one, ...rest].join(' '))));
  const found: ReplyAction[] = [...commands, ...candidates(leads)];
  const title = words.text('commands.unknown', { said: text });
  return found.length > 0
    ? said(title, words.line('commands.didYouMean'), found)
    : said(title, words.line('commands.tryThese'), usualAsks(words));
}

/** What most people ask most. */
export function usualAsks(words: Words): ReplyAction[] {
  return [
    sayIt('home', words.text('commands.myLeads')),
    sayIt('stats', words.text('commands.stats')),
    sayIt('help', words.text('commands.help')),
  ];
}

/** The words that are understood and may have been meant, the nearest first. */
function meantBy(said: string, { language }: Words): string[] {
  const synonym = synonymOf(said);
  if (synonym) return [shownAs(synonym, language)];
  const near = wordsMeantIn(language)
    .map((one) => ({ ...one, mistakes: mistakesBetween(said, one.word) }))
    .filter(({ mistakes }) => mistakes <= mistakesAllowed(said))
    .toSorted((a, b) => a.mistakes - b.mistakes);
  const each = near.filter(({ verb }, place) => near.findIndex((one) => one.verb === verb) === place);
  return each.slice(0, 2).map(({ word }) => word);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
