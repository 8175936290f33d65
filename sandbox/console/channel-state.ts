import type { Channel } from '../company/channels.ts';
import type { ChannelState } from './protocol.ts';
import { messageState as slackMessage } from './slack-state.ts';
import { messageState as teamsMessage } from './teams-state.ts';
import type { World } from './world.ts';

/** A channel, as those see it who read it. */
export function channelState({ platform, ...channel }: Channel, { slack, teams }: World): ChannelState {
  if (platform === 'slack') {
    const messages = slack.channelMessages(channel.id).map((message) => slackMessage(message, null));
    return { ...channel, platform, messages };
  }
  return { ...channel, platform, messages: teams.threads(channel.id).flat().map(teamsMessage) };
}
