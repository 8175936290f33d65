import { describe, expect, it } from 'vitest';
import type { Platform } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { answerCommand } from '../../../src/flow/answer/answer-command.ts';
import { ada, at, lead, policy, routing, stranger } from '../../support/examples.ts';
import { type Office, office, teamsUserIdOf, userIdOf } from '../../support/office.ts';

async function ask(there: Office, by: string, text: string, platform: Platform = 'slack') {
  const userId = platform === 'slack' ? userIdOf(by) : teamsUserIdOf(by);
  const reply = await answerCommand(there.needs)({ platform, userId, text });
  const texts = reply.sections.flatMap((s) => (s.kind === 'text' ? [`${s.title}: ${plain(s.text)}`] : []));
  const facts = reply.sections.flatMap((s) => (s.kind === 'facts' ? s.facts : []));
  return { title: reply.title, texts, facts };
}

const usage = 'Try: /handoff stats [me|team] [7d|30d|90d] or /handoff help';

describe('words that nobody understands', () => {
  const table: [text: string, by: string, title: string][] = [
    ['dance', ada, 'I do not know "dance".'],
    ['constructor', ada, 'I do not know "constructor".'],
    ['stats yesterday', ada, 'I do not understand "yesterday".'],
    ['stats constructor', ada, 'I do not understand "constructor".'],
    ['why', ada, 'Which lead? Ask by email, HubSpot id, or at least three letters of the name.'],
    [
      'why somebody else',
      ada,
      'I know no lead "somebody else" of yours (by email or HubSpot id I tell with whom another one is), or it is kept no longer.',
    ],
    ['stats', stranger, 'You are not among the people of this handoff policy.'],
    ['ooo', stranger, 'You are not among the people of this handoff policy.'],
    ['why 501', stranger, 'You are not among the people of this handoff policy.'],
  ];
  for (const [text, by, title] of table) {
    it(`"${text}" is answered "${title}" and how to ask`, async () => {
      const there = await office();
      expect(await ask(there, by, text)).toEqual({ title, texts: [usage], facts: [] });
      expect(await there.needs.directory.absences(there.needs.clock())).toEqual(new Map());
    });
  }

  it('a team is asked for by somebody who is in none', async () => {
    const alone = 'reception@example.com';
    const there = await office({ rules: policy({ routing: routing([], alone) }) });
    there.chat.accounts.set(alone, userIdOf(alone));
    expect(await ask(there, alone, 'stats team')).toEqual({
      title: 'You are in no team of the policy.',
      texts: [usage],
      facts: [],
    });
  });
});

it('words are understood whatever their case and the blanks between them', async () => {
  const there = await office();
  expect((await ask(there, ada, '  OOO   until   Friday ')).title).toBe('Pause your leads?');
  expect((await ask(there, ada, 'Back')).title).toBe('Welcome back');
  expect((await ask(there, ada, ' STATS  TEAM ')).title).toBe('Americas, last 30 days');
});

it('why tells of a lead what was decided', async () => {
  const there = await office();
  await there.openHandoff(lead());
  expect((await ask(there, ada, 'why Lena Fischer')).title).toBe('Why: Lena Fischer');
});

const help = (typed: string) => [
  `${typed}home: What waits for you, the most urgent first, with a button for each.`,
  `${typed}stats [me|team] [7d|30d|90d]: Speed and quality of your own or your team's handoffs.`,
  `${typed}why <lead>: Why a lead came to whom it came, or to nobody. By email, HubSpot id, or three letters of the name and more.`,
  `${typed}recycled: Which leads went back to nurture because their time had not come, and until when.`,
  `${typed}overturn <lead>: For managers: a lead that was sent back goes on where it was.`,
  `${typed}ooo [until]: No leads for you until then: today, tomorrow 14:00, friday, 3 days, Dec 24, or 12/24 - 1/2. Without a time it lasts until you say that you are back. You are asked first.`,
  `${typed}back: You take leads again.`,
  `${typed}settings: Where your cards come, and when you are at work.`,
  `${typed}sample: A card to look at; nothing that you do on it has an effect.`,
  `${typed}help: This list.`,
  [
    'On the cards: Accept says that you take the lead.',
    'Log a Touch says that you reached out; a call or an email in HubSpot does as well.',
    'Disqualify sends it back with the reason. Snooze keeps the reminders away, twice at most.',
    'Hand Back gives it to somebody else at once. Claim takes a lead that was offered to your team.',
  ].join(' '),
  "On a manager's cards: Reassign, Take It and Give Grace decide what becomes of a lead that waits. Ping asks its rep to look at it.",
];

it('help tells every command and what the buttons mean, to strangers too', async () => {
  for (const text of ['help', 'HELP me']) {
    const { title, texts } = await ask(await office(), stranger, text);
    expect([title, texts]).toEqual(['What you can ask', help('/handoff ')]);
  }
});

describe('in Teams, where people type the words as a message', () => {
  const inTeams = (there: Office, by: string, text: string) => ask(there, by, text, 'teams');

  it('the same words have the same answer', async () => {
    const there = await office({ withTeams: true });
    await there.openHandoff();
    expect(await inTeams(there, ada, 'stats me 7d')).toEqual(await ask(there, ada, 'stats me 7d'));
    expect(await inTeams(there, ada, 'why 501')).toEqual(await ask(there, ada, 'why 501'));
  });

  it('who is away says so once for both chats', async () => {
    const there = await office({ withTeams: true });
    const asked = await answerCommand(there.needs)({
      platform: 'teams',
      userId: teamsUserIdOf(ada),
      text: 'ooo',
    });
    const [go] = asked.actions ?? [];
    await inTeams(there, ada, go?.kind === 'say' ? go.words : '');
    const away = () => there.needs.directory.absences(there.needs.clock());
    expect((await away()).get(ada)).toEqual([
      { from: at('15:00:02'), until: null, why: { kind: 'outOfOffice' } },
    ]);
    await ask(there, ada, 'back');
    expect((await away()).get(ada)).toBeUndefined();
  });

  it('help tells the words without a slash', async () => {
    expect((await inTeams(await office({ withTeams: true }), ada, 'help')).texts).toEqual(help(''));
  });

  it('words that nobody understands are answered with those that can be typed there', async () => {
    const there = await office({ withTeams: true });
    expect(await inTeams(there, ada, 'dance')).toMatchObject({
      title: 'I do not know "dance".',
      texts: ['Try: stats [me|team] [7d|30d|90d] or help'],
    });
  });
});
