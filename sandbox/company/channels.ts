import type { Platform, Policy } from '../../src/domain/policy/policy.ts';

/** A channel in which the policy has the bot tell something. */
export type Channel = {
  platform: Platform;
  id: string;
  name: string;
  /** Emails of those who read it. */
  members: readonly string[];
};

/** Every channel that the policy tells of leads that wait, which the managers read, or of the week, in whichever chat. */
export function channelsOf({ ladders, teams, marketing }: Policy): Channel[] {
  const told = Object.values(ladders)
    .flat()
    .flatMap(({ action }) => (action.do === 'tellChannel' ? [action] : []));
  const alarms = new Map(told.map(({ platform, channel: id }) => [id, platform]));
  const managers = [...new Set(teams.map(({ manager }) => manager))];
  const ofManagers = [...alarms].map(([id, platform]) => {
    return { platform, id, name: alarmNames[platform], members: managers };
  });
  if (!marketing?.channel || alarms.has(marketing.channel.id)) return ofManagers;
  const { channel, people } = marketing;
  return [...ofManagers, { ...channel, name: reportNames[channel.platform], members: people }];
}

const alarmNames: Readonly<Record<Platform, string>> = { slack: 'lead-alarms', teams: 'Lead alarms' };
const reportNames: Readonly<Record<Platform, string>> = {
  slack: 'marketing-weekly',
  teams: 'Marketing weekly',
};
