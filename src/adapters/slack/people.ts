import type { WebClient } from '@slack/web-api';
import type { Chat } from '../../flow/ports/chat.ts';
import { PermanentFailure } from '../../flow/ports/failure.ts';
import { believedEmail, isColleague, isPerson, type Sender, type Workspace } from './accounts.ts';
import { type Ask, required } from './calls.ts';
import { remembered } from './remembered.ts';

const nobody = new Set(['users_not_found', 'user_not_found', 'user_not_visible', 'user_disabled']);

/** Somebody who was let in, or has confirmed their address, is known after so long. */
const keptMs = 10 * 60_000;

type People = Pick<Chat, 'findAccount' | 'localeOf' | 'emailsOf'> &
  Required<Pick<Chat, 'quietUntil'>> & {
    /** Whether something was sent by somebody of our own workspace or grid. */
    isColleague(sender: Sender): Promise<boolean>;
  };

/** Who is who in Slack. @param now milliseconds */
export function slackPeople({ web, ask }: { web: WebClient; ask: Ask }, now: () => number): People {
  /** What Slack answers about somebody; null when there is nobody that could be written to. */
  const askAbout = async <Found>(method: string, call: () => Promise<Found>): Promise<Found | null> => {
    try {
      return await ask(method, call);
    } catch (error) {
      if (error instanceof PermanentFailure && nobody.has(error.code)) return null;
      throw error;
    }
  };

  const askForWorkspace = async (): Promise<Workspace> => {
    const { team_id, enterprise_id } = await ask('auth.test', () => web.auth.test());
    if (!team_id && enterprise_id) return { teamId: null, enterpriseId: enterprise_id };
    return { teamId: required(team_id, 'auth.test', 'team_id'), enterpriseId: enterprise_id ?? null };
  };
  let workspace: Promise<Workspace> | null = null;
  /** Where the app is installed: asked for once, as a token belongs to one place. */
  const ownWorkspace = (): Promise<Workspace> => {
    workspace ??= askForWorkspace().catch((error: unknown) => {
      workspace = null;
      throw error;
    });
    return workspace;
  };

  const infoOf = (user: string) =>
    askAbout('users.info', () => web.users.info({ user, include_locale: true }));

  /** However often somebody clicks whom nobody knows, Slack is asked about them once in a while. */
  const userOf = remembered(async (user: string) => (await infoOf(user))?.user ?? null, {
    forMs: keptMs,
    now,
  });

  return {
    async findAccount(address) {
      const isId = !address.includes('@');
      const found = isId
        ? await infoOf(address.toUpperCase())
        : await askAbout('users.lookupByEmail', () => web.users.lookupByEmail({ email: address }));
      const user = found?.user;
      if (!user?.id) return null;
      const own = await ownWorkspace();
      if (!(isId ? isPerson(user, own) : believedEmail(user, own))) return null;
      const userId = user.id;
      const opened = await askAbout('conversations.open', () => web.conversations.open({ users: userId }));
      if (!opened) return null;
      const conversationId = required(opened.channel?.id, 'conversations.open', 'channel.id');
      // Slack tells the language of nobody whom it looks up by email.
      const told = isId ? found : await infoOf(userId);
      const locale = (told?.user && 'locale' in told.user && told.user.locale) || null;
      return { userId, conversationId, zone: user.tz ?? null, locale };
    },

    async quietUntil(user, now) {
      const { dnd_enabled, next_dnd_start_ts, next_dnd_end_ts } = await ask('dnd.info', () =>
        web.dnd.info({ user }),
      );
      // Without a window Slack answers with times long past.
      const [start, end] = [next_dnd_start_ts, next_dnd_end_ts].map((ts = 0) => new Date(ts * 1000));
      return dnd_enabled && start && end && start <= now && now < end ? end : null;
    },

    localeOf: async (userId) => (await userOf(userId))?.locale ?? null,

    async emailsOf(userId) {
      const user = await userOf(userId);
      const email = user && believedEmail(user, await ownWorkspace());
      return email ? [email] : [];
    },

    async isColleague({ userId, teamId, appTeamId }) {
      // Slack signs both: most clicks need no question, and work while Slack answers none.
      if (teamId !== null && teamId === appTeamId) return true;
      const own = await ownWorkspace();
      if (teamId !== null && teamId === own.teamId) return true;
      // What a request says of a grid may be said of the channel in which a stranger clicked.
      const isForeign = teamId !== null && own.enterpriseId === null;
      const user = isForeign ? null : await userOf(userId);
      return user !== null && isColleague(user, own);
    },
  };
}
