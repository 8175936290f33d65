import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import {
  type TeamsOptions as ServerOptions,
  startTeams,
  type TeamsServer,
  type TeamsUser,
} from '../../../sandbox/teams/server.ts';
import { teamsChat } from '../../../src/adapters/teams/chat.ts';
import {
  connectTeams,
  type TeamsConfig,
  type TeamsConnection,
  type TeamsOptions,
} from '../../../src/adapters/teams/connect.ts';
import type { TeamsSteps } from '../../../src/adapters/teams/context.ts';
import { teamsListeners } from '../../../src/adapters/teams/listeners.ts';
import { formFor } from '../../../src/domain/card/form-for.ts';
import { line } from '../../../src/domain/words/line.ts';
import type { Act, Chat, Click, Installs, Look, Said } from '../../../src/flow/ports/chat.ts';
import { view } from '../../domain/card/card-words.ts';
import { plainCard } from '../../support/cards.ts';
import { forgetTeams } from '../../support/chats/forget-teams.ts';
import { touchForm } from '../../support/forms.ts';
import { memoryStores } from '../../support/memory/stores.ts';

export const app = {
  appId: '11111111-1111-4111-8111-111111111111',
  appPassword: 'app-secret',
  tenantId: '2222aaaa-2222-4222-8222-22222222beef',
} as const;

export const now = new Date('2026-11-20T10:00:00Z');
export const email = 'ana@acme.test';
export const mark = { handoffId: 'h-1', revision: 2, attempt: 1 };
export const nobody: ReadonlyMap<string, string> = new Map();

const disqualifyForm = () => formFor('disqualify', view()) ?? expect.fail('no form');

export const card = plainCard({
  actions: [
    { kind: 'command', command: 'accept', label: 'Accept', primary: true },
    { kind: 'form', form: touchForm(), label: 'Log a Touch', primary: false },
    { kind: 'form', form: disqualifyForm(), label: 'Disqualify', primary: false },
    { kind: 'link', label: 'Open in HubSpot', url: 'https://app.hubspot.com/1' },
  ],
});

export type Bot = {
  teams: TeamsServer;
  ana: TeamsUser;
  connection: TeamsConnection;
  chat: Chat;
  installs: Installs;
  /** By account. */
  workZones: Map<string, string>;
  /** The bot's `POST /api/messages`. */
  url: string;
  acts: { click: Click; act: Act }[];
  looks: { userId: string; handoffId: string; messageId: string | null; attempt: number | null }[];
  /** Of which handoffs somebody had the card in front of them, by their account. */
  seen: { userId: string; handoffId: string | null }[];
  /** The messages about leads that are no cards, as they were noted. */
  said: Said[];
  /** What the steps do; a test changes the one that it is about. */
  steps: Pick<
    TeamsSteps,
    | 'respond'
    | 'prepareForm'
    | 'search'
    | 'refreshCard'
    | 'noteSeen'
    | 'noteSaid'
    | 'keepForm'
    | 'takeForm'
    | 'answerCommand'
    | 'answerPress'
    | 'welcome'
    | 'farewell'
  >;
  logged: string[];
  settled(): Promise<void>;
  /** Moves the bot's clock; that of Teams stands still. */
  passHours(hours: number): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export type BotOptions = {
  config?: Partial<TeamsConfig>;
  options?: TeamsOptions;
  server?: Partial<ServerOptions>;
  answerWithinMs?: number;
};

/** The bot's part of Teams, with the steps behind it played by the test, at a Teams of the sandbox. */
export async function startBot({ config, options, server, answerWithinMs }: BotOptions = {}): Promise<Bot> {
  forgetTeams();
  const teams = await startTeams({ ...app, now: () => now, limits: 'off', ...server });
  const ana = teams.addUser({ email, name: 'Ana Silva', zone: 'Europe/Berlin' });
  const logged: string[] = [];
  const log = {
    warn: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
    error: (fields: object, message: string) => void logged.push(JSON.stringify({ fields, message })),
  };
  const connection = connectTeams(
    { ...app, appType: 'SingleTenant', apiUrl: teams.url, graph: false, ...config },
    log,
    options,
  );
  const { installs, cards } = memoryStores();
  const workZones: Bot['workZones'] = new Map();
  let time = now;
  const clock = () => time;
  const chat = teamsChat(connection, {
    installs,
    workZone: async (id) => workZones.get(id) ?? null,
    clock,
    log,
  });

  const acts: Bot['acts'] = [];
  const looks: Bot['looks'] = [];
  const seen: Bot['seen'] = [];
  const said: Bot['said'] = [];
  const look: Look = { card, mark, people: nobody };
  const steps: Bot['steps'] = {
    respond: async (click, act) => {
      acts.push({ click, act });
      return { done: true, text: line`Done.` };
    },
    prepareForm: async (_, name, answers) => ({
      form: formFor(name, view(), answers) ?? expect.fail(`no form ${name}`),
      whose: 'Priya Nair · Northwind',
      about: card.title,
      revision: 2,
      leadId: '501',
    }),
    refreshCard: async ({ userId, handoffId, messageId, attempt }) => {
      looks.push({ userId, handoffId, messageId, attempt });
      return look;
    },
    search: async () => [],
    noteSeen: async ({ userId, handoffId }) => void seen.push({ userId, handoffId }),
    noteSaid: async (message) => void said.push(message),
    keepForm: cards.keepForm,
    takeForm: cards.takeForm,
    answerCommand: async ({ text }) => ({
      title: 'Your handoffs',
      sections: [{ kind: 'facts', facts: [{ label: 'Asked', value: text }] }],
    }),
    answerPress: async () => ({ title: 'Pressed', sections: [] }),
    welcome: async () => ({ title: 'Hello', sections: [] }),
    farewell: async () => undefined,
  };
  const { receive, settled } = teamsListeners(connection, {
    respond: (...given) => steps.respond(...given),
    prepareForm: (...given) => steps.prepareForm(...given),
    search: (...given) => steps.search(...given),
    refreshCard: (...given) => steps.refreshCard(...given),
    noteSeen: (...given) => steps.noteSeen(...given),
    noteSaid: (...given) => steps.noteSaid(...given),
    keepForm: (...given) => steps.keepForm(...given),
    takeForm: (...given) => steps.takeForm(...given),
    answerCommand: (...given) => steps.answerCommand(...given),
    answerPress: (...given) => steps.answerPress(...given),
    welcome: (...given) => steps.welcome(...given),
    farewell: (...given) => steps.farewell(...given),
    installs,
    clock,
    log,
    observe: (observation) => void logged.push(JSON.stringify({ fields: observation })),
    ...(answerWithinMs && { answerWithinMs }),
  });

  const http = createServer(async (request, response) => {
    const { status, body } = await receive({ headers: request.headers, body: await buffer(request) });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/messages`;
  teams.setMessagesUrl(url);

  return {
    teams,
    ana,
    connection,
    chat,
    installs,
    workZones,
    url,
    acts,
    looks,
    seen,
    said,
    steps,
    logged,
    settled,
    passHours: (hours) => {
      time = new Date(time.getTime() + hours * 3_600_000);
    },
    async [Symbol.asyncDispose]() {
      await settled();
      http.close();
      http.closeAllConnections();
      await teams.close();
    },
  };
}
