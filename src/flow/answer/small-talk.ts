import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import { said, sayIt } from './said.ts';

const greetings = ['hi', 'hello', 'hey', 'hallo', 'hola', 'morning', 'yo', 'greetings', 'moin', 'servus'];
const thanks = [
  'thanks',
  'thank',
  'thx',
  'ty',
  'cheers',
  'danke',
  'obrigado',
  'obrigada',
  'merci',
  'great',
  'perfect',
];
const kind = ['cool', 'ok', 'okay', 'nice', 'awesome', '👍', '🙏', '👌', '❤️'];
const goodbyes = ['bye', 'goodbye', 'ciao', 'tschüss'];

/** A short kind line for words that ask nothing; null for all others. @param name of whoever says it, when it is known */
export function smallTalk(text: string, name: string | null, words: Words): Reply | null {
  const plain = text
    .toLowerCase()
    .replaceAll(/[!.,…\s]+/g, ' ')
    .trim();
  const [first = '', second = '', ...more] = plain.split(' ');
  const isGreeting = greetings.includes(first) || (first === 'good' && second !== '' && more.length === 0);
  if (isGreeting && more.length < 3) {
    const title = name
      ? words.text('commands.hello', { name: name.split(' ')[0] ?? name })
      : words.text('commands.helloStranger');
    return said(title, words.line('commands.helloText'), [
      sayIt('home', words.text('commands.myLeads')),
      sayIt('help', words.text('commands.help')),
    ]);
  }
  if (thanks.includes(first) || (kind.includes(first) && second === '')) {
    return said(words.text('commands.thanks'), words.line('commands.thanksText'));
  }
  if (goodbyes.includes(first)) return said(words.text('commands.bye'), words.line('commands.thanksText'));
  return null;
}
