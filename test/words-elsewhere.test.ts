import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';

/** Where words for people could be made: what reps, managers and marketing read in chats, mails and HubSpot. */
const rooms = 'src/{domain/{briefing,card,handoff,home,policy,routing},flow,adapters/{slack,teams}}/**/*.ts';

/**
 * Files in which words still stand, and how many pieces of them at most: none is added.
 * What the CLI prints, what is logged, and what whoever operates the bot is told of a configuration is in English, and is
 * no concern of this test: `src/commands`, `src/policy-file`, errors that are thrown, and what is observed.
 */
const left: Readonly<Record<string, number>> = {
  'src/adapters/slack/answer-click.ts': 1,
  'src/adapters/slack/attempt.ts': 1,
  'src/adapters/slack/modals.ts': 1,
  'src/adapters/slack/rows.ts': 1,
  'src/adapters/slack/turn-away.ts': 1,
  'src/adapters/teams/answer-form.ts': 1,
  'src/adapters/teams/answer-words.ts': 2,
  'src/adapters/teams/card.ts': 1,
  'src/adapters/teams/listeners.ts': 2,
  'src/adapters/teams/rows.ts': 1,
  'src/flow/answer/explain.ts': 6,
};

type Node = {
  type?: string;
  value?: unknown;
  tag?: { name?: string };
  quasi?: { quasis: readonly { value: { cooked: string } }[] };
  quasis?: readonly { value: { cooked: string } }[];
  key?: { name?: string };
};

/** What people are shown of cards, forms and answers. */
const shown: ReadonlySet<string> = new Set(['title', 'label', 'text', 'hint', 'placeholder', 'wrong']);

/** A word as people write it: `id` and `true` are none. */
const word = /[A-Z][a-z]{2,}|[a-z’']{3,} [a-z’']{2,}|[a-z]{4,}/;

/** Lines that are written out, and titles, labels and texts that are. */
function wordsIn(source: string): string[] {
  const found: string[] = [];
  const note = (text: string) => {
    if (word.test(text)) found.push(text);
  };
  const cooked = ({ quasis = [] }: Pick<Node, 'quasis'>) => quasis.map(({ value }) => value.cooked).join('…');
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { type = '', value, tag, quasi, key } = part as Node;
    if (type.startsWith('TS')) return;
    if (type === 'TaggedTemplateExpression' && tag?.name === 'line' && quasi) note(cooked(quasi));
    if (type === 'Property' && shown.has(key?.name ?? '') && typeof value === 'object' && value !== null) {
      const given = value as Node;
      if (given.type === 'Literal' && typeof given.value === 'string') note(given.value);
      if (given.type === 'TemplateLiteral') note(cooked(given));
    }
    for (const child of Object.values(part)) visit(child);
  };
  visit(parseSync('file.ts', source).program);
  return found;
}

const root = fileURLToPath(new URL('..', import.meta.url));

it.each(globSync(rooms, { cwd: root }))('no words for people are added to %s', (file) => {
  const words = wordsIn(readFileSync(`${root}/${file}`, 'utf8'));
  expect(words.length, words.join(' | ')).toBeLessThanOrEqual(left[file] ?? 0);
});

it('words that stand elsewhere are found, in lines and in what is shown', () => {
  const source = 'const said = { title: "Not among yours", text: line`You took it`, label: `Hello` };';
  expect(wordsIn(source)).toEqual(['Not among yours', 'You took it', 'Hello']);
  expect(wordsIn('const key = { kind: "took it" }; throw new Error("expected a value");')).toEqual([]);
});
