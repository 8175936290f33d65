import { describe, expect, test } from 'vitest';
import { dateTime, line, person, plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';

const words = wordsIn('en');

describe('a message of the catalogue', () => {
  test('keeps a time as a span, for the chat to write in the reader’s zone', () => {
    const due = dateTime(new Date('2026-11-20T14:18:00Z'));
    expect(words.line('card.reachOutBy', { due })).toEqual([
      { kind: 'text', text: 'Yours. Reach out by ', bold: true },
      { ...due, bold: true },
    ]);
  });

  test('takes a line apart into its spans', () => {
    const due = line`${person('ada', new Map([['ada', 'Ada']]))}'s morning`;
    expect(plain(words.line('card.reachOutBy', { due }))).toBe("Yours. Reach out by Ada's morning");
  });

  test('takes words that look like a placeholder or markup as they are', () => {
    expect(words.text('card.reachOutBy', { due: '{$due} {#b}x{/b} <b>' })).toBe(
      'Yours. Reach out by {$due} {#b}x{/b} <b>',
    );
  });

  test('has no room for a time where there is plain text only', () => {
    expect(() => words.text('card.reachOutBy', { due: dateTime(new Date(0)) })).toThrow(
      'A time cannot stand',
    );
  });

  test('lists what there is as the language does', () => {
    expect(words.list(['Maya', 'Zoë', 'Tomás'])).toBe('Maya, Zoë, and Tomás');
    expect(plain(words.lines([line`Maya`, line`Zoë`]))).toBe('Maya and Zoë');
  });
});
