import { readdirSync, readFileSync } from 'node:fs';
import type { AppsManifestValidateArguments } from '@slack/web-api';
import { expect, test } from 'vitest';
import manifest from '../../../manifests/slack/manifest.json' with { type: 'json' };

type Manifest = AppsManifestValidateArguments['manifest'];
type BotScope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number];
type BotEvent = NonNullable<
  NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']
>[number];

/** A JSON import types every text as `string`; this asks the same of the SDK's manifest. */
type Widened<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? Widened<Item>[]
    : T extends object
      ? { [Key in keyof T]: Widened<T[Key]> }
      : T;

/** The bot scope that each method of the Web API asks for. */
const scopeOf: Readonly<Record<string, BotScope | null>> = {
  'chat.delete': 'chat:write',
  'chat.getPermalink': null,
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.history': 'im:history',
  'conversations.info': 'channels:read',
  'conversations.open': 'im:write',
  'conversations.replies': 'im:history',
  'dnd.info': 'dnd:read',
  'users.info': 'users:read',
  'users.lookupByEmail': 'users:read.email',
  'views.open': null,
  'views.publish': null,
  'views.push': null,
  'views.update': null,
};

/** The command, cards in public channels to which nobody has invited the app, and what private ones are. */
const furtherScopes: readonly BotScope[] = ['commands', 'chat:write.public', 'groups:read'];

const events: readonly BotEvent[] = ['app_home_opened', 'message.im', 'app_uninstalled', 'tokens_revoked'];

const { display_information: display, features, oauth_config, settings } = manifest;
const adapter = new URL('../../../src/adapters/slack/', import.meta.url);
const source = readdirSync(adapter)
  .map((file) => readFileSync(new URL(file, adapter), 'utf8'))
  .join('\n');

test('the manifest has the shape that Slack validates', () => {
  expect(manifest satisfies Widened<Manifest>).toBeDefined();
});

test('the scopes are those of what the adapter does, and no more', () => {
  const called = [
    ...source.matchAll(/\b(?:web|client)\.((?:chat|conversations|dnd|users|views)\.\w+)\(/g),
  ].map(([, method = '']) => method);
  expect(new Set(called)).toEqual(new Set(Object.keys(scopeOf)));
  const needed = called
    .map((method) => scopeOf[method])
    .filter((scope) => scope !== null && scope !== 'dnd:read');
  expect(new Set(oauth_config.scopes.bot)).toEqual(new Set([...needed, ...furtherScopes]));
});

test('whoever installs it may leave off what only a key of the policy takes', () => {
  expect(oauth_config.scopes.bot_optional).toEqual(['dnd:read']);
});

test('the events are those that the adapter listens to', () => {
  const heard = [...source.matchAll(/bolt\.event\('(\w+)'/g)].map(([, event]) => event);
  // Of messages those between a person and the bot.
  expect(heard.map((event) => (event === 'message' ? 'message.im' : event))).toEqual(events);
  expect(settings.event_subscriptions.bot_events).toEqual(events);
});

test('people have the page that the adapter publishes', () => {
  expect(features.app_home.home_tab_enabled).toBe(true);
});

test('every address is the one that the server listens on, at the placeholder host', () => {
  const addresses = [
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
    settings.interactivity.message_menu_options_url,
    ...features.slash_commands.map(({ url }) => url),
  ];
  expect(new Set(addresses)).toEqual(new Set(['https://handoff.example.com/slack/events']));
});

test('every text has a length that Slack takes', () => {
  expect(display.name.length).toBeLessThanOrEqual(35);
  expect(display.description.length).toBeLessThanOrEqual(140);
  expect(display.long_description.length).toBeGreaterThanOrEqual(175);
  expect(display.long_description.length).toBeLessThanOrEqual(4000);
  expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
  for (const command of features.slash_commands) {
    expect(command.command).toMatch(/^\/\S{1,31}$/);
    expect(command.description.length).toBeLessThanOrEqual(2000);
    expect(command.usage_hint.length).toBeLessThanOrEqual(1000);
  }
});
