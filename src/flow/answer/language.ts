import { chatNames, type PersonId, type Platform, type Policy } from '../../domain/policy/policy.ts';
import { folded, meaningsOf } from '../../domain/words/typed.ts';
import { type Language, languageOf, languages, wordsIn } from '../../domain/words/words.ts';
import { languageFor } from '../people/words-of.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Directory } from '../ports/people.ts';
import { said, sayIt } from './said.ts';

type Needs = { directory: Directory; handoffs: Pick<Handoffs, 'redrawFor'>; policy: () => Policy };

const automatic = meaningsOf(['auto']);

/** In which language somebody is written to, and why: shown, or chosen by its code, its name, or as their chat has it. */
export async function languageAs(
  person: PersonId,
  platform: Platform,
  behind: string,
  needs: Needs,
): Promise<Reply> {
  const wish = wishIn(behind);
  if (wish?.choice !== undefined) {
    await needs.directory.saveLanguage(person, wish.choice);
    await needs.handoffs.redrawFor(person);
  }
  const people = await needs.directory.people();
  const { language, because } = languageFor(person, platform, { people, policy: needs.policy() });
  const words = wordsIn(language);
  const others = languages.map((one) => sayIt(`language ${one}`, nameIn(one, one)));
  const choices =
    because.kind === 'chosen' ? [...others, sayIt('language auto', words.text('language.auto'))] : others;
  if (!wish) {
    return said(words.text('language.unknown', { said: behind }), words.line('language.choose'), choices);
  }
  const why =
    because.kind === 'fromChat'
      ? words.line('language.fromChat', { chat: chatNames[because.platform] })
      : words.line(`language.${because.kind}`);
  return said(words.text('language.title', { language: nameIn(language, language) }), why, choices);
}

/** `choice` null: as their chat has it; absent: they only ask. Null: no language that there are words in. */
function wishIn(behind: string): { choice?: Language | null } | null {
  const wanted = folded(behind);
  if (wanted === '') return {};
  if (automatic.has(wanted)) return { choice: null };
  const named = languages.find((one) => languages.some((other) => folded(nameIn(one, other)) === wanted));
  const choice = named ?? languageOf(wanted);
  return choice && { choice };
}

/** What a language is called in another, or in itself. */
function nameIn(language: Language, speaking: Language): string {
  return new Intl.DisplayNames(speaking, { type: 'language' }).of(language) ?? language;
}
