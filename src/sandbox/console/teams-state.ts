import type { TeamsState } from './protocol.ts';
import type { World } from './world.ts';

/** A person's Teams, as they see it. */
export function teamsState(userId: string, { teams }: World): TeamsState {
  return {
    messages: teams.messages(userId).map(({ id, from, at, text, shown, edited }) => ({
      id,
      from,
      at: at.getTime(),
      text,
      card: shown,
      isEdited: edited,
    })),
  };
}
