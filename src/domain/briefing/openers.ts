import type { Lead } from '../lead/lead.ts';
import { isLanguage } from '../policy/compare-words.ts';
import { oneLine } from '../words/line.ts';
import { languages, type Words, wordsIn } from '../words/words.ts';
import { formName, isMeetingPage } from './form-name.ts';
import type { BriefingView } from './view.ts';

/** A first sentence for a mail, and one for a call, to be said or sent as it is. */
export type Openers = { mail: string; call: string };

const mostLength = 280;
const mostQuoted = 120;
const mostNamed = 60;

/**
 * First sentences made of what the lead told us itself: of what it looked at nobody speaks, as that would show that it was
 * watched. The more personal goes first: their own words, then the form, then how it ended the last time.
 * @param words of the lead's language
 */
export function openers(
  { lead, handoff, quote }: Pick<BriefingView, 'lead' | 'handoff'> & { quote: string | null },
  words: Words,
): Openers {
  const [sent] = lead.conversions;
  const said = quote && sayable(quote, mostQuoted);
  const form = sent && !isMeetingPage(sent) ? sayable(formName(sent), mostNamed) : null;
  const greeting = greetingOf(lead, words);
  const [mail, call] = said
    ? [words.text('briefing.mailAboutWords', { said }), words.text('briefing.callAboutWords', { said })]
    : handoff.back?.outcome === 'recycled'
      ? [words.text('briefing.mailBack'), words.text('briefing.callBack')]
      : form
        ? [words.text('briefing.mailAboutForm', { form }), words.text('briefing.callAboutForm', { form })]
        : [words.text('briefing.mailPlain'), words.text('briefing.callPlain')];
  return {
    mail: oneLine(`${greeting} ${mail}`, mostLength),
    call: oneLine(`${greeting} ${call}`, mostLength),
  };
}

function greetingOf({ name }: Pick<Lead, 'name'>, words: Words): string {
  const first = name?.split(/\s/)[0] ?? '';
  // Nobody is called by another name than their own.
  const called = sayable(first, mostNamed) === first ? first : '';
  return called ? words.text('briefing.hello', { name: called }) : words.text('briefing.helloNobody');
}

/** What markup, addresses and mentions are made of. A name or a sentence with one of these is for nobody to repeat. */
const unsayable = /[<>[\]{}|\\`*_~@#^=]|:\/\/|www\.|\]\(/;

/** What a lead wrote as one line, for a person to repeat; null where it would be more than words, or too long for that. */
function sayable(text: string, most: number): string | null {
  const said = oneLine(text, Number.POSITIVE_INFINITY).replaceAll(/[“”"]/g, '’');
  return said === '' || said.length > most || unsayable.test(said) ? null : said;
}

/** The words of the lead's language, where there are any. */
export function theirWords({ lead: { language }, words }: Pick<BriefingView, 'lead' | 'words'>): Words {
  const own = languages.find((one) => language !== null && isLanguage(language, one));
  return own ? wordsIn(own) : words;
}
