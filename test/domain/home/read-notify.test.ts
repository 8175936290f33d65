import { expect, it } from 'vitest';
import { type NotifyWish, readNotify, sayRule } from '../../../src/domain/home/read-notify.ts';
import type { NotifyRule } from '../../../src/domain/policy/policy.ts';

const add = (rule: NotifyRule): NotifyWish => ({ do: 'add', rule });
const mail = (afterMinutes: number): NotifyRule => ({ kind: 'mail', afterMinutes });

const table: [words: string, NotifyWish][] = [
  ['', { do: 'show' }],
  ['mail after 30 min', add(mail(30))],
  ['Mail 30', add(mail(30))],
  ['mail in 2 hours', add(mail(120))],
  ['mail after 1h', add(mail(60))],
  ['again after 10 min', add({ kind: 'again', afterMinutes: 10 })],
  ['me again in 10 minutes', add({ kind: 'again', afterMinutes: 10 })],
  ['webhook Pager-1 after 15 min', add({ kind: 'webhook', name: 'Pager-1', afterMinutes: 15 })],
  ['remove mail after 30 min', { do: 'remove', rule: mail(30) }],
  ['no mail 30', { do: 'remove', rule: mail(30) }],
  ['off', { do: 'removeAll' }],
  ['remove all', { do: 'removeAll' }],
  ['mail', { do: 'unknown' }],
  ['mail after 0 min', { do: 'unknown' }],
  ['mail after a while', { do: 'unknown' }],
  ['webhook after 15 min', { do: 'unknown' }],
  ['pigeon after 15 min', { do: 'unknown' }],
];

it.each(table)('"%s" is read', (words, wish) => {
  expect(readNotify(words)).toEqual(wish);
});

it('what a button says is read as the same rule', () => {
  const rules: NotifyRule[] = [mail(30), { kind: 'webhook', name: 'pager', afterMinutes: 90 }];
  for (const rule of rules) expect(readNotify(sayRule(rule))).toEqual(add(rule));
});
