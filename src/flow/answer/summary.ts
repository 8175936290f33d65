import { summariesFor } from '../../domain/home/summary-readers.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { joined } from '../../domain/words/line.ts';
import { folded, meaningsOf, shownAs } from '../../domain/words/typed.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import type { Directory } from '../ports/people.ts';
import { said as answer, sayIt } from './said.ts';

const meanings = meaningsOf(['off', 'switchOn']);

/** What comes to somebody by itself, shown; or switched off, and on again. */
export async function summaryAs(
  person: PersonId,
  said: string,
  words: Words,
  { directory, policy }: { directory: Directory; policy: () => Policy },
): Promise<Reply | { wrong: string }> {
  const wish = meanings.get(folded(said));
  if (said && !wish) {
    const [off, on] = [shownAs('off', words.language), shownAs('switchOn', words.language)];
    return { wrong: words.text('summaries.unknown', { said, off, on }) };
  }
  if (wish) await directory.saveSummaryOff(person, wish === 'off');
  const title = words.text('summaries.title');
  const theirs = summariesFor(person, policy(), words);
  if (theirs.length === 0) return answer(title, words.line('summaries.none'));
  const isOff = (await directory.people()).some(({ id, summaryOff }) => id === person && summaryOff);
  return isOff
    ? answer(title, words.line('summaries.isOff'), [sayIt('summary on', words.text('summaries.on'))])
    : answer(title, joined(theirs, '\n'), [sayIt('summary off', words.text('summaries.off'))]);
}
