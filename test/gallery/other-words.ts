import fc from 'fast-check';
import type { Told } from '../../sandbox/gallery/history.ts';

/** Something that a lead may have written, so many times in a row; `times` 0: what it wrote in the example. */
type Writing = { text: string; times: number };

/** What people put into forms, and what a chat might take for something else. */
const live = [
  '<!channel>',
  '<!everyone> *b* _i_ ~s~ `c`',
  '<https://evil.example|click here>',
  '<@U0000000001>',
  '[click](https://evil.example)',
  '**b** __i__\n# h\n- l\n1. n',
  '![x](https://evil.example/x.png)',
  '<b>b</b><script>alert(1)</script>&amp;&lt;',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}} {{TIME(2026-01-01T00:00:00Z)}}',
  'https://evil.example mailto:eve@evil.example',
  '\u202Egnp.exe\u202C \u200F\u2066',
  '👩‍👩‍👧‍👦🏴‍☠️',
  '\n\n\n',
  '\u0000\u0007\ud83d',
];
const times = (most: number) => fc.integer({ min: 1, max: most });

/** Words for all that a lead wrote, and that people wrote about it. */
export const anyWords: fc.Arbitrary<Writing[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ text: '', times: 0 }) },
    { weight: 2, arbitrary: fc.record({ text: fc.constantFrom(...live), times: times(3) }) },
    fc.record({ text: fc.constantFrom(...live), times: times(700) }),
    fc.record({ text: fc.constantFrom('x', '漢', '😀', 'word ', ' '), times: times(10_000) }),
    fc.record({ text: fc.string({ unit: 'binary', maxLength: 60 }), times: fc.constant(1) }),
  ),
  { minLength: 1, maxLength: 30 },
);

/** What in a lead is HubSpot's word, or ours. */
const fixed: ReadonlySet<string> = new Set([
  'id',
  'formerIds',
  'ownerId',
  'kind',
  'direction',
  'timeZone',
  'lawfulBasis',
]);

/** The same story of a lead that writes other words, one after the other and again from the first. */
export function withWords(told: Told, words: readonly Writing[]): Told {
  let used = 0;
  const written = (before: string): string => {
    const word = words[used % words.length];
    used += 1;
    return word === undefined || word.times === 0 ? before : word.text.repeat(word.times);
  };
  const rewritten = (value: unknown, isOurs: (name: string) => boolean, name = ''): unknown => {
    if (typeof value === 'string') return isOurs(name) ? value : written(value);
    if (Array.isArray(value)) return value.map((one) => rewritten(one, isOurs, name));
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    const entries = Object.entries(value).map(([key, one]) => [key, rewritten(one, isOurs, key)] as const);
    return Object.fromEntries(entries);
  };
  const lead = rewritten(told.lead, (name) => fixed.has(name)) as Told['lead'];
  const isNoSaying = (name: string) => name !== 'evidence' && name !== 'note';
  return {
    ...told,
    lead: { ...lead, url: told.lead.url },
    log: rewritten(told.log, isNoSaying) as Told['log'],
    handoff: rewritten(told.handoff, isNoSaying) as Told['handoff'],
  };
}
