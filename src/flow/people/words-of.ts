import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { type Language, languageOf, type Words, wordsIn } from '../../domain/words/words.ts';
import type { Person } from '../ports/people.ts';

/** What is needed to know which language somebody reads. */
export type Readers = { people: readonly Person[]; policy: Pick<Policy, 'language'> };

/** Why somebody reads a language: they say so, one of their chats does, or the company has it. */
export type LanguageReason =
  | { kind: 'chosen' }
  | { kind: 'fromChat'; platform: Platform }
  | { kind: 'fromCompany' };

/**
 * The language that somebody has chosen; or that of the chat; where that does not tell it, of the other one; and the
 * company's, when neither does or there are no words in it.
 */
export function languageFor(
  reader: PersonId,
  platform: Platform,
  { people, policy }: Readers,
): { language: Language; because: LanguageReason } {
  const { language: chosen, accounts = [] } = people.find(({ id }) => id === reader) ?? {};
  if (chosen) return { language: chosen, because: { kind: 'chosen' } };
  const [here, elsewhere] = [true, false].map((isHere) =>
    accounts.find((account) => (account.platform === platform) === isHere && account.locale),
  );
  const told = here ?? elsewhere;
  const language = languageOf(told?.locale);
  return told && language
    ? { language, because: { kind: 'fromChat', platform: told.platform } }
    : { language: policy.language, because: { kind: 'fromCompany' } };
}

/** The words of the language that somebody reads in a chat. */
export function wordsFor(reader: PersonId, platform: Platform, readers: Readers): Words {
  return wordsIn(languageFor(reader, platform, readers).language);
}
