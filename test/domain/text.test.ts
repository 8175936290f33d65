import { describe, expect, it } from 'vitest';
import { bold, dateTime, line, person, plain, time } from '../../src/domain/text.ts';
import { ada, at, names, stranger } from '../support/examples.ts';

describe('a line', () => {
  it('takes strings and numbers as text, whatever they hold', () => {
    expect(line`${'<@U1> *b*'} and ${2}`).toEqual([
      { kind: 'text', text: '<@U1> *b*' },
      { kind: 'text', text: ' and ' },
      { kind: 'text', text: '2' },
    ]);
  });

  it('keeps people, times and links as what they are', () => {
    const link = { kind: 'link', text: 'record', url: 'https://hubspot.example' } as const;
    expect(
      line`${person(ada, names)}${dateTime(at('15:00'))}${time(at('15:00'))}${bold('!')}${link}`,
    ).toEqual([
      { kind: 'person', id: ada, name: 'Ada Okafor' },
      { kind: 'time', at: at('15:00'), form: 'dateTime' },
      { kind: 'time', at: at('15:00'), form: 'time' },
      { kind: 'text', text: '!', bold: true },
      link,
    ]);
  });

  it('of nothing is empty', () => {
    expect(line``).toEqual([]);
  });

  it('reads as plain text, with names and with times in UTC', () => {
    const link = { kind: 'link', text: 'record', url: 'https://hubspot.example' } as const;
    expect(plain(line`${person(ada, names)}, see the ${link} by ${time(at('15:00'))}`)).toBe(
      'Ada Okafor, see the record by 15:00 UTC',
    );
  });

  it('calls somebody without a known name by their email', () => {
    expect(plain([person(stranger, names)])).toBe(stranger);
  });
});
