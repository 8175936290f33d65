import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const secrets = {
  HUBSPOT_ACCESS_TOKEN: 'pat-secret-1',
  HUBSPOT_CLIENT_SECRET: 'secret-2',
  SLACK_BOT_TOKEN: 'xoxb-secret-3',
  SLACK_SIGNING_SECRET: 'secret-4',
};
const complete = { ...secrets, HUBSPOT_PORTAL_ID: '24601', PUBLIC_URL: 'https://handoff.example.com' };
const teams = {
  MICROSOFT_APP_ID: '1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f',
  MICROSOFT_APP_PASSWORD: 'secret-7',
  MICROSOFT_APP_TENANT_ID: '9f8e7d6c-5b4a-4938-8271-605f4e3d2c1b',
};
const noChat =
  'No chat is configured: set SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET for Slack, or MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD, MICROSOFT_APP_TENANT_ID for Microsoft Teams';

/** The problems that stop the start, one a line. */
function problemsOf(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [heading, ...problems] = error.message.split('\n');
    expect(heading).toBe('Cannot start:');
    return problems.map((problem) => problem.trim());
  }
}

function without(name: string, environment: NodeJS.ProcessEnv = complete): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([key]) => key !== name));
}

/** All that is needed, with Teams in place of Slack. */
const inTeams = { ...without('SLACK_BOT_TOKEN', without('SLACK_SIGNING_SECRET')), ...teams };

describe('a complete environment', () => {
  it('is read, with the defaults of the rest', () => {
    expect(readConfig(complete)).toEqual({
      config: {
        http: { host: '127.0.0.1', port: 3000, publicUrl: 'https://handoff.example.com' },
        metrics: { host: '127.0.0.1', port: 9464 },
        dataDir: '.data',
        policyFile: 'policy.yaml',
        hubspot: {
          apiUrl: 'https://api.hubapi.com',
          apiVersion: '2026-09',
          portalId: 24601,
          signatures: ['v3'],
        },
        slack: { apiUrl: 'https://slack.com/api/', socketMode: false },
        teams: null,
        mail: null,
        roles: ['http', 'worker', 'cron'],
        logLevel: 'info',
      },
      secrets: {
        smtpUrl: null,
        webhookSecret: null,
        databaseUrl: null,
        hubspotAccessToken: 'pat-secret-1',
        hubspotClientSecret: 'secret-2',
        slack: { botToken: 'xoxb-secret-3', signingSecret: 'secret-4', appToken: null },
        teams: null,
      },
    });
  });

  it('may set everything', () => {
    const everything = {
      ...complete,
      PORT: '8080',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://handoff.example.com/base//',
      DATABASE_URL: 'postgresql://bot:pw@db/handoff',
      HANDOFF_DATA_DIR: '/var/lib/handoff',
      HANDOFF_POLICY: 'rules.yaml',
      HUBSPOT_API_URL: 'http://127.0.0.1:4000/',
      SLACK_API_URL: 'http://127.0.0.1:5000/api/',
      SLACK_APP_TOKEN: 'xapp-5',
      LOG_LEVEL: 'silent',
    };
    expect(readConfig(everything)).toMatchObject({
      config: {
        http: { host: '0.0.0.0', port: 8080, publicUrl: 'https://handoff.example.com/base' },
        dataDir: '/var/lib/handoff',
        policyFile: 'rules.yaml',
        hubspot: { apiUrl: 'http://127.0.0.1:4000', portalId: 24601 },
        slack: { apiUrl: 'http://127.0.0.1:5000/api/', socketMode: true },
        logLevel: 'silent',
      },
      secrets: { slack: { appToken: 'xapp-5' }, databaseUrl: 'postgresql://bot:pw@db/handoff' },
    });
  });

  it.each([
    'postgresql:///handoff?host=/var/run/postgresql',
    'postgresql://bot:pw@/handoff?host=/var/run/postgresql',
    'postgresql://%2Fvar%2Frun%2Fpostgresql/handoff',
  ])('takes the address of a socket, as libpq does: %s', (url) => {
    expect(readConfig({ ...complete, DATABASE_URL: url }).secrets.databaseUrl).toBe(url);
  });

  it('needs no signing secret when Slack is reached through a socket', () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = complete;
    expect(readConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-5' })).toMatchObject({
      config: { slack: { socketMode: true } },
      secrets: { slack: { signingSecret: '', appToken: 'xapp-5' } },
    });
  });

  it('does what it is told to do, and names what it cannot do', () => {
    expect(readConfig({ ...complete, HANDOFF_ROLES: 'http, worker' }).config.roles).toEqual([
      'http',
      'worker',
    ]);
    expect(problemsOf({ ...complete, HANDOFF_ROLES: 'web' })[0]).toContain(
      'HANDOFF_ROLES="web" is wrong: expected one or more of http, worker, cron',
    );
  });

  it('takes blanks for variables that are not set, as templates leave them', () => {
    const blanks = {
      ...complete,
      PORT: '',
      HOST: '  ',
      DATABASE_URL: '',
      SLACK_APP_TOKEN: ' ',
      LOG_LEVEL: '',
    };
    expect(readConfig(blanks)).toEqual(readConfig(complete));
  });
});

describe('a chat', () => {
  it('may be Teams alone, with the defaults of the rest', () => {
    expect(readConfig(inTeams)).toMatchObject({
      config: {
        slack: null,
        teams: {
          appId: teams.MICROSOFT_APP_ID,
          tenantId: teams.MICROSOFT_APP_TENANT_ID,
          appType: 'SingleTenant',
          apiUrl: null,
          graph: false,
        },
      },
      secrets: { slack: null, teams: { appPassword: 'secret-7' } },
    });
  });

  it('may be both', () => {
    const both = readConfig({ ...complete, ...teams });
    expect(both.config).toMatchObject({
      slack: readConfig(complete).config.slack,
      teams: readConfig(inTeams).config.teams,
    });
    expect(both.secrets).toMatchObject({
      slack: readConfig(complete).secrets.slack,
      teams: readConfig(inTeams).secrets.teams,
    });
  });

  it('in Teams may set everything', () => {
    const everything = {
      ...inTeams,
      MICROSOFT_APP_TYPE: 'MultiTenant',
      MICROSOFT_GRAPH: 'on',
      MICROSOFT_API_URL: 'http://127.0.0.1:6000//',
    };
    expect(readConfig(everything).config.teams).toMatchObject({
      appType: 'MultiTenant',
      graph: true,
      apiUrl: 'http://127.0.0.1:6000',
    });
  });

  it('in Teams needs no password with a managed identity, which has none', () => {
    const managed = { ...without('MICROSOFT_APP_PASSWORD', inTeams), MICROSOFT_APP_TYPE: 'UserAssignedMSI' };
    expect(readConfig(managed)).toMatchObject({
      config: { teams: { appType: 'UserAssignedMSI' } },
      secrets: { teams: { appPassword: null } },
    });
  });

  it('is off while only its settings that are no credentials are there', () => {
    const settings = {
      MICROSOFT_APP_TYPE: 'SingleTenant',
      MICROSOFT_GRAPH: 'on',
      MICROSOFT_API_URL: 'http://127.0.0.1:6000',
    };
    expect(readConfig({ ...complete, ...settings }).config.teams).toBeNull();
    expect(readConfig({ ...inTeams, SLACK_API_URL: 'http://127.0.0.1:5000/api/' }).config.slack).toBeNull();
  });
});

describe('an environment without', () => {
  it('anything names what to set and points to the sandbox', () => {
    for (const nothing of [{}, { SLACK_BOT_TOKEN: ' ' }]) {
      expect(problemsOf(nothing)).toEqual([
        'HubSpot is not configured: set HUBSPOT_ACCESS_TOKEN, HUBSPOT_CLIENT_SECRET, HUBSPOT_PORTAL_ID',
        noChat,
        'To try the bot without any account: npm run sandbox',
      ]);
    }
  });

  it('a chat is told so, without a pointer to the sandbox', () => {
    const { SLACK_BOT_TOKEN: _, SLACK_SIGNING_SECRET: __, ...rest } = complete;
    expect(problemsOf(rest)).toEqual([noChat]);
  });

  const table: [name: string, expectation: string, environment?: NodeJS.ProcessEnv][] = [
    ['HUBSPOT_ACCESS_TOKEN', 'the access token of your HubSpot app'],
    ['HUBSPOT_CLIENT_SECRET', 'the client secret of the same app, which signs its webhooks'],
    ['HUBSPOT_PORTAL_ID', "your HubSpot account's number"],
    ['SLACK_BOT_TOKEN', 'the bot token of your Slack app (xoxb-…)'],
    ['SLACK_SIGNING_SECRET', 'the signing secret of the same app'],
    [
      'PUBLIC_URL',
      'the address under which HubSpot and the chats reach this server, such as https://handoff.example.com',
    ],
    ['MICROSOFT_APP_ID', 'the application (client) id of your Azure bot', inTeams],
    ['MICROSOFT_APP_PASSWORD', 'a client secret of the same application', inTeams],
    ['MICROSOFT_APP_TENANT_ID', 'the directory (tenant) id of your company in Microsoft Entra', inTeams],
  ];
  for (const [name, expectation, environment = complete] of table) {
    it(`${name} alone is told what that is`, () => {
      const problem = [`${name} is missing: ${expectation}`];
      expect(problemsOf(without(name, environment))).toEqual(problem);
      expect(problemsOf({ ...environment, [name]: '  ' })).toEqual(problem);
    });
  }

  it('half of the second chat is told what that lacks', () => {
    expect(problemsOf({ ...complete, MICROSOFT_APP_ID: teams.MICROSOFT_APP_ID })).toEqual([
      'MICROSOFT_APP_PASSWORD is missing: a client secret of the same application',
      'MICROSOFT_APP_TENANT_ID is missing: the directory (tenant) id of your company in Microsoft Entra',
    ]);
    expect(problemsOf({ ...inTeams, SLACK_SIGNING_SECRET: 'secret' })).toEqual([
      'SLACK_BOT_TOKEN is missing: the bot token of your Slack app (xoxb-…)',
    ]);
  });

  const hubspot = ['HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_CLIENT_SECRET', 'HUBSPOT_PORTAL_ID'];
  const slack = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'];
  const microsoft = ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'];
  const lone: [name: string, value: string, platform: string[], other: string][] = [
    ['HUBSPOT_ACCESS_TOKEN', 'pat', hubspot, 'No chat'],
    ['HUBSPOT_CLIENT_SECRET', 'secret', hubspot, 'No chat'],
    ['HUBSPOT_PORTAL_ID', '7', hubspot, 'No chat'],
    ['SLACK_BOT_TOKEN', 'xoxb', slack, 'HubSpot'],
    ['SLACK_SIGNING_SECRET', 'secret', slack, 'HubSpot'],
    ['SLACK_APP_TOKEN', 'xapp', ['SLACK_BOT_TOKEN'], 'HubSpot'],
    ['MICROSOFT_APP_ID', teams.MICROSOFT_APP_ID, microsoft, 'HubSpot'],
    ['MICROSOFT_APP_PASSWORD', 'secret', microsoft, 'HubSpot'],
    ['MICROSOFT_APP_TENANT_ID', teams.MICROSOFT_APP_TENANT_ID, microsoft, 'HubSpot'],
  ];
  for (const [name, value, platform, other] of lone) {
    it(`all but ${name} names the rest of its platform, and the other platform`, () => {
      const problems = problemsOf({ [name]: value });
      const missing = problems.flatMap((problem) =>
        / is missing/.test(problem) ? [problem.split(' ')[0]] : [],
      );
      expect(missing).toEqual([...platform.filter((required) => required !== name), 'PUBLIC_URL']);
      expect(problems.some((problem) => problem.startsWith(`${other} is`))).toBe(true);
    });
  }
});

describe('the versions of signatures', () => {
  it('are a list, with or without blanks', () => {
    const { hubspot } = readConfig({ ...complete, HUBSPOT_SIGNATURES: 'v3, v1' }).config;
    expect(hubspot.signatures).toEqual(['v3', 'v1']);
  });
});

describe('a wrong value', () => {
  const anAddress = 'expected an http or https address';
  const anId = 'expected an id such as 11111111-2222-4333-8444-555555555555';
  const table: [name: string, value: string, expected: string][] = [
    ['PORT', 'http', 'expected a port from 0 to 65535'],
    ['PORT', '-1', 'expected a port from 0 to 65535'],
    ['PORT', '70000', 'expected a port from 0 to 65535'],
    ['PORT', '80.5', 'expected a whole number'],
    ['PUBLIC_URL', 'handoff.example.com', anAddress],
    ['PUBLIC_URL', 'ftp://handoff.example.com', anAddress],
    ['HUBSPOT_API_URL', 'api', anAddress],
    ['SLACK_API_URL', 'mailto:a', anAddress],
    ['HUBSPOT_PORTAL_ID', 'mine', "expected your HubSpot account's number"],
    ['HUBSPOT_PORTAL_ID', '0', 'expected a number above 0'],
    ['HUBSPOT_API_VERSION', 'v3', 'expected one of 2026-09, legacy'],
    ['HUBSPOT_SIGNATURES', 'v3,v4', 'expected one or more of v3, v2, v1, with commas between them'],
    ['LOG_LEVEL', 'loud', 'expected one of fatal, error, warn, info, debug, trace, silent'],
    ['MICROSOFT_APP_ID', 'handoff-bot', anId],
    ['MICROSOFT_APP_TENANT_ID', 'contoso.onmicrosoft.com', anId],
    ['MICROSOFT_APP_TYPE', 'singletenant', 'expected one of SingleTenant, UserAssignedMSI, MultiTenant'],
    ['MICROSOFT_GRAPH', 'yes', 'expected on or off'],
    ['MICROSOFT_API_URL', 'login.microsoftonline.com', anAddress],
  ];
  for (const [name, value, expected] of table) {
    it(`${name}=${value} is named: ${expected}`, () => {
      expect(problemsOf({ ...complete, ...teams, [name]: value })).toEqual([
        `${name}="${value}" is wrong: ${expected}`,
      ]);
    });
  }

  it('does not hide what is missing: all problems are told at once', () => {
    const { HUBSPOT_CLIENT_SECRET: _, ...rest } = complete;
    const problems = problemsOf({ ...rest, PORT: 'http', LOG_LEVEL: 'loud' });
    expect(problems.map((problem) => problem.split(/[ =]/)[0])).toEqual([
      'HUBSPOT_CLIENT_SECRET',
      'PORT',
      'LOG_LEVEL',
    ]);
  });
});

describe('a secret in a file', () => {
  const fileWith = async (secret: string) => {
    const file = join(await mkdtemp(join(tmpdir(), 'secret-')), 'secret');
    await writeFile(file, secret);
    return file;
  };

  it('is as good as one in the environment, each of them', async () => {
    const whole = { ...complete, ...teams, SLACK_APP_TOKEN: 'xapp-1', METRICS_TOKEN: 'x'.repeat(24) };
    const more = { DATABASE_URL: 'postgres://a@b/c', WEBHOOK_SECRET: 'y'.repeat(24), MODEL_API_KEY: 'sk-1' };
    const watcher = { HANDOFF_HEARTBEAT_URL: 'https://watcher.example.com/1' };
    const mail = { SMTP_URL: 'smtp://a:b@c', MAIL_FROM: 'a@example.com' };
    const environment = { ...whole, ...more, ...mail, ...watcher };
    const names = [
      ...['HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_CLIENT_SECRET', 'MICROSOFT_APP_PASSWORD', 'SMTP_URL'],
      ...['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'DATABASE_URL', 'WEBHOOK_SECRET'],
      ...['METRICS_TOKEN', 'MODEL_API_KEY', 'HANDOFF_HEARTBEAT_URL'],
    ] as const;
    let mounted: NodeJS.ProcessEnv = environment;
    for (const name of names) {
      mounted = { ...without(name, mounted), [`${name}_FILE`]: await fileWith(`${environment[name]}\n`) };
    }
    expect(readConfig(mounted)).toEqual(readConfig(environment));
  });

  it('is missed where its file is, or is empty, and never repeated', async () => {
    const { SLACK_BOT_TOKEN: _, ...rest } = complete;
    expect(problemsOf({ ...rest, SLACK_BOT_TOKEN_FILE: '/nowhere/xoxb-secret-8' })).toEqual([
      'SLACK_BOT_TOKEN_FILE cannot be read: expected the path of a file with the secret',
      expect.stringContaining('SLACK_BOT_TOKEN is missing'),
    ]);
    expect(problemsOf({ ...rest, SLACK_BOT_TOKEN_FILE: await fileWith(' \n') })).toEqual([
      expect.stringContaining('SLACK_BOT_TOKEN is missing'),
    ]);
  });

  it('is not taken beside one in the environment', async () => {
    expect(problemsOf({ ...complete, SLACK_BOT_TOKEN_FILE: await fileWith('xoxb-2') })).toEqual([
      'SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set: expected one of them',
    ]);
  });
});

describe('secrets', () => {
  it.each([
    ['MICROSOFT_APP_ID', 'abc8Q~0123456789-abcdefghijklmnopqrstuvw'],
    ['HUBSPOT_PORTAL_ID', 'pat-eu1-11111111-2222-4333-8444-555555555555'],
    ['LOG_LEVEL', '0123456789abcdef0123456789abcdef'],
    ['PUBLIC_URL', 'ops:pw@handoff'],
  ])('are not repeated where they stand in the place of %s', (name, value) => {
    const [problem, ...more] = problemsOf({ ...complete, ...teams, [name]: value });
    expect(problem).toMatch(new RegExp(`^${name} is wrong: expected`));
    expect(more).toEqual([]);
  });

  it('are in no message, and neither is the database’s password', () => {
    const wrong = {
      ...secrets,
      SLACK_APP_TOKEN: 'xapp-secret-5',
      MICROSOFT_APP_PASSWORD: 'secret-7',
      DATABASE_URL: 'mysql://bot:secret-6@db/handoff',
      PORT: 'http',
    };
    const problems = problemsOf(wrong);
    expect(problems).toContain('DATABASE_URL is wrong: expected postgres://…');
    expect(problems.join('\n')).not.toMatch(/secret-\d/);
  });

  it('stand apart from the configuration', () => {
    const { config } = readConfig({ ...complete, ...teams, SLACK_APP_TOKEN: 'xapp-secret-5' });
    expect(JSON.stringify(config)).not.toMatch(/secret-\d/);
  });
});

describe('the address of the measures', () => {
  it('is switched off with the port 0', () => {
    expect(readConfig({ ...complete, METRICS_PORT: '0' }).config.metrics).toBeNull();
    const elsewhere = { ...complete, METRICS_HOST: '0.0.0.0', METRICS_PORT: '9000' };
    expect(readConfig(elsewhere).config.metrics).toEqual({ host: '0.0.0.0', port: 9000 });
  });

  it('is another than that of the bot', () => {
    expect(problemsOf({ ...complete, PORT: '4000', METRICS_PORT: '4000' })).toEqual([
      'METRICS_PORT="4000" is wrong: expected another port than PORT',
    ]);
    expect(problemsOf({ ...complete, METRICS_PORT: '70000' })).toEqual([
      'METRICS_PORT="70000" is wrong: expected a port from 0 to 65535',
    ]);
  });

  it('asks for a token where there is one, which stands nowhere else', () => {
    const token = 'secret-9-of-whoever-scrapes';
    const { config, secrets: read } = readConfig({ ...complete, METRICS_TOKEN: token });
    expect(read.metricsToken).toBe(token);
    expect(JSON.stringify(config)).not.toContain(token);
    expect(problemsOf({ ...complete, METRICS_TOKEN: 'secret-9' })).toEqual([
      'METRICS_TOKEN is wrong: expected 24 characters or more',
    ]);
  });
});

describe('what is told outside of the chats', () => {
  const mail = {
    SMTP_URL: 'smtp://bot:secret-8@mail.example.com:587',
    MAIL_FROM: 'Lead Handoff <handoff@example.com>',
  };

  it('is mailed by a server, from an address with a name or without', () => {
    const read = readConfig({ ...complete, ...mail });
    expect(read).toMatchObject({
      config: { mail: { from: mail.MAIL_FROM } },
      secrets: { smtpUrl: mail.SMTP_URL },
    });
    expect(JSON.stringify(read.config)).not.toContain('secret-8');
    const bare = readConfig({ ...complete, ...mail, MAIL_FROM: 'handoff@example.com' });
    expect(bare.config.mail).toEqual({ from: 'handoff@example.com' });
  });

  it('takes both, the server and from whom mails are', () => {
    expect(problemsOf({ ...complete, SMTP_URL: mail.SMTP_URL })).toEqual([
      'MAIL_FROM is missing: from whom mails are, such as Lead Handoff <handoff@example.com>',
    ]);
    expect(problemsOf({ ...complete, MAIL_FROM: mail.MAIL_FROM })).toEqual([
      'SMTP_URL is missing: the address of your mail server, such as smtp://user:password@mail.example.com:587',
    ]);
  });

  it('says what is wrong and repeats no password', () => {
    const wrong = {
      SMTP_URL: 'https://bot:secret-8@mail.example.com',
      MAIL_FROM: 'Lead Handoff',
      WEBHOOK_SECRET: 'secret-9',
    };
    expect(problemsOf({ ...complete, ...wrong })).toEqual([
      'SMTP_URL is wrong: expected smtp://user:password@host:587 or smtps://…',
      'MAIL_FROM="Lead Handoff" is wrong: expected an address, or Name <address>',
      'WEBHOOK_SECRET is wrong: expected 24 characters or more',
    ]);
  });

  it('is signed with a secret', () => {
    const WebhookSecret = 'a-secret-of-the-test-of-webhooks';
    const { config, secrets: read } = readConfig({ ...complete, WEBHOOK_SECRET: WebhookSecret });
    expect(read.webhookSecret).toBe(WebhookSecret);
    expect(JSON.stringify(config)).not.toContain(WebhookSecret);
  });

  it('may be signed with others, each in a variable of its own', () => {
    const own = 'a-secret-of-the-warehouse-alone';
    const { secrets: read } = readConfig({ ...complete, WEBHOOK_SECRET_WAREHOUSE: own });
    expect(read.webhookSecrets).toEqual({ WEBHOOK_SECRET_WAREHOUSE: own });
    expect(problemsOf({ ...complete, WEBHOOK_SECRET_WAREHOUSE: 'secret-9' })).toEqual([
      'WEBHOOK_SECRET_WAREHOUSE is wrong: expected 24 characters or more',
    ]);
    expect(problemsOf({ ...complete, WEBHOOK_SECRET_WAREHOUSE_FILE: '/nowhere/at/all' })).toEqual([
      'WEBHOOK_SECRET_WAREHOUSE_FILE cannot be read: expected the path of a file with the secret',
    ]);
  });
});
