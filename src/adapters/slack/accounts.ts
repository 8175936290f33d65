import type { User } from '@slack/web-api/dist/types/response/UsersInfoResponse.js';

/** Where the app is installed; `enterpriseId` when the workspace is one of a grid. */
export type Workspace = { teamId: string; enterpriseId: string | null };

/** Who sent something, and of which workspace they are. */
export type Sender = { userId: string; teamId: string | null };

/**
 * Whether an account is of our own workspace or grid. Who shares a channel with us has an account of another company, of
 * which Slack tells `is_stranger: false` as well ("User object").
 */
export function isColleague(user: User, { teamId, enterpriseId }: Workspace): boolean {
  const { enterprise_user: ofGrid } = user;
  if (user.is_stranger) return false;
  if (user.team_id === teamId || ofGrid?.teams?.includes(teamId)) return true;
  return enterpriseId !== null && ofGrid?.enterprise_id === enterpriseId;
}

/**
 * The address of an account, as far as it says who somebody is: of a living colleague who has joined, and no machine's.
 * Guests count when they have confirmed it: our own admins have let them in, and the policy names them. Of members Slack
 * may never call it confirmed, as those who log in through SSO have nothing to confirm.
 */
export function believedEmail(user: User, own: Workspace): string | null {
  const isPerson = !user.is_bot && !user.is_app_user && !user.is_workflow_bot && !user.is_connector_bot;
  if (!isPerson || user.deleted || user.is_invited_user || !isColleague(user, own)) return null;
  const isGuest = user.is_restricted || user.is_ultra_restricted;
  if (isGuest && !user.is_email_confirmed) return null;
  return user.profile?.email ?? null;
}
