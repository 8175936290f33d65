import fc from 'fast-check';
import { bold, dateTime, person, type Span, time } from '../../../src/domain/words/line.ts';

// Whatever a lead or a colleague may have written, for renderers that have to bear it.

const names = new Map([['ana@acme.test', 'Ana Silva']]);
export const ana = person('ana@acme.test', names);
export const people = new Map([['ana@acme.test', 'U0ANA']]);

export const wildText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom('', ' ', '\u0000\u0007', '\ud83d', '<!channel>', '"\\"\\"'),
  fc
    .tuple(fc.constantFrom('x', '😀', '"', '\\', '\u0000', '\n'), fc.integer({ min: 0, max: 6000 }))
    .map(([unit, times]) => unit.repeat(times)),
);
export const someTime = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
export const someUrl = fc.oneof(fc.webUrl(), wildText, fc.constant(`https://x.test/${'y'.repeat(4000)}`));
const someSpan: fc.Arbitrary<Span> = fc.oneof(
  wildText.map((text): Span => ({ kind: 'text', text })),
  wildText.map(bold),
  fc.constantFrom(ana, person('bo@acme.test', names)),
  someTime.map(dateTime),
  someTime.map(time),
  fc.record({ kind: fc.constant('link' as const), text: wildText, url: someUrl }),
);
export const someLine = fc.array(someSpan, { maxLength: 80 });
