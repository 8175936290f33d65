import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { AppManifestUtils, type TeamsManifestV1D22 } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import slackManifest from '../../../manifests/slack/manifest.json' with { type: 'json' };
import manifest from '../../../manifests/teams/manifest.json' with { type: 'json' };
import { type TeamsApp, teamsPackage } from '../../../src/commands/teams-package.ts';
import { ConfigError } from '../../../src/config.ts';
import { answerCommand } from '../../../src/flow/answer/answer-command.ts';
import { ownEnvironment } from '../../support/child.ts';
import { ada } from '../../support/examples.ts';
import { office } from '../../support/office.ts';

type Manifest = TeamsManifestV1D22.TeamsManifestV1D22;

const folder = new URL('../../../manifests/teams/', import.meta.url);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'handoff-teams-'));
});
afterEach(() => rm(directory, { recursive: true }));

const app = {
  appId: '5f0c7e1a-93d4-4b7e-8a51-2c6d9e0b4f13',
  publicUrl: 'https://bot.acme.test:8443/leads/',
} satisfies TeamsApp;

function unzippedManifest(zip: Uint8Array): Manifest {
  return JSON.parse(Buffer.from(unzipSync(zip)['manifest.json'] ?? []).toString());
}

async function packaged(changes: Partial<TeamsApp> = {}): Promise<Manifest> {
  const { zip } = await teamsPackage(folder, { ...app, ...changes });
  return unzippedManifest(zip);
}

/** A folder like the repository's, whose manifest has another version. */
async function versioned(version: string | undefined, directory: string): Promise<URL> {
  for (const name of Object.values(manifest.icons)) {
    await copyFile(new URL(name, folder), join(directory, name));
  }
  await writeFile(join(directory, 'manifest.json'), JSON.stringify({ ...manifest, version }));
  return pathToFileURL(`${directory}/`);
}

/** What a PNG says of itself in its header; colour type 6 has an alpha channel, 2 has none. */
async function icon(name: string) {
  const png = await readFile(new URL(name, folder));
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), colourType: png.readUInt8(25) };
}

describe('the manifest in the repository', () => {
  test('has nothing that the schema of its version refuses', async () => {
    expect(await AppManifestUtils.validateAgainstSchema(manifest as Manifest)).toEqual([]);
    expect(await AppManifestUtils.validateAgainstSchema({ ...manifest, id: 'none' } as Manifest)).toEqual([
      expect.stringMatching(/^\/id must match pattern/),
    ]);
  });

  test('belongs to nobody yet', () => {
    const nobody = '00000000-0000-0000-0000-000000000000';
    expect(manifest).toMatchObject({
      id: nobody,
      bots: [{ botId: nobody }],
      webApplicationInfo: { id: nobody, resource: `api://botid-${nobody}` },
      validDomains: ['handoff.example.com'],
    });
  });

  test('calls the app as Slack does, in the same colour', () => {
    const { name, background_color } = slackManifest.display_information;
    expect(manifest.name.short).toBe(name);
    expect(manifest.accentColor).toBe(background_color);
  });

  test('is for personal chats, and for teams in whose channels it posts; it takes commands only in the first', () => {
    const [bot, ...others] = manifest.bots;
    expect(bot?.scopes).toEqual(['personal', 'team']);
    expect(manifest.defaultInstallScope).toBe('personal');
    expect(bot?.commandLists.map(({ scopes }) => scopes)).toEqual([['personal']]);
    expect(others).toEqual([]);
  });

  test('offers commands that the bot answers', async () => {
    const { needs } = await office();
    const answer = answerCommand({ ...needs, identify: async () => ada });
    const commands = manifest.bots.flatMap(({ commandLists }) =>
      commandLists.flatMap((list) => list.commands),
    );
    const titles = commands.map(async ({ title: text }) => {
      const reply = await answer({ platform: 'teams', userId: 'ada', text });
      return [text, reply.title];
    });
    expect(Object.fromEntries(await Promise.all(titles))).toEqual({
      'stats me 30d': 'Your leads, last 30 days',
      'stats team 30d': 'Americas, last 30 days',
      home: 'Your leads',
      why: 'Which lead?',
      'ooo friday': 'Pause your leads?',
      back: 'Welcome back',
      recycled: 'Recycled leads',
      'sent-back': expect.stringContaining('marketing'),
      settings: 'Settings',
      help: 'What you can ask me',
    });
  });
});

describe('the icon', () => {
  test('in colour is 192 by 192 pixels, without holes', async () => {
    expect(await icon(manifest.icons.color)).toEqual({ width: 192, height: 192, colourType: 2 });
  });

  test('in outline is 32 by 32 pixels, with transparency', async () => {
    expect(await icon(manifest.icons.outline)).toEqual({ width: 32, height: 32, colourType: 6 });
  });
});

describe('the package', () => {
  test('holds the manifest and its two icons at the root, and nothing else', async () => {
    const files = unzipSync((await teamsPackage(folder, app)).zip);
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    for (const name of Object.values(manifest.icons)) {
      expect(Buffer.from(files[name] ?? [])).toEqual(await readFile(new URL(name, folder)));
    }
  });

  test('has nothing that the schema refuses', async () => {
    expect(await AppManifestUtils.validateAgainstSchema(await packaged())).toEqual([]);
  });

  test('is the manifest of the repository, made out to the app and the address', async () => {
    const { appId } = app;
    const [bot] = manifest.bots;
    const address = 'https://bot.acme.test:8443/leads';
    expect(await packaged()).toEqual({
      ...manifest,
      id: appId,
      developer: {
        name: manifest.developer.name,
        websiteUrl: address,
        privacyUrl: address,
        termsOfUseUrl: address,
      },
      bots: [{ ...bot, botId: appId }],
      validDomains: ['bot.acme.test:8443'],
      webApplicationInfo: { id: appId, resource: `api://botid-${appId}` },
    });
  });

  test('has the version of the manifest', async () => {
    const changed = await versioned('2.10.3', directory);
    const { zip, version } = await teamsPackage(changed, app);
    expect([version, unzippedManifest(zip).version]).toEqual(['2.10.3', '2.10.3']);
  });

  test('leaves an address alone that begins like the placeholder', async () => {
    const { developer, validDomains } = await packaged({
      publicUrl: 'https://handoff.example.com.acme.test',
    });
    expect(developer.websiteUrl).toBe('https://handoff.example.com.acme.test');
    expect(validDomains).toEqual(['handoff.example.com.acme.test']);
  });

  test('keeps the credentials of an address to itself', async () => {
    const { developer, validDomains } = await packaged({
      publicUrl: 'https://ann:hush@bot.acme.test/?key=1',
    });
    expect(developer.websiteUrl).toBe('https://bot.acme.test');
    expect(validDomains).toEqual(['bot.acme.test']);
  });
});

describe('no package is made, and the reason is said,', () => {
  const guid = "the application (client) id of your bot's registration in Entra, a GUID";
  const https =
    'the https address under which Teams reaches this server, such as https://handoff.example.com';
  const numbers = 'three numbers such as 1.2.3 in manifest.json, as Teams takes no others';
  const wrong: [title: string, changes: Partial<TeamsApp>, problem: string][] = [
    [
      'of an app id that is no GUID',
      { appId: 'lead-bot' },
      `MICROSOFT_APP_ID="lead-bot" is wrong: expected ${guid}`,
    ],
    [
      "of the repository's id",
      { appId: manifest.id },
      `MICROSOFT_APP_ID="${manifest.id}" is wrong: expected ${guid}`,
    ],
    ['without an app id', { appId: undefined }, `MICROSOFT_APP_ID is missing: ${guid}`],
    ['with an empty app id', { appId: ' ' }, `MICROSOFT_APP_ID is missing: ${guid}`],
    [
      'of an address without TLS',
      { publicUrl: 'http://bot.acme.test' },
      `PUBLIC_URL="http://bot.acme.test" is wrong: expected ${https}`,
    ],
    [
      'of an address that is none',
      { publicUrl: 'bot.acme.test' },
      `PUBLIC_URL="bot.acme.test" is wrong: expected ${https}`,
    ],
    ['without an address', { publicUrl: undefined }, `PUBLIC_URL is missing: ${https}`],
  ];
  for (const [title, changes, problem] of wrong) {
    test(title, async () => {
      const refused = teamsPackage(folder, { ...app, ...changes });
      await expect(refused).rejects.toThrow(new ConfigError(`Cannot package the Teams app:\n  ${problem}`));
    });
  }

  test.each([
    ['with a tag', '1.0.0-rc.1', 'version="1.0.0-rc.1" is wrong: expected'],
    ['of two numbers', '1.0', 'version="1.0" is wrong: expected'],
    ['that is missing', undefined, 'version is missing:'],
  ])('of a version %s', async (_, version, problem) => {
    const refused = teamsPackage(await versioned(version, directory), app);
    await expect(refused).rejects.toThrow(
      new ConfigError(`Cannot package the Teams app:\n  ${problem} ${numbers}`),
    );
  });

  test('of everything that is wrong at once', async () => {
    const wrongFolder = await versioned('1', directory);
    await expect(teamsPackage(wrongFolder, { appId: '', publicUrl: 'x' })).rejects.toThrow(
      /\n {2}MICROSOFT_APP_ID is missing.*\n {2}PUBLIC_URL="x" is wrong.*\n {2}version="1" is wrong/,
    );
  });
});

describe('`handoff teams package`', () => {
  const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

  async function handoff(words: readonly string[], environment: Record<string, string>) {
    const env = { ...ownEnvironment, ...environment };
    const run = promisify(execFile)(process.execPath, [cli, ...words], { cwd: directory, env });
    return run.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        stdout,
        stderr,
      }),
    );
  }

  const environment = { MICROSOFT_APP_ID: app.appId, PUBLIC_URL: 'https://bot.acme.test' };

  test('needs two variables, and says where the package is and where to take it', async () => {
    const file = join(directory, 'handoff-teams.zip');
    expect(await handoff(['teams', 'package'], environment)).toEqual({
      code: 0,
      stdout: [
        `${file} is the Teams app of ${app.appId}, version ${manifest.version}`,
        'Upload it in the Teams admin center: Teams apps → Manage apps → Upload new app\n',
      ].join('\n'),
      stderr: '',
    });
    const { id, version, validDomains } = unzippedManifest(await readFile(file));
    expect({ id, version, validDomains }).toEqual({
      id: app.appId,
      version: manifest.version,
      validDomains: ['bot.acme.test'],
    });
  });

  test('takes the variables from a .env file, and writes where --out says', async () => {
    const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(directory, '.env'), lines.join(''));
    expect(await handoff(['teams', 'package', '--out', 'acme.zip'], {})).toMatchObject({ code: 0 });
    expect((await readdir(directory)).sort()).toEqual(['.env', 'acme.zip']);
  });

  test('fails with the variables that are missing, and writes nothing', async () => {
    const { code, stdout, stderr } = await handoff(['teams', 'package'], {});
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^Cannot package the Teams app:\n {2}MICROSOFT_APP_ID is missing: .*\n {2}PUBLIC_URL is missing: .*\n$/,
    );
    expect(await readdir(directory)).toEqual([]);
  });
});
