import type { Platform, Policy } from '../../src/domain/policy/policy.ts';

/** A channel in which the policy has the bot tell of leads that wait. */
export type Channel = {
  platform: Platform;
  id: string;
  name: string;
  /** Emails of the managers, who read it. */
  members: readonly string[];
};

const names: Readonly<Record<Platform, string>> = { slack: 'lead-alarms', teams: 'Lead alarms' };

/** Every channel that the policy's ladders tell, in whichever chat. */
export function channelsOf({ ladders, teams }: Policy): Channel[] {
  const told = Object.values(ladders)
    .flat()
    .flatMap(({ action }) => (action.do === 'tellChannel' ? [action] : []));
  const each = new Map(told.map(({ platform, channel: id }) => [id, platform]));
  const members = [...new Set(teams.map(({ manager }) => manager))];
  return [...each].map(([id, platform]) => ({ platform, id, name: names[platform], members }));
}
