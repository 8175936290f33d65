import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { languageOf, type Words, wordsIn } from '../../domain/words/words.ts';
import type { Person } from '../ports/people.ts';

/** What is needed to know which language somebody reads. */
export type Readers = { people: readonly Person[]; policy: Pick<Policy, 'language'> };

/**
 * The words of somebody's language in a chat; where that chat does not tell it, of the other one; and the company's, when
 * neither does or there are no words in it.
 */
export function wordsFor(reader: PersonId, platform: Platform, { people, policy }: Readers): Words {
  const accounts = people.find(({ id }) => id === reader)?.accounts ?? [];
  const [here, elsewhere] = [true, false].map((isHere) =>
    accounts.find((account) => (account.platform === platform) === isHere && account.locale),
  );
  return wordsIn(languageOf((here ?? elsewhere)?.locale) ?? policy.language);
}
