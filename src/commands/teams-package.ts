import { readFile } from 'node:fs/promises';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { ConfigError } from '../config.ts';

/** What makes the app of the repository's manifest the app of one company. */
export type TeamsApp = {
  /** `MICROSOFT_APP_ID`: the app is known to Teams by the id of its bot. */
  appId: string | undefined;
  /** `PUBLIC_URL`. */
  publicUrl: string | undefined;
};

/** The zip of an app, and its version: Teams takes a changed app only under a new one. */
export type TeamsPackage = { zip: Uint8Array; version: string };

const placeholders = /00000000-0000-0000-0000-000000000000|(https:\/\/)?handoff\.example\.com/g;
const noApp = '00000000-0000-0000-0000-000000000000';

const expectations = {
  MICROSOFT_APP_ID: "the application (client) id of your bot's registration in Entra, a GUID",
  PUBLIC_URL: 'the https address under which Teams reaches this server, such as https://handoff.example.com',
  version: 'three numbers such as 1.2.3 in manifest.json, as Teams takes no others',
} as const;

const settings = z.object({
  MICROSOFT_APP_ID: z.guid().refine((id) => id !== noApp),
  PUBLIC_URL: z.url({ protocol: /^https$/ }).transform((url) => new URL(url)),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
});
const versioned = z.object({ version: z.string().optional() });

/**
 * The zip that a Teams administrator uploads: the manifest of `folder` made out to one company, and its two icons.
 * @throws ConfigError naming every variable that is missing or wrong, and the manifest's version if Teams would not take it.
 */
export async function teamsPackage(folder: URL, app: TeamsApp): Promise<TeamsPackage> {
  const template = await readFile(new URL('manifest.json', folder), 'utf8');
  const given = versioned.parse(JSON.parse(template));
  const { MICROSOFT_APP_ID: appId, PUBLIC_URL: url, version } = checked(app, given.version);
  const own = new Map([
    [noApp, appId],
    ['https://handoff.example.com', `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '')],
    ['handoff.example.com', url.host],
  ]);
  const manifest = JSON.parse(template, (_, value) =>
    typeof value === 'string' ? value.replaceAll(placeholders, (found) => own.get(found) ?? found) : value,
  );

  const zip = zipSync({
    'manifest.json': strToU8(JSON.stringify(manifest, null, 2)),
    'color.png': await readFile(new URL('color.png', folder)),
    'outline.png': await readFile(new URL('outline.png', folder)),
  });
  return { zip, version };
}

function checked({ appId, publicUrl }: TeamsApp, version: string | undefined): z.output<typeof settings> {
  const given = { MICROSOFT_APP_ID: appId, PUBLIC_URL: publicUrl, version };
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0] as keyof typeof given));
  const problems = [...wrong].map((name) =>
    given[name]?.trim()
      ? `${name}="${given[name]}" is wrong: expected ${expectations[name]}`
      : `${name} is missing: ${expectations[name]}`,
  );
  throw new ConfigError(
    `Cannot package the Teams app:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
}
