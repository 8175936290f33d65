import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SlackServer, startSlack } from '../../../sandbox/slack/server.ts';
import { slackChat } from '../../../src/adapters/slack/chat.ts';
import type { Row } from '../../../src/domain/card/reply-action.ts';
import { bold, dateTime, line } from '../../../src/domain/words/line.ts';
import type { HomeTab, Reply } from '../../../src/flow/ports/chat.ts';
import { PermanentFailure, TemporaryFailure } from '../../../src/flow/ports/failure.ts';

const email = 'ana@acme.test';
const at = new Date('2026-03-03T15:15:00Z');
const nobody = new Map<string, string>();

let slack: SlackServer;
let userId: string;
let tab: HomeTab | null;

beforeEach(async () => {
  slack = await startSlack({ botToken: 'xoxb-test', signingSecret: 'secret', now: () => at });
  userId = slack.addUser({ email, name: 'Ana Silva', tz: 'Europe/Berlin' }).id;
  const log = { warn: () => {}, error: () => {} };
  tab = slackChat({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, log }).home;
});
afterEach(() => slack.close());

const row = (name: string): Row => ({
  tone: 'late',
  text: [bold(name)],
  detail: line`accept by ${dateTime(at)} · Demo request`,
  actions: [{ kind: 'act', command: 'accept', handoffId: 'h-1', label: 'Accept' }],
});
const page = (override: Partial<Reply> = {}): Reply => ({
  title: 'Your leads',
  sections: [
    { kind: 'text', title: '', text: line`1 waiting` },
    { kind: 'rows', title: 'Now (1)', rows: [row('Maya Chen')] },
  ],
  actions: [{ kind: 'say', words: 'ooo', label: 'Away…' }],
  ...override,
});
const publish = (shown: Reply, hash: string | null = null) => tab?.publish(userId, shown, nobody, hash);
const blocks = () => slack.home(email)?.blocks ?? [];

describe('a Home tab', () => {
  test('begins with the numbers and the buttons that are always there, before the lists', async () => {
    await publish(page({ notice: line`Already accepted.` }));
    expect(blocks().map(({ type }) => type)).toEqual([
      ...['rich_text', 'header', 'rich_text', 'actions'],
      ...['divider', 'rich_text', 'section', 'rich_text'],
    ]);
    expect(JSON.stringify(blocks()[0])).toContain('Already accepted.');
  });

  test('has each button tell its lead, for eyes and ears', async () => {
    await publish(page());
    const section = blocks().find(({ type }) => type === 'section');
    expect(section).toMatchObject({
      text: { type: 'plain_text', text: 'Maya Chen' },
      accessory: { accessibility_label: 'Accept: Maya Chen' },
    });
  });

  test('shows what a lead is called as it is', async () => {
    const name = '<!channel> *bold* <https://evil.example|x> \u202eevil';
    await publish(page({ sections: [{ kind: 'rows', title: name, rows: [row(name)] }] }));
    const texts = JSON.stringify(blocks());
    expect(texts).toContain('<!channel> *bold*');
    expect(texts).not.toContain('mrkdwn');
    expect(texts).not.toContain('\u202e');
  });

  test('is no longer than Slack takes', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => row(`${'Long name '.repeat(30)}${index}`));
    const lists = Array.from({ length: 8 }, () => ({ kind: 'rows', title: 'Now', rows }) as const);
    await publish(page({ sections: lists }));
    expect(blocks()).toHaveLength(100);
  });

  test('takes the place of the one whose hash is told, and of no other', async () => {
    const first = await publish(page());
    expect(first).toEqual({ hash: slack.home(email)?.hash });
    const second = await publish(page({ title: 'Second' }), typeof first === 'object' ? first.hash : null);
    expect(second).toEqual({ hash: slack.home(email)?.hash });
    expect(await publish(page({ title: 'Third' }), typeof first === 'object' ? first.hash : null)).toBe(
      'overtaken',
    );
    expect(JSON.stringify(blocks())).toContain('Second');
  });

  test('that the settings of the app do not show is refused for good', async () => {
    slack.setHomeTab(false);
    await expect(publish(page())).rejects.toSatisfy(
      (error: unknown) => error instanceof PermanentFailure && error.code === 'not_enabled',
    );
  });

  test('is published later while Slack is down', async () => {
    slack.failNext({ method: 'views.publish', status: 503 });
    await expect(publish(page())).rejects.toBeInstanceOf(TemporaryFailure);
  });
});
