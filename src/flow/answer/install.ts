import { takersOf } from '../../domain/policy/people-of.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Identify } from '../people/identify.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Farewell, Welcome } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';
import { said, sayIt } from './said.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  identify: Identify;
  policy: () => Policy;
  clock: Clock;
};

/** Recognises whoever added the app, says what it will do for them, and brings them what could not reach them. */
export function welcome({
  handoffs,
  directory,
  identify,
  policy,
}: Pick<Needs, 'handoffs' | 'directory' | 'identify' | 'policy'>): Welcome {
  return async ({ platform, userId }) => {
    const person = await identify(platform, userId);
    const words = person
      ? wordsFor(person, platform, { people: await directory.people(), policy: policy() })
      : wordsIn(policy().language);
    const title = words.text('commands.helloStranger');
    if (!person) return said(title, words.line('commands.stranger'));
    await handoffs.deliverAgain(person);
    const takes = takersOf(policy()).includes(person);
    return said(title, words.line(takes ? 'commands.leadsCome' : 'commands.othersAsk'), [
      sayIt('home', words.text('commands.myLeads')),
      ...(takes ? [sayIt('sample', words.text('commands.sample'))] : []),
      sayIt('help', words.text('commands.help')),
    ]);
  };
}

/** Forgets the account, so that the next card goes where the person still is. */
export function farewell({ directory, clock }: Pick<Needs, 'directory' | 'clock'>): Farewell {
  return async ({ platform, userId }) => {
    const person = await directory.byAccount(platform, userId);
    if (person) await directory.saveAccount(person, platform, null, clock());
  };
}
