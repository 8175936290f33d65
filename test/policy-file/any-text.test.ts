import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bentPolicy } from '../support/policies/bent.ts';
import { problemsOf, small } from '../support/policies/small.ts';

describe('whatever the text', () => {
  const example = readFileSync('policy.yaml', 'utf8')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line));
  const lines = [
    ...`${small}chat:\n  usual: teams\n  people:\n    ann@example.com: both\n`.split('\n'),
    ...example,
  ];
  const token = fc.constantFrom(
    ...[
      '*a',
      '&a ',
      '<<: *a',
      '? ',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '!!binary ',
      '!x ',
      '---',
      '...',
    ],
    ...[
      '~',
      '.nan',
      '.inf',
      '0x1F',
      '1e999',
      '2026-03-03',
      '__proto__: 1',
      'constructor: {}',
      '%YAML 1.1',
      '\t',
      '\u0000',
      '🦊',
    ],
    ...lines.map((line) => line.trim()),
  );
  /** The example policy, torn: lines dropped, doubled, moved, and tokens put anywhere. */
  const tear = fc.record({
    kind: fc.constantFrom('drop', 'double', 'insert', 'replace', 'indent'),
    line: fc.nat(example.length - 1),
    column: fc.nat(60),
    token,
  });
  const torn = fc.array(tear, { minLength: 1, maxLength: 6 }).map((tears) => {
    const text = [...example];
    for (const { kind, line, column, token } of tears) {
      const old = text[line] ?? '';
      const middle = `${old.slice(0, column)}${token}${old.slice(column)}`;
      const next = { drop: [], double: [old, old], insert: [middle], replace: [token], indent: [`  ${old}`] }[
        kind
      ];
      text.splice(line, 1, ...next);
    }
    return text.join('\n');
  });
  const anyText = fc.oneof(
    { weight: 6, arbitrary: torn },
    { weight: 6, arbitrary: bentPolicy },
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(token).map((tokens) => tokens.join('\n')),
  );

  it('it is a policy, or a PolicyError says why not', () => {
    let sound = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const problems = problemsOf(text);
        for (const problem of problems) expect(problem).not.toBe('');
        if (problems.length === 0) sound += 1;
      }),
      { numRuns: 600, seed: 1066 },
    );
    expect(sound).toBeGreaterThan(5);
  });
});
