import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';

type Node = { type?: string; regex?: { pattern: string; flags: string }; callee?: { name?: string } };

/** What stands in a file: patterns, and places where one is put together at run time. */
function patternsIn(source: string) {
  const patterns: { pattern: string; flags: string }[] = [];
  let putTogether = 0;
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { type, regex, callee } = part as Node;
    if (type === 'Literal' && regex) patterns.push(regex);
    const isCall = type === 'NewExpression' || type === 'CallExpression';
    if (isCall && callee?.name === 'RegExp') putTogether += 1;
    for (const child of Object.values(part)) visit(child);
  };
  visit(parseSync('file.ts', source).program);
  return { patterns, putTogether };
}

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = globSync('**/*.ts', { cwd: src, exclude: ['**/generated/**'] }).map((name) => ({
  name,
  ...patternsIn(readFileSync(`${src}/${name}`, 'utf8')),
}));

describe('no text can make a pattern take longer than in proportion to its length', () => {
  it('because none is put together at run time, where nobody could check it', () => {
    expect(files.filter(({ putTogether }) => putTogether > 0).map(({ name }) => name)).toEqual([]);
  });

  const all = files.flatMap(({ name, patterns }) => patterns.map((one) => ({ name, ...one })));
  it.each(all)('in $name: /$pattern/$flags', ({ pattern, flags }) => {
    expect(checkSync(pattern, flags).status).toBe('safe');
  });

  it('and one that does would be found', () => {
    const { patterns, putTogether } = patternsIn('text.replace(/<[^>]*>/g, ""); new RegExp(text)');
    expect(patterns.map(({ pattern, flags }) => checkSync(pattern, flags).status)).toEqual(['vulnerable']);
    expect(putTogether).toBe(1);
  });
});
