/**
 * What keeps the app out until somebody does something about it, by Slack's word ("Common errors" of its methods): the
 * conversations stay, so whoever was to be written to is not at fault.
 */
export const obstacles: ReadonlyMap<string, string> = new Map([
  ['access_denied', 'the app may not do this; check its scopes and reinstall it'],
  ['accesslimited', "Slack takes the app's calls only from other networks; allow the address of this one"],
  ['account_inactive', "the app's account is switched off; reinstall the app"],
  ['ekm_access_denied', 'administrators have suspended the messages that their own keys encrypt'],
  ['enterprise_is_restricted', 'the app may not be used in this Enterprise organization'],
  ['external_channel_migrating', 'the channel is being moved to another workspace'],
  ['invalid_auth', "Slack does not know the app's token; check SLACK_BOT_TOKEN"],
  ['messages_tab_disabled', 'the Messages tab is switched off under App Home in the settings of the app'],
  ['missing_scope', 'the app lacks a scope of its manifest; reinstall it'],
  ['no_permission', "the app's token lacks a permission; check its scopes and reinstall it"],
  ['not_allowed_token_type', 'the token is of the wrong kind; SLACK_BOT_TOKEN begins with xoxb-'],
  ['not_authed', 'there is no token; check SLACK_BOT_TOKEN'],
  ['org_login_required', 'the workspace is being moved into an Enterprise organization'],
  ['team_access_not_granted', 'the app is not allowed in this workspace; approve it'],
  ['team_added_to_org', 'the workspace is being moved into an Enterprise organization'],
  ['token_expired', "the app's token has expired; reinstall the app"],
  ['token_revoked', "the app's token was revoked; reinstall the app"],
  ['two_factor_setup_required', 'the workspace asks for two-factor authentication that is not set up'],
]);

/** Our word for a channel of Slack Connect: Slack itself would take the message. */
export const sharedChannel = 'shared_with_another_company';

/** Why Slack refuses a message for good, as people read it. A word that is not among them stands in the log alone. */
export const refusals: ReadonlyMap<string, string> = new Map([
  ['channel_not_found', 'there is no such conversation, or the app is not in it'],
  [sharedChannel, 'the channel is shared with another company, which would read about the lead'],
  ['is_archived', 'the channel is archived'],
  ['is_inactive', 'the channel is archived'],
  ['msg_blocks_too_long', 'the message is too long'],
  ['msg_too_long', 'the message is too long'],
  ['not_in_channel', 'the app is not in the channel'],
  ['restricted_action', 'an administrator forbids the app to write there'],
  ['restricted_action_non_threadable_channel', 'an administrator forbids the app to write there'],
  ['restricted_action_read_only_channel', 'the channel is read-only'],
  ['restricted_action_thread_locked', 'the thread is locked'],
  ['restricted_action_thread_only_channel', 'the channel takes replies in threads only'],
  ['user_disabled', 'the account is deactivated'],
]);
