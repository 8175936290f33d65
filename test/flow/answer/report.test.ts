import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { answerCommand } from '../../../src/flow/answer/answer-command.ts';
import { ada, at, ben, dario, grace, henrik, minutesAfter, policy, touch } from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

async function ask(there: Office, by: string, text: string) {
  const reply = await answerCommand(there.needs)({ platform: 'slack', userId: userIdOf(by), text });
  const facts = reply.sections.flatMap((s) =>
    s.kind === 'facts' ? s.facts.map((f) => [f.label, f.value]) : [],
  );
  const texts = reply.sections.flatMap((s) => (s.kind === 'text' ? [`${s.title}: ${plain(s.text)}`] : []));
  return { title: reply.title, facts: Object.fromEntries(facts), texts };
}

/** An office where Ada got a handoff at 10:00, accepted after 5 minutes and called after 65. */
async function worked(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await there.carryOut({ type: 'markDelivered', to: ada });
  there.passMinutes(5);
  await there.carryOut({ type: 'accept', by: ada });
  there.passMinutes(60);
  await there.carryOut({ type: 'logTouch', by: ada, touch: touch() });
  return there;
}

const good = {
  Handoffs: '1',
  'Within SLA': '100%',
  'Time to acknowledge': 'median 5 min, p90 5 min (1)',
  'Time to first touch': 'median 1.1 hr, p90 1.1 hr (1)',
  Accepted: '100%',
  'Disqualified because': 'none',
};

describe('stats', () => {
  const asked: [text: string, by: string, title: string][] = [
    ['stats', ada, 'Your handoffs, last 30 days'],
    ['stats me', ada, 'Your handoffs, last 30 days'],
    ['  STATS   7D ', ada, 'Your handoffs, last 7 days'],
    ['stats 90d me', ada, 'Your handoffs, last 90 days'],
    ['stats team', ben, 'Americas, last 30 days'],
    ['stats team 7d', grace, 'Americas, last 7 days'],
  ];
  for (const [text, by, title] of asked) {
    it(`"${text}" asked by ${by} is "${title}"`, async () => {
      expect(await ask(await worked(), by, text)).toEqual({ title, facts: good, texts: [] });
    });
  }

  it('hold nobody else’s handoffs', async () => {
    const there = await worked();
    const nothing = ['Nothing yet: No handoffs in this period. They appear as leads qualify.'];
    for (const [by, text] of [
      [ben, 'stats me'],
      [dario, 'stats team'],
      [henrik, 'stats team'],
    ] as const) {
      expect((await ask(there, by, text)).texts).toEqual(nothing);
    }
  });

  it('hold the period that was asked for', async () => {
    const there = await worked();
    there.moveTo(minutesAfter(at('15:00'), 8 * 1440));
    expect((await ask(there, ada, 'stats 7d')).facts).toEqual({});
    expect((await ask(there, ada, 'stats 30d')).facts).toMatchObject({ Handoffs: '1' });
  });

  it('of whoever manages two teams hold each of them', async () => {
    const teams = policy().teams.map((team) => ({ ...team, manager: grace }));
    const there = await office({ rules: policy({ teams }) });
    await there.openHandoff();
    const reply = await ask(there, grace, 'stats team 7d');
    expect(reply).toMatchObject({ title: 'Your teams, last 7 days', facts: { Handoffs: '1' } });
    expect(reply.texts).toEqual([
      ': Americas',
      ': International',
      'Nothing yet: No handoffs in this period. They appear as leads qualify.',
    ]);
  });

  it('of a handoff that waits say that nothing is known yet', async () => {
    const there = await office();
    await there.openHandoff();
    expect((await ask(there, ada, 'stats')).facts).toEqual({
      Handoffs: '1',
      'Within SLA': 'none yet',
      'Time to acknowledge': 'none yet',
      'Time to first touch': 'none yet',
      Accepted: 'none yet',
      'Disqualified because': 'none',
    });
  });

  it('name the reasons by their labels', async () => {
    const there = await office();
    await there.openHandoff();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'timing', note: 'in May' });
    expect((await ask(there, ada, 'stats')).facts).toMatchObject({
      Accepted: '0%',
      'Disqualified because': 'Wrong timing 1',
    });
  });

  const durations: [minutes: number, words: string][] = [
    [0.5, '30 sec'],
    [1, '1 min'],
    [59, '59 min'],
    [60, '1 hr'],
    [90, '1.5 hr'],
    [47 * 60, '47 hr'],
    [72 * 60, '3 days'],
  ];
  for (const [minutes, words] of durations) {
    it(`call ${minutes} minutes ${words}`, async () => {
      const there = await office();
      await there.openHandoff();
      await there.carryOut({ type: 'markDelivered', to: ada });
      there.passMinutes(minutes);
      await there.carryOut({ type: 'accept', by: ada });
      expect((await ask(there, ada, 'stats')).facts).toMatchObject({
        'Time to acknowledge': `median ${words}, p90 ${words} (1)`,
      });
    });
  }
});
