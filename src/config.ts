import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** Where and how the bot runs. Nothing in it is secret. */
export type Config = {
  http: { host: string; port: number; publicUrl: string };
  /** Where measures, and the reasons of readiness, are read; null: nowhere. */
  metrics: { host: string; port: number } | null;
  /** Where the embedded PostgreSQL keeps its data, when no other is given. */
  dataDir: string;
  policyFile: string;
  hubspot: {
    apiUrl: string;
    apiVersion: ApiVersion;
    portalId: number;
    /** The versions of HubSpot's signature in which its webhooks count. */
    signatures: readonly SignatureVersion[];
  };
  /** What this process does; all of it unless told otherwise, and every part is done by some process. */
  roles: readonly Role[];
  /** Null: this chat is off. One of the two is on. */
  slack: { apiUrl: string; socketMode: boolean } | null;
  teams: TeamsConfig | null;
  /** From whom mails are; null: none are sent. */
  mail: { from: string } | null;
  logLevel: LogLevel;
};

export type TeamsConfig = {
  /** Of the bot's registration in Microsoft Entra. */
  appId: string;
  tenantId: string;
  appType: TeamsAppType;
  /** Another server of Microsoft's protocols; null: Microsoft's own. */
  apiUrl: string | null;
  /** Whether people may be looked up in Microsoft Graph. */
  graph: boolean;
};

/** What must never reach a log, a page or an error. */
export type Secrets = {
  /** Contains a password, mostly. Null: an embedded PostgreSQL. */
  databaseUrl: string | null;
  hubspotAccessToken: string;
  hubspotClientSecret: string;
  /** Contains a password, mostly. */
  smtpUrl: string | null;
  /** What calls of webhooks are signed with. */
  webhookSecret: string | null;
  /** Further ones, for destinations of events that have their own: by the variables in which they stand. */
  webhookSecrets?: Readonly<Record<string, string>>;
  slack: { botToken: string; signingSecret: string; appToken: string | null } | null;
  /** The password is null for a managed identity, which has none. */
  teams: { appPassword: string | null } | null;
  /** What whoever reads the measures has to show; absent: nothing. */
  metricsToken?: string;
  /** A watcher outside that hears of the bot; whoever knows the address can keep it quiet. Absent: none. */
  heartbeatUrl?: string;
  /** For the language model that the policy names; absent: it wants none. */
  modelApiKey?: string;
};

const teamsAppTypes = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
type TeamsAppType = (typeof teamsAppTypes)[number];

const apiVersions = ['2026-09', 'legacy'] as const;
type ApiVersion = (typeof apiVersions)[number];

const signatureVersions = ['v3', 'v2', 'v1'] as const;
type SignatureVersion = (typeof signatureVersions)[number];
const versionList = `expected one or more of ${signatureVersions.join(', ')}, with commas between them`;

/**
 * `http`: hears of HubSpot, the chats and the dashboard; `worker`: does the jobs; `cron`: looks for what is due. However many
 * processes do the same, each thing is done once.
 */
const roles = ['http', 'worker', 'cron'] as const;
export type Role = (typeof roles)[number];
const roleList = `expected one or more of ${roles.join(', ')}, with commas between them`;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** The environment cannot be run with; each problem names the variable, what was found and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const expectations = {
  HUBSPOT_ACCESS_TOKEN: 'the access token of your HubSpot app',
  HUBSPOT_CLIENT_SECRET: 'the client secret of the same app, which signs its webhooks',
  HUBSPOT_PORTAL_ID: "your HubSpot account's number",
  SLACK_BOT_TOKEN: 'the bot token of your Slack app (xoxb-…)',
  SLACK_SIGNING_SECRET: 'the signing secret of the same app',
  MICROSOFT_APP_ID: 'the application (client) id of your Azure bot',
  MICROSOFT_APP_PASSWORD: 'a client secret of the same application',
  MICROSOFT_APP_TENANT_ID: 'the directory (tenant) id of your company in Microsoft Entra',
  SMTP_URL: 'the address of your mail server, such as smtp://user:password@mail.example.com:587',
  MAIL_FROM: 'from whom mails are, such as Lead Handoff <handoff@example.com>',
  PUBLIC_URL:
    'the address under which HubSpot and the chats reach this server, such as https://handoff.example.com',
} as const;
type Required = keyof typeof expectations;

const hubspotNames = ['HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_CLIENT_SECRET', 'HUBSPOT_PORTAL_ID'] as const;
const slackNames = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'] as const;
const teamsNames = ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'] as const;

const mailNames = ['SMTP_URL', 'MAIL_FROM'] as const;

const guid = z.guid({ error: 'expected an id such as 11111111-2222-4333-8444-555555555555' });
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });

const port = z.coerce
  .number({ error: 'expected a port from 0 to 65535' })
  .int('expected a whole number')
  .min(0, 'expected a port from 0 to 65535')
  .max(65535, 'expected a port from 0 to 65535');

const webhookSecret = z.string().min(24, 'expected 24 characters or more');

const plainSettings = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: port.default(9464),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_TOKEN: z.string().min(24, 'expected 24 characters or more').optional(),
  PUBLIC_URL: httpUrl.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected postgres://…')
    .optional(),
  HANDOFF_DATA_DIR: z.string().default('.data'),
  HANDOFF_POLICY: z.string().default('policy.yaml'),
  HUBSPOT_API_URL: httpUrl.default('https://api.hubapi.com'),
  HUBSPOT_PORTAL_ID: z.coerce
    .number({ error: "expected your HubSpot account's number" })
    .int('expected a whole number')
    .positive('expected a number above 0')
    .optional(),
  HUBSPOT_API_VERSION: z
    .enum(apiVersions, { error: `expected one of ${apiVersions.join(', ')}` })
    .default('2026-09'),
  HUBSPOT_SIGNATURES: z
    .string()
    .transform((list) => list.split(',').map((version) => version.trim()))
    .pipe(z.array(z.enum(signatureVersions, { error: versionList })))
    .default(['v3']),
  HANDOFF_ROLES: z
    .string()
    .transform((list) => list.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles, { error: roleList })))
    .default([...roles]),
  SLACK_API_URL: httpUrl.default('https://slack.com/api/'),
  MICROSOFT_APP_ID: guid.optional(),
  MICROSOFT_APP_TENANT_ID: guid.optional(),
  MICROSOFT_APP_TYPE: z
    .enum(teamsAppTypes, { error: `expected one of ${teamsAppTypes.join(', ')}` })
    .default('SingleTenant'),
  MICROSOFT_GRAPH: z.enum(['on', 'off'], { error: 'expected on or off' }).default('off'),
  MICROSOFT_API_URL: httpUrl.optional(),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      hostname: /./,
      error: 'expected smtp://user:password@host:587 or smtps://…',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/,
      'expected an address, or Name <address>',
    )
    .optional(),
  WEBHOOK_SECRET: webhookSecret.optional(),
  HANDOFF_HEARTBEAT_URL: httpUrl.optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `expected one of ${logLevels.join(', ')}` }).default('info'),
});

/** Adds what a `.env` file in the working directory says, if there is one, to the environment; what is set stays. */
export function loadEnvironmentFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/**
 * Reads the environment, once, at the start.
 * @throws ConfigError naming every variable that is missing or wrong; values of secrets are never repeated.
 */
export function readConfig(environment: NodeJS.ProcessEnv): { config: Config; secrets: Secrets } {
  // An empty variable, as compose files and .env templates leave it, is one that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const problems: string[] = [];
  const env = withSecretFiles(set, problems);
  const missing = (names: readonly Required[]) => {
    for (const name of names) if (!env[name]) problems.push(`${name} is missing: ${expectations[name]}`);
  };

  const hubspotOn = hubspotNames.some((name) => env[name]);
  const slackOn = [...slackNames, 'SLACK_APP_TOKEN'].some((name) => env[name]);
  const teamsOn = teamsNames.some((name) => env[name]);
  const managedIdentity = env['MICROSOFT_APP_TYPE'] === 'UserAssignedMSI';
  if (!hubspotOn) problems.push(`HubSpot is not configured: set ${hubspotNames.join(', ')}`);
  else missing(hubspotNames);
  if (!slackOn && !teamsOn) {
    problems.push(
      `No chat is configured: set ${slackNames.join(', ')} for Slack, or ${teamsNames.join(', ')} for Microsoft Teams`,
    );
  }
  if (slackOn) missing(env['SLACK_APP_TOKEN'] ? ['SLACK_BOT_TOKEN'] : slackNames);
  if (teamsOn) {
    missing(teamsNames.filter((name) => name !== 'MICROSOFT_APP_PASSWORD' || !managedIdentity));
  }
  if (hubspotOn || slackOn || teamsOn) missing(['PUBLIC_URL']);
  if (mailNames.some((name) => env[name])) missing(mailNames);

  const webhookSecrets = furtherSecrets(env, problems);
  const modelApiKey = env['MODEL_API_KEY'];
  const parsed = plainSettings.safeParse(env);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const name = String(path[0]);
      const value = env[name] ?? '';
      const isShown = !secretNames.has(name) && !mayBeSecret(value);
      problems.push(`${isShown ? `${name}="${value}"` : name} is wrong: ${message}`);
    }
  }
  if (parsed.data && sharePort(parsed.data)) {
    problems.push(`METRICS_PORT="${parsed.data.METRICS_PORT}" is wrong: expected another port than PORT`);
  }
  if (problems.length > 0 || !parsed.success) {
    const nothing = !hubspotOn && !slackOn && !teamsOn;
    const hint = nothing ? '\nTo try the bot without any account: npm run sandbox' : '';
    throw new ConfigError(`Cannot start:\n${problems.map((problem) => `  ${problem}`).join('\n')}${hint}`);
  }

  const settings = parsed.data;
  const read = (name: Required) => env[name] ?? '';
  return {
    config: {
      http: {
        host: settings.HOST,
        port: settings.PORT,
        publicUrl: (settings.PUBLIC_URL ?? '').replace(/(?<!\/)\/+$/, ''),
      },
      metrics:
        settings.METRICS_PORT === 0 ? null : { host: settings.METRICS_HOST, port: settings.METRICS_PORT },
      dataDir: settings.HANDOFF_DATA_DIR,
      policyFile: settings.HANDOFF_POLICY,
      hubspot: {
        apiUrl: settings.HUBSPOT_API_URL.replace(/(?<!\/)\/+$/, ''),
        apiVersion: settings.HUBSPOT_API_VERSION,
        portalId: settings.HUBSPOT_PORTAL_ID ?? 0,
        signatures: settings.HUBSPOT_SIGNATURES,
      },
      roles: settings.HANDOFF_ROLES,
      slack: slackOn ? { apiUrl: settings.SLACK_API_URL, socketMode: Boolean(env['SLACK_APP_TOKEN']) } : null,
      teams: teamsOn
        ? {
            appId: read('MICROSOFT_APP_ID'),
            tenantId: read('MICROSOFT_APP_TENANT_ID'),
            appType: settings.MICROSOFT_APP_TYPE,
            apiUrl: settings.MICROSOFT_API_URL?.replace(/(?<!\/)\/+$/, '') ?? null,
            graph: settings.MICROSOFT_GRAPH === 'on',
          }
        : null,
      mail: settings.MAIL_FROM ? { from: settings.MAIL_FROM } : null,
      logLevel: settings.LOG_LEVEL,
    },
    secrets: {
      databaseUrl: settings.DATABASE_URL ?? null,
      hubspotAccessToken: read('HUBSPOT_ACCESS_TOKEN'),
      hubspotClientSecret: read('HUBSPOT_CLIENT_SECRET'),
      slack: slackOn
        ? {
            botToken: read('SLACK_BOT_TOKEN'),
            signingSecret: read('SLACK_SIGNING_SECRET'),
            appToken: env['SLACK_APP_TOKEN'] ?? null,
          }
        : null,
      teams: teamsOn ? { appPassword: env['MICROSOFT_APP_PASSWORD'] ?? null } : null,
      ...(modelApiKey && { modelApiKey }),
      smtpUrl: settings.SMTP_URL ?? null,
      webhookSecret: settings.WEBHOOK_SECRET ?? null,
      ...(settings.HANDOFF_HEARTBEAT_URL && { heartbeatUrl: settings.HANDOFF_HEARTBEAT_URL }),
      ...(Object.keys(webhookSecrets).length > 0 && { webhookSecrets }),
      ...(settings.METRICS_TOKEN && { metricsToken: settings.METRICS_TOKEN }),
    },
  };
}

function sharePort({ PORT, METRICS_PORT }: { PORT: number; METRICS_PORT: number }): boolean {
  return PORT !== 0 && PORT === METRICS_PORT;
}

/** Each may stand in a file instead, as orchestrators mount them: `SLACK_BOT_TOKEN_FILE=/run/secrets/slack_bot_token`. */
const secretNames: ReadonlySet<string> = new Set([
  ...['HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_CLIENT_SECRET'],
  ...['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'MICROSOFT_APP_PASSWORD'],
  ...['DATABASE_URL', 'SMTP_URL', 'WEBHOOK_SECRET', 'METRICS_TOKEN', 'MODEL_API_KEY'],
  'HANDOFF_HEARTBEAT_URL',
]);

/** The environment with what stands in the files that it names. */
function withSecretFiles(env: NodeJS.ProcessEnv, problems: string[]): NodeJS.ProcessEnv {
  const read = Object.entries(env).flatMap(([variable, file = '']) => {
    const name = variable.endsWith('_FILE') ? variable.slice(0, -'_FILE'.length) : '';
    if (!secretNames.has(name) && !isFurtherSecret(name)) return [];
    if (env[name]) {
      problems.push(`${name} and ${variable} are both set: expected one of them`);
      return [];
    }
    try {
      return [[name, readFileSync(file, 'utf8').trim()]];
    } catch {
      problems.push(`${variable} cannot be read: expected the path of a file with the secret`);
      return [];
    }
  });
  return { ...env, ...Object.fromEntries(read.filter(([, secret]) => secret)) };
}

/**
 * Where the database is, for whoever needs nothing else; null: in the data directory.
 * @throws ConfigError when the file in which it stands cannot be read
 */
export function databaseUrlIn(environment: NodeJS.ProcessEnv): string | null {
  const { DATABASE_URL, DATABASE_URL_FILE } = environment;
  const problems: string[] = [];
  const env = withSecretFiles(
    { ...(DATABASE_URL && { DATABASE_URL }), ...(DATABASE_URL_FILE && { DATABASE_URL_FILE }) },
    problems,
  );
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return env['DATABASE_URL']?.trim() || null;
}

const isFurtherSecret = (name: string): boolean => name.startsWith('WEBHOOK_SECRET_');

/** What stands in WEBHOOK_SECRET_<NAME>: the policy names the variable. */
function furtherSecrets(env: NodeJS.ProcessEnv, problems: string[]): Record<string, string> {
  const secrets = Object.entries(env).filter(([name]) => isFurtherSecret(name) && !name.endsWith('_FILE'));
  for (const [name, value] of secrets) {
    const wrong = webhookSecret.safeParse(value).error?.issues[0]?.message;
    if (wrong) problems.push(`${name} is wrong: ${wrong}`);
  }
  return Object.fromEntries(secrets.map(([name, value = '']) => [name, value]));
}

/** A token or secret in the wrong variable is long, and an address that somebody logs in with has an @. */
function mayBeSecret(value: string): boolean {
  return value.length > 30 || value.includes('@');
}
