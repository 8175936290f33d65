import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';
import { type CallOptions, required, slackCalls } from './calls.ts';

/** Where the bot is installed, and what it was granted there. */
export type SlackAccount = { workspace: string; bot: string; scopes: ReadonlySet<string> };

/** What becomes of a card in a channel: it arrives; it does not before the app is invited; or it is kept from guests. */
export type SlackChannel = 'open' | 'notInvited' | 'shared' | 'unknown';

/** Looks at the bot's own installation in Slack. */
export function slackAccount(options: CallOptions) {
  const { web, ask } = slackCalls(options);
  return {
    /** @returns what keeps the app out, in words, where Slack does not let it in */
    async read(): Promise<SlackAccount | { refused: string }> {
      try {
        const { team, team_id, user, response_metadata } = await ask('auth.test', () => web.auth.test());
        const workspace = team || required(team_id, 'auth.test', 'team_id');
        return { workspace, bot: user ?? '', scopes: new Set(response_metadata?.scopes ?? []) };
      } catch (error) {
        if (error instanceof TemporaryFailure && error.obstacle) return { refused: error.obstacle };
        throw error;
      }
    },

    /** Whether a card may come into a channel, by its id. */
    async channel(channel: string): Promise<SlackChannel> {
      try {
        const info = await ask('conversations.info', () => web.conversations.info({ channel }));
        if (info.channel?.is_ext_shared || info.channel?.is_pending_ext_shared) return 'shared';
        // Into a public channel the app may write uninvited (`chat:write.public`).
        return info.channel?.is_private && !info.channel.is_member ? 'notInvited' : 'open';
      } catch (error) {
        // Slack calls a private channel so as well that the app is not in.
        if (error instanceof PermanentFailure && error.code === 'channel_not_found') return 'unknown';
        throw error;
      }
    },
  };
}
