import { expect, test } from 'vitest';
import { sampleCard } from '../../../src/domain/home/sample.ts';
import { settingsOf } from '../../../src/domain/home/settings.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { ada, americas, at, ben, grace, member, names, policy, span } from '../../support/examples.ts';

const words = wordsIn('en');

function facts(person: string, rules = policy()): string[] {
  return settingsOf(person, rules, words).flatMap((section) =>
    section.kind === 'facts' ? section.facts.map(({ label, value }) => `${label}: ${value}`) : [],
  );
}

test('people read where their cards come, and when they are at work', () => {
  const [day, short] = [[span('09:00-12:00'), span('13:00-17:00')], [span('09:00-12:00')]];
  const hours = { zone: 'America/New_York', week: { 1: day, 2: day, 4: day, 5: short } };
  const teams = [{ ...americas, members: [member(), member({ id: ben, hours })] }];
  const chat = { usual: 'slack', people: new Map([[ben, 'both' as const]]) } as const;
  const rules = policy({ teams, chat });
  expect(facts(ada, rules)).toEqual([
    'Your cards come to: Slack',
    'You work: Mon–Fri 9:00 AM–5:30 PM (America/New York)',
  ]);
  const twice = '9:00 AM–12:00 PM and 1:00 PM–5:00 PM';
  expect(facts(ben, rules)).toEqual([
    'Your cards come to: Slack and Teams',
    `You work: Mon–Tue ${twice}, Thu ${twice}, Fri 9:00 AM–12:00 PM (America/New York)`,
  ]);
});

test.each([ada, grace])('a sample is a card as %s will get them, and says what it is', (reader) => {
  const card = sampleCard({ reader, policy: policy(), names, words, now: at('15:10') });
  expect(card.title).toMatch(/^Sample · /);
  expect(plain(card.status)).toMatch(/^This is a sample\. /);
  expect(card.actions.length).toBeGreaterThan(0);
  expect(card.actions.some(({ kind }) => kind === 'link')).toBe(false);
});
