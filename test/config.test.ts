import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const secrets = {
  HUBSPOT_ACCESS_TOKEN: 'pat-secret-1',
  HUBSPOT_CLIENT_SECRET: 'secret-2',
  SLACK_BOT_TOKEN: 'xoxb-secret-3',
  SLACK_SIGNING_SECRET: 'secret-4',
};
const complete = { ...secrets, HUBSPOT_PORTAL_ID: '24601', PUBLIC_URL: 'https://handoff.example.com' };

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

function without(name: keyof typeof complete): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(complete).filter(([key]) => key !== name));
}

describe('a complete environment', () => {
  it('is read, with the defaults of the rest', () => {
    expect(readConfig(complete)).toEqual({
      config: {
        http: { host: '127.0.0.1', port: 3000, publicUrl: 'https://handoff.example.com' },
        dataDir: '.data',
        policyFile: 'policy.yaml',
        hubspot: { apiUrl: 'https://api.hubapi.com', portalId: 24601 },
        slack: { apiUrl: 'https://slack.com/api/', socketMode: false },
        logLevel: 'info',
      },
      secrets: {
        databaseUrl: null,
        hubspotAccessToken: 'pat-secret-1',
        hubspotClientSecret: 'secret-2',
        slackBotToken: 'xoxb-secret-3',
        slackSigningSecret: 'secret-4',
        slackAppToken: null,
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
      secrets: { slackAppToken: 'xapp-5', databaseUrl: 'postgresql://bot:pw@db/handoff' },
    });
  });

  it('needs no signing secret when Slack is reached through a socket', () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = complete;
    expect(readConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-5' })).toMatchObject({
      config: { slack: { socketMode: true } },
      secrets: { slackSigningSecret: '', slackAppToken: 'xapp-5' },
    });
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

describe('an environment without', () => {
  it('anything names what to set and points to the sandbox', () => {
    for (const nothing of [{}, { SLACK_BOT_TOKEN: ' ' }]) {
      expect(problemsOf(nothing)).toEqual([
        'HubSpot is not configured: set HUBSPOT_ACCESS_TOKEN, HUBSPOT_CLIENT_SECRET, HUBSPOT_PORTAL_ID',
        'No chat is configured: set SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET',
        'To try the bot without any account: npm run sandbox',
      ]);
    }
  });

  it('a chat is told so, without a pointer to the sandbox', () => {
    const { SLACK_BOT_TOKEN: _, SLACK_SIGNING_SECRET: __, ...rest } = complete;
    expect(problemsOf(rest)).toEqual(['No chat is configured: set SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET']);
  });

  const table: [keyof typeof complete, string][] = [
    ['HUBSPOT_ACCESS_TOKEN', 'the access token of your HubSpot app'],
    ['HUBSPOT_CLIENT_SECRET', 'the client secret of the same app, which signs its webhooks'],
    ['HUBSPOT_PORTAL_ID', "your HubSpot account's number"],
    ['SLACK_BOT_TOKEN', 'the bot token of your Slack app (xoxb-…)'],
    ['SLACK_SIGNING_SECRET', 'the signing secret of the same app'],
    [
      'PUBLIC_URL',
      'the address under which HubSpot and Slack reach this server, such as https://handoff.example.com',
    ],
  ];
  for (const [name, expectation] of table) {
    it(`${name} alone is told what that is`, () => {
      const problem = [`${name} is missing: ${expectation}`];
      expect(problemsOf(without(name))).toEqual(problem);
      expect(problemsOf({ ...complete, [name]: '  ' })).toEqual(problem);
    });
  }

  const hubspot = ['HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_CLIENT_SECRET', 'HUBSPOT_PORTAL_ID'];
  const slack = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'];
  const lone: [name: string, value: string, platform: string[], other: string][] = [
    ['HUBSPOT_ACCESS_TOKEN', 'pat', hubspot, 'No chat'],
    ['HUBSPOT_CLIENT_SECRET', 'secret', hubspot, 'No chat'],
    ['HUBSPOT_PORTAL_ID', '7', hubspot, 'No chat'],
    ['SLACK_BOT_TOKEN', 'xoxb', slack, 'HubSpot'],
    ['SLACK_SIGNING_SECRET', 'secret', slack, 'HubSpot'],
    ['SLACK_APP_TOKEN', 'xapp', ['SLACK_BOT_TOKEN'], 'HubSpot'],
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

describe('a wrong value', () => {
  const anAddress = 'expected an http or https address';
  const table: [name: string, value: string, expected: string][] = [
    ['PORT', 'http', 'expected a port from 0 to 65535'],
    ['PORT', '-1', 'expected a port from 0 to 65535'],
    ['PORT', '70000', 'expected a port from 0 to 65535'],
    ['PORT', '80.5', 'expected a whole number'],
    ['PUBLIC_URL', 'handoff.example.com', anAddress],
    ['PUBLIC_URL', 'ftp://handoff.example.com', anAddress],
    ['HUBSPOT_API_URL', 'api', anAddress],
    ['SLACK_API_URL', 'mailto:a@b', anAddress],
    ['HUBSPOT_PORTAL_ID', 'mine', "expected your HubSpot account's number"],
    ['HUBSPOT_PORTAL_ID', '0', 'expected a number above 0'],
    ['LOG_LEVEL', 'loud', 'expected one of fatal, error, warn, info, debug, trace, silent'],
  ];
  for (const [name, value, expected] of table) {
    it(`${name}=${value} is named: ${expected}`, () => {
      expect(problemsOf({ ...complete, [name]: value })).toEqual([
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

describe('secrets', () => {
  it('are in no message, and neither is the database’s password', () => {
    const wrong = {
      ...secrets,
      SLACK_APP_TOKEN: 'xapp-secret-5',
      DATABASE_URL: 'mysql://bot:secret-6@db/handoff',
      PORT: 'http',
    };
    const problems = problemsOf(wrong);
    expect(problems).toContain('DATABASE_URL is wrong: expected postgres://…');
    expect(problems.join('\n')).not.toMatch(/secret-\d/);
  });

  it('stand apart from the configuration', () => {
    const { config } = readConfig({ ...complete, SLACK_APP_TOKEN: 'xapp-secret-5' });
    expect(JSON.stringify(config)).not.toMatch(/secret-\d/);
  });
});
