import type { TeamsMessage } from '../teams/server.ts';
import type { TeamsMessageState, TeamsState } from './protocol.ts';
import type { World } from './world.ts';

/** A person's Teams, as they see it. */
export function teamsState(userId: string, { teams }: World): TeamsState {
  return { messages: teams.messages(userId).map(messageState) };
}

export function messageState({ id, from, at, text, shown, edited }: TeamsMessage): TeamsMessageState {
  return { id, from, at: at.getTime(), text, card: shown, isEdited: edited };
}
