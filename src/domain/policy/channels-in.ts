import type { Platform, Policy } from './policy.ts';

/** The channels of a platform that the policy writes to, by their ids, each once. */
export function channelsIn({ ladders, marketing }: Policy, platform: Platform): string[] {
  const told = Object.values(ladders)
    .flat()
    .flatMap(({ action }) => (action.do === 'tellChannel' ? [{ ...action, id: action.channel }] : []));
  const all = [...told, ...(marketing?.channel ? [marketing.channel] : [])];
  return [...new Set(all.filter((one) => one.platform === platform).map(({ id }) => id))];
}
