import { type Fields, stringAt } from '../fields.ts';
import type { SlackView } from './views.ts';
import type { SlackUser, Workspace } from './workspace.ts';

/** Slack still sends this deprecated value; a signature is what counts. */
const verificationToken = 'sandbox-verification-token';

/**
 * What every interaction says about who acted and where the app is installed. Of somebody who shares a channel, `user` is
 * of their own workspace and `team` of the app's (slackapi/java-slack-sdk issue 1041). There is no `team` when the app is
 * installed in a whole grid (`@slack/bolt`, `App.js`).
 */
function interaction(workspace: Workspace, user: SlackUser, type: string): Fields {
  const name = user.email.split('@')[0];
  const { enterpriseId, isOrgWide } = workspace;
  const team = {
    id: workspace.teamId,
    domain: workspace.domain,
    ...(enterpriseId !== null && { enterprise_id: enterpriseId, enterprise_name: 'Sandbox' }),
  };
  return {
    type,
    user: { id: user.id, username: name, name, team_id: user.teamId },
    team: isOrgWide ? null : team,
    enterprise: enterpriseId === null ? null : { id: enterpriseId, name: 'Sandbox' },
    is_enterprise_install: isOrgWide,
    api_app_id: workspace.appId,
    token: verificationToken,
  };
}

/** A click. `place` is what Slack says about the message or view around the element. */
export function blockActions(
  workspace: Workspace,
  user: SlackUser,
  click: { triggerId: string; place: Fields; action: Fields },
): Fields {
  return {
    ...interaction(workspace, user, 'block_actions'),
    trigger_id: click.triggerId,
    ...click.place,
    actions: [{ ...click.action, action_ts: workspace.nextTs() }],
  };
}

/** Letters typed into a menu whose options the app knows ("block_suggestion payload"). */
export function blockSuggestion(
  workspace: Workspace,
  user: SlackUser,
  { view, blockId, actionId, text }: { view: SlackView; blockId: string; actionId: string; text: string },
): Fields {
  return {
    ...interaction(workspace, user, 'block_suggestion'),
    container: { type: 'view', view_id: view.id },
    view,
    block_id: blockId,
    action_id: actionId,
    value: text,
  };
}

export function viewSubmission(
  workspace: Workspace,
  user: SlackUser,
  { triggerId, view }: { triggerId: string; view: SlackView },
): Fields {
  return {
    ...interaction(workspace, user, 'view_submission'),
    trigger_id: triggerId,
    view,
    response_urls: [],
  };
}

export function viewClosed(
  workspace: Workspace,
  user: SlackUser,
  { view, isCleared }: { view: SlackView; isCleared: boolean },
): Fields {
  return { ...interaction(workspace, user, 'view_closed'), view, is_cleared: isCleared };
}

/** A slash command: a flat form, not JSON. */
export function slashCommand(
  workspace: Workspace,
  user: SlackUser,
  typed: { command: string; text: string; channel: string; triggerId: string; responseUrl: string },
): Record<string, string> {
  return {
    token: verificationToken,
    team_id: user.teamId,
    team_domain: workspace.domain,
    ...(workspace.enterpriseId !== null && {
      enterprise_id: workspace.enterpriseId,
      enterprise_name: 'Sandbox',
    }),
    channel_id: typed.channel,
    channel_name: channelName(workspace, typed.channel),
    user_id: user.id,
    user_name: user.email.split('@')[0] ?? '',
    command: typed.command,
    text: typed.text,
    api_app_id: workspace.appId,
    is_enterprise_install: String(workspace.isOrgWide),
    response_url: typed.responseUrl,
    trigger_id: typed.triggerId,
  };
}

/** What Slack calls a conversation in what it sends: only public channels by their name. */
export function channelName(workspace: Workspace, id: string): string {
  const channel = workspace.findConversation(id)?.channel;
  if (channel === undefined) return 'general';
  if (channel === null) return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
}

/** The envelope of the Events API. */
export function eventCallback(workspace: Workspace, event: Fields): Fields {
  return {
    type: 'event_callback',
    token: verificationToken,
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
    event: { event_ts: workspace.nextTs(), ...event },
    event_id: workspace.nextId('Ev'),
    event_time: Math.floor(workspace.now().getTime() / 1000),
    event_context: `4-${stringAt(event, 'type')}`,
    is_ext_shared_channel: false,
    authorizations: [
      {
        enterprise_id: workspace.enterpriseId,
        team_id: workspace.isOrgWide ? null : workspace.teamId,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: workspace.isOrgWide,
      },
    ],
  };
}
