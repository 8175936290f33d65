import type { WebClient } from '@slack/web-api';
import type { HomeTab } from '../../flow/ports/chat.ts';
import { type Ask, paces } from './calls.ts';
import { slackHome } from './home-view.ts';
import { slackCode } from './translate-error.ts';

/** The Home tab that Slack has for each person beside their messages with the app. */
export function slackHomeTab({ web, ask }: { web: WebClient; ask: Ask }): HomeTab {
  return {
    publish: (userId, page, people, hash) => {
      const view = slackHome(page, people);
      const call = () =>
        web.views.publish({ user_id: userId, view, ...(hash !== null && { hash }) }).then(
          ({ view: shown }) => ({ hash: shown?.hash ?? null }),
          (error: unknown) => {
            if (slackCode(error) === 'hash_conflict') return 'overtaken' as const;
            throw error;
          },
        );
      return ask('views.publish', call, { lane: userId, pace: paces.views });
    },
  };
}
