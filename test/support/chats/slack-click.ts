import type { SlackServer } from '../../../sandbox/slack/server.ts';
import type { Command, Pressed, SeenCard } from './client.ts';
import { elementOf, menuOption } from './slack-blocks.ts';

/** A click that Slack's own clients would not send. */
export async function pressForeign(
  server: SlackServer,
  userId: string,
  button: Command,
  card: SeenCard,
): Promise<Pressed> {
  const { acknowledged } = await server.interact(clickPayload(server, { userId, button, card }));
  return { answered: acknowledged };
}

/** The body of a request that says that somebody clicked a button of this card. */
export function clickBody(server: SlackServer, click: Parameters<typeof clickPayload>[1]): string {
  return new URLSearchParams({ payload: JSON.stringify(clickPayload(server, click)) }).toString();
}

/** Says that somebody clicked a button of this card. */
export function clickPayload(
  server: SlackServer,
  {
    userId,
    teamId = server.teamId,
    button,
    card,
  }: { userId: string; teamId?: string; button: Command; card: SeenCard },
) {
  return {
    type: 'block_actions',
    user: { id: userId, username: 'somebody', team_id: teamId },
    team: { id: server.teamId, domain: 'example' },
    channel: { id: 'D1', name: 'directmessage' },
    container: { type: 'message', message_ts: card.id, channel_id: 'D1', is_ephemeral: false },
    api_app_id: 'A1',
    token: 'unused',
    trigger_id: '1.2.3',
    response_url: `${server.url}/nowhere`,
    message: { type: 'message', ts: card.id, text: 'card', blocks: card.face },
    state: { values: {} },
    actions: [{ ...pressed(card, button), action_ts: '1772460180.1' }],
  };
}

/** The button, or what was chosen from the menu. */
function pressed(card: SeenCard, button: string) {
  const value = menuOption(card.face, `handoff.${button}`);
  if (!value) return elementOf(card.face, `handoff.${button}`);
  return { ...elementOf(card.face, 'handoff.menu'), selected_option: { value } };
}
