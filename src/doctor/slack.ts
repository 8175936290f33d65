import { type SlackAccount, type SlackChannel, slackAccount } from '../adapters/slack/account.ts';
import type { CallOptions } from '../adapters/slack/calls.ts';
import { channelsIn } from '../domain/policy/channels-in.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { type Check, type Finding, right, warning, wrong } from './check.ts';

/** What the app needs in Slack, by what is lacking without it; as `manifests/slack` asks for it. */
export const slackScopes: Readonly<Record<string, string>> = {
  'channels:read': 'channels of other companies are told apart',
  'chat:write': 'cards are sent',
  'chat:write.public': 'public channels are written to',
  commands: '/handoff is understood',
  'groups:read': 'private channels are told apart',
  'im:history': 'a card is not sent twice',
  'im:write': 'direct messages are opened',
  'users:read': 'people and their zones are known',
  'users:read.email': 'people are found by their email',
};

const quietScope = 'dnd:read';

/** What Slack lets the bot do. */
export function slackChecks(options: CallOptions, policy: Policy): Check[] {
  const slack = slackAccount(options);
  const account = slack.read();
  account.catch(() => {});
  const ifLetIn = async (look: (account: SlackAccount) => Finding[] | Promise<Finding[]>) => {
    const read = await account;
    return 'refused' in read ? [] : look(read);
  };
  return [
    {
      name: 'Slack account',
      look: async () => {
        const read = await account;
        if ('refused' in read) {
          return [wrong(`Slack turns the bot away: ${read.refused}`, 'Then start the bot again.')];
        }
        return [right(`@${read.bot} in ${read.workspace}`)];
      },
    },
    { name: 'Slack scopes', look: () => ifLetIn(({ scopes }) => scopeFindings(scopes, policy)) },
    {
      name: 'Slack channels',
      look: () =>
        ifLetIn(async () => {
          const channels = channelsIn(policy, 'slack');
          return Promise.all(channels.map(async (id) => channelFinding(id, await slack.channel(id))));
        }),
    },
  ];
}

function scopeFindings(granted: ReadonlySet<string>, policy: Policy): Finding[] {
  const remedy = 'Add it under OAuth & Permissions in the settings of the app, and install the app again.';
  const lacking = Object.entries(slackScopes).filter(([scope]) => !granted.has(scope));
  const quiet = policy.respectsQuiet && !granted.has(quietScope);
  const all = [
    ...lacking.map(([scope, so]) => wrong(`${scope} is not granted: with it ${so}`, remedy)),
    ...(quiet ? [warning(`${quietScope} is not granted: with it do-not-disturb is heeded`, remedy)] : []),
  ];
  return all.length > 0 ? all : [right('all that the bot needs are granted')];
}

function channelFinding(id: string, channel: SlackChannel): Finding {
  switch (channel) {
    case 'open':
      return right(`${id} takes cards`);
    case 'notInvited':
      return wrong(`${id} is private, and the app is not in it`, 'Write /invite @lead-handoff there.');
    case 'shared':
      return wrong(
        `${id} is shared with another company, which would read about leads`,
        'Name a channel of your own in the policy.',
      );
    case 'unknown':
      return wrong(
        `${id} is no channel that the app can see`,
        'Correct its id in the policy, or write /invite @lead-handoff there if it is private.',
      );
    default:
      return channel satisfies never;
  }
}
