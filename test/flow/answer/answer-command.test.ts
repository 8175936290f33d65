import { describe, expect, it } from 'vitest';
import type { Platform } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { answerCommand } from '../../../src/flow/answer/answer-command.ts';
import { ada, at, ben, lead, policy, routing, stranger } from '../../support/examples.ts';
import { type Office, office, teamsUserIdOf, userIdOf } from '../../support/office.ts';

async function ask(there: Office, by: string, text: string, platform: Platform = 'slack') {
  const userId = platform === 'slack' ? userIdOf(by) : teamsUserIdOf(by);
  const reply = await answerCommand(there.needs)({ platform, userId, text });
  const texts = reply.sections.flatMap((s) => (s.kind === 'text' ? [`${s.title}: ${plain(s.text)}`] : []));
  const facts = reply.sections.flatMap((s) => (s.kind === 'facts' ? s.facts : []));
  return { title: reply.title, texts, facts };
}

/** What somebody reads, and what the buttons say. */
async function answerTo(there: Office, by: string, text: string) {
  const { title, actions = [] } = await answerCommand(there.needs)({
    platform: 'slack',
    userId: userIdOf(by),
    text,
  });
  return { title, says: actions.flatMap((action) => (action.kind === 'say' ? [action.words] : [])) };
}

describe('words that are no command', () => {
  const usual = ['home', 'stats', 'help'];
  const table: [text: string, title: string, says: string[]][] = [
    ['dance', 'I don\'t know "dance" yet', usual],
    ['constructor', 'I don\'t know "constructor" yet', usual],
    ['stast team', 'I don\'t know "stast team" yet', ['stats team']],
    ['vacation friday', 'I don\'t know "vacation friday" yet', ['ooo friday']],
    ['leads', 'I don\'t know "leads" yet', ['queue']],
    ['hlep', 'I don\'t know "hlep" yet', ['help']],
    ['stats yesterday', 'I don\'t know "yesterday" there', usual],
  ];
  it.each(table)('"%s" is answered with what may be meant', async (text, title, says) => {
    const there = await office();
    expect(await answerTo(there, ada, text)).toEqual({ title, says });
    expect(await there.needs.directory.absences(there.needs.clock())).toEqual(new Map());
  });

  it('but a lead are answered with a button for it', async () => {
    const there = await office();
    await there.openHandoff(lead());
    expect(await answerTo(there, ada, 'lena fisher')).toEqual({
      title: 'I don\'t know "lena fisher" yet',
      says: ['why 501'],
    });
    expect((await answerTo(there, ben, 'lena fisher')).says).toEqual(usual);
  });

  it.each(['hi', 'Hello!', 'hey there', 'Good morning'])('"%s" is greeted back', async (text) => {
    expect(await answerTo(await office(), ada, text)).toEqual({ title: 'Hi Ada!', says: ['home', 'help'] });
    expect((await answerTo(await office(), stranger, text)).title).toBe('Hi!');
  });

  it.each(['thanks!', 'Thank you', 'thx', '👍', 'ok'])('"%s" has a short kind line', async (text) => {
    expect(await answerTo(await office(), ada, text)).toEqual({ title: "You're welcome!", says: [] });
  });

  it.each(['stats', 'ooo', 'why 501', 'dance', ''])(
    '"%s" of a stranger is answered whom to ask',
    async (text) => {
      const { title, texts } = await ask(await office(), stranger, text);
      expect(title).toBe('Hello');
      expect(texts.join()).toContain('ask whoever keeps it to add your email');
    },
  );

  it('the team of the fallback, who is in none, is everybody', async () => {
    const alone = 'reception@example.com';
    const there = await office({ rules: policy({ routing: routing([], alone) }) });
    there.chat.accounts.set(alone, userIdOf(alone));
    expect((await answerTo(there, alone, 'stats team')).title).toBe('All teams, last 30 days');
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
  expect((await ask(there, ada, 'why Lena Fischer')).title).toBe('Why: Lena Fischer · Northwind Robotics');
});

it('opener gives what can be copied, to whoever may see the lead', async () => {
  const there = await office();
  await there.openHandoff(lead());
  const who = { platform: 'slack', userId: userIdOf(ada) } as const;
  const reply = await answerCommand(there.needs)({ ...who, text: 'opener Lena Fischer' });
  expect(reply.title).toBe('Opener: Lena Fischer · Northwind Robotics');
  const thanks = expect.stringMatching(/^Hi Lena, thank you for filling in/);
  expect(reply.sections).toEqual([
    { kind: 'copy', title: 'To write', text: thanks },
    { kind: 'copy', title: 'To say', text: expect.stringMatching(/^Hi Lena/) },
  ]);
  expect((await ask(there, ben, 'opener Lena Fischer')).title).toBe('Which lead?');
  expect((await ask(there, ada, 'opener')).title).toBe('Which lead?');
});

const help = (typed: string) => [
  `${typed}home: What waits for you, the most urgent first, with a button for each.`,
  `${typed}stats [team|a name] [7d|month|quarter]: Speed and quality of your own or your team's handoffs.`,
  `${typed}why <lead>: Why a lead came to whom it came, or to nobody. By email, HubSpot id, or three letters of the name and more.`,
  `${typed}opener <lead>: A first sentence to a lead to copy: one to write, one to say.`,
  `${typed}dashboard: Numbers, charts and what is open, in the browser: a link that is yours alone.`,
  `${typed}recycled: Which leads went back to nurture because their time had not come, and until when.`,
  `${typed}overturn <lead>: For managers: a lead that was sent back goes on where it was.`,
  `${typed}ooo [until]: No leads for you until then: today, tomorrow 14:00, friday, 3 days, Dec 24, or 12/24 - 1/2. Without a time it lasts until you say that you are back. You are asked first.`,
  `${typed}back: You take leads again.`,
  `${typed}language [de|en|pt|auto]: In which language I write to you.`,
  `${typed}settings: Where your cards come, and when you are at work.`,
  `${typed}sample: A card to look at; nothing that you do on it has an effect.`,
  `${typed}help [all]: This list.`,
  [
    'On the cards: Accept says that you take the lead.',
    'Log a Touch says that you reached out; a call or an email in HubSpot does as well.',
    'Disqualify sends it back with the reason. Snooze keeps the reminders away, twice at most.',
    'Hand Back gives it to somebody else at once. Claim takes a lead that was offered to your team.',
  ].join(' '),
  "On a manager's cards: Reassign, Take It and Allow More Time decide what becomes of a lead that waits. Nudge asks its rep to look at it.",
];

it('help all tells every command and what the buttons mean', async () => {
  for (const text of ['help all', 'HELP ALL']) {
    const { title, texts } = await ask(await office(), ada, text);
    expect([title, texts]).toEqual(['What you can ask me', help('/handoff ')]);
  }
  expect((await ask(await office(), stranger, 'help')).texts).toEqual(help('/handoff '));
});

it('help gives examples that work for whoever asks: a lead of theirs, and whose turn is next', async () => {
  const there = await office();
  await there.openHandoff(lead());
  const reply = await answerCommand(there.needs)({ platform: 'slack', userId: userIdOf(ada), text: 'help' });
  const rows = reply.sections.flatMap((one) => (one.kind === 'rows' ? one.rows : []));
  expect(rows.map(({ text }) => plain(text))).toEqual([
    '/handoff home',
    '/handoff why Lena Fischer',
    '/handoff ooo friday',
    '/handoff stats',
  ]);
  for (const { actions } of rows) {
    const [action] = actions;
    const says = action?.kind === 'say' ? action.words : '';
    expect((await answerTo(there, ada, says)).title).not.toContain("don't know");
  }
  const texts = reply.sections.flatMap((one) => (one.kind === 'text' ? [plain(one.text)] : []));
  expect(texts.join()).toContain('next turn');
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
    expect((await inTeams(await office({ withTeams: true }), ada, 'help all')).texts).toEqual(help(''));
  });
});
