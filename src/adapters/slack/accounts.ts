import type { User } from '@slack/web-api/dist/types/response/UsersInfoResponse.js';

/** Where the app is installed: in a workspace, which may be one of a grid, or in the whole grid, which is none. */
export type Workspace =
  | { teamId: string; enterpriseId: string | null }
  | { teamId: null; enterpriseId: string };

/** Who sent something, of which workspace they are, and, where the same request tells, that of the app. */
export type Sender = { userId: string; teamId: string | null; appTeamId: string | null };

/**
 * Whether an account is of our own workspace or grid. Who shares a channel with us has an account of another company, of
 * which Slack tells `is_stranger: false` as well ("User object").
 */
export function isColleague(user: User, { teamId, enterpriseId }: Workspace): boolean {
  const { enterprise_user: ofGrid } = user;
  if (user.is_stranger) return false;
  if (teamId !== null && (user.team_id === teamId || ofGrid?.teams?.includes(teamId))) return true;
  return enterpriseId !== null && ofGrid?.enterprise_id === enterpriseId;
}

/** Whether an account is that of a living colleague who has joined, and no machine's. Guests of ours are colleagues. */
export function isPerson(user: User, own: Workspace): boolean {
  const isMachine = user.is_bot || user.is_app_user || user.is_workflow_bot || user.is_connector_bot;
  return !isMachine && !user.deleted && !user.is_invited_user && isColleague(user, own);
}

/**
 * The address of an account, as far as it says who somebody is: one that they have confirmed. Some who log in through SSO
 * never do: the policy names their account itself.
 */
export function believedEmail(user: User, own: Workspace): string | null {
  if (!user.is_email_confirmed || !isPerson(user, own)) return null;
  return user.profile?.email ?? null;
}
