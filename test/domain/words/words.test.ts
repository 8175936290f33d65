import { describe, expect, test } from 'vitest';
import { dateTime, line, person, plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';

const words = wordsIn('en');

describe('a message of the catalogue', () => {
  test('keeps a time as a span, for the chat to write in the reader’s zone', () => {
    const due = dateTime(new Date('2026-11-20T14:18:00Z'));
    expect(words.line('card.acceptBy', { due })).toEqual([{ kind: 'text', text: 'respond by ' }, due]);
  });

  test('takes a line apart into its spans', () => {
    const due = line`${person('ada', new Map([['ada', 'Ada']]))}'s morning`;
    expect(plain(words.line('card.acceptBy', { due }))).toBe("respond by Ada's morning");
  });

  test('takes words that look like a placeholder or markup as they are', () => {
    expect(words.text('card.acceptBy', { due: '{$due} {#b}x{/b} <b>' })).toBe(
      'respond by {$due} {#b}x{/b} <b>',
    );
  });

  test('has no room for a time where there is plain text only', () => {
    expect(() => words.text('card.acceptBy', { due: dateTime(new Date(0)) })).toThrow('A time cannot stand');
  });

  test('lists what there is as the language does', () => {
    expect(words.list(['Maya', 'Zoë', 'Tomás'])).toBe('Maya, Zoë, and Tomás');
    expect(plain(words.lines([line`Maya`, line`Zoë`]))).toBe('Maya and Zoë');
  });
});
