import type { Fields } from '../fields.ts';
import { type Arguments, stringArgument } from './arguments.ts';
import { type Answer, type Method, refuse, type SlackState } from './method.ts';
import { cutPage } from './paging.ts';
import type { SlackUser, Workspace } from './workspace.ts';

export const userMethods: Readonly<Record<string, Method>> = {
  'auth.test': { scope: null, tier: 'special', required: [], run: authTest },
  'users.info': { scope: 'users:read', tier: 4, required: ['user'], run: info },
  'users.list': { scope: 'users:read', tier: 2, required: [], run: list },
  'users.lookupByEmail': { scope: 'users:read.email', tier: 3, required: ['email'], run: lookupByEmail },
  'dnd.info': { scope: 'dnd:read', tier: 3, required: [], run: dndInfo },
};

function authTest(_args: Arguments, { workspace }: SlackState): Answer {
  return {
    ok: true,
    url: `https://${workspace.domain}.slack.com/`,
    team: workspace.isOrgWide ? null : 'Sandbox',
    user: 'lead_handoff',
    team_id: workspace.isOrgWide ? null : workspace.teamId,
    ...(workspace.enterpriseId !== null && { enterprise_id: workspace.enterpriseId }),
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: workspace.isOrgWide,
  };
}

function info(args: Arguments, state: SlackState): Answer {
  const { workspace } = state;
  const id = stringArgument(args, 'user');
  const user = everyone(state).find((candidate) => candidate['id'] === id);
  if (user === undefined) return refuse('user_not_found');
  // Told only to whom asks for it, and by this method alone of those that look somebody up.
  const asked = args['include_locale'] === true || args['include_locale'] === 'true';
  const locale = workspace.users().find((one) => one.id === id)?.locale;
  return { ok: true, user: asked && locale !== undefined ? { ...user, locale } : user };
}

function list(args: Arguments, state: SlackState): Answer {
  const cut = cutPage(args, everyone(state), { max: 1000, otherwise: 1000 });
  if (cut === null) return refuse('invalid_cursor');
  return { ok: true, members: cut.items, response_metadata: { next_cursor: cut.nextCursor } };
}

function lookupByEmail(args: Arguments, state: SlackState): Answer {
  const email = stringArgument(args, 'email')?.toLowerCase();
  const { workspace } = state;
  const user = workspace
    .users()
    .find((one) => one.email.toLowerCase() === email && isMember(one, workspace.teamId));
  if (user === undefined || user.deleted) return refuse('users_not_found');
  return { ok: true, user: personOnWire(state, user) };
}

function dndInfo(args: Arguments, { workspace }: SlackState): Answer {
  const user = workspace.users().find(({ id }) => id === stringArgument(args, 'user'));
  if (user === undefined) return refuse('user_not_found');
  const window = user.doNotDisturb;
  return {
    ok: true,
    dnd_enabled: window !== null,
    // Slack sends 1 for "no window".
    next_dnd_start_ts: window === null ? 1 : seconds(window.start),
    next_dnd_end_ts: window === null ? 1 : seconds(window.end),
  };
}

function isMember({ teamId, enterprise }: SlackUser, ofTeam: string): boolean {
  return teamId === ofTeam || enterprise?.teams.includes(ofTeam) === true;
}

/** As in every workspace, Slackbot is a member that does not say it is a bot. */
function everyone(state: SlackState): Fields[] {
  const { workspace } = state;
  return [
    { ...machine(workspace, 'USLACKBOT', 'Slackbot'), is_bot: false },
    { ...machine(workspace, workspace.botUserId, 'Lead Handoff'), is_bot: true },
    ...workspace.users().map((user) => personOnWire(state, user)),
  ];
}

function machine(workspace: Workspace, id: string, name: string): Fields {
  return {
    id,
    team_id: workspace.teamId,
    name: name.toLowerCase().replace(' ', '_'),
    real_name: name,
    deleted: false,
    profile: { real_name: name, display_name: name },
  };
}

/** As the samples of slackapi/java-slack-sdk have it (json-logs/samples/api: users.info, users.lookupByEmail). */
function personOnWire({ workspace, scopes }: SlackState, user: SlackUser): Fields {
  const { text, emoji, expiresAt } = user.status;
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.email.split('@')[0],
    deleted: user.deleted,
    is_bot: user.kind === 'bot' || user.kind === 'workflow',
    is_app_user: false,
    ...(user.kind === 'workflow' && { is_workflow_bot: true }),
    // Slack tells less about those who left.
    ...(!user.deleted && aliveOnWire(user, workspace.now())),
    profile: {
      real_name: user.name,
      display_name: user.name.split(' ')[0],
      status_text: text,
      status_emoji: emoji,
      status_expiration: expiresAt === null ? 0 : seconds(expiresAt),
      team: user.teamId,
      ...(scopes.includes('users:read.email') && { email: user.email }),
    },
  };
}

function aliveOnWire({ name, tz, kind, enterprise, ...user }: SlackUser, now: Date): Fields {
  const { offsetSeconds, label } = zone(tz, now);
  return {
    real_name: name,
    tz,
    tz_label: label,
    tz_offset: offsetSeconds,
    is_restricted: kind === 'guest' || kind === 'singleChannelGuest',
    is_ultra_restricted: kind === 'singleChannelGuest',
    is_email_confirmed: user.emailConfirmed,
    ...(user.invited && { is_invited_user: true }),
    ...(user.isStranger && { is_stranger: true }),
    ...(enterprise !== null && {
      enterprise_user: { id: user.id, enterprise_id: enterprise.id, teams: enterprise.teams },
    }),
  };
}

function zone(tz: string, at: Date): { offsetSeconds: number; label: string } {
  const name = (timeZoneName: 'longOffset' | 'long'): string =>
    new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(name('longOffset')) ?? [];
  const size = Number(hours) * 3600 + Number(minutes) * 60;
  return { offsetSeconds: sign === '-' ? -size : size, label: name('long') };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
