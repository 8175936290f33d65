import { type PersonId, type Platform, type Policy, platforms, type Team } from './policy.ts';

/** Everybody the policy names: members, managers, the fallback, the admins and marketing's people, each once. */
export function peopleOf(policy: Policy): PersonId[] {
  const named = policy.teams.flatMap((team) => [team.manager, ...team.members.map((member) => member.id)]);
  const { people: inMarketing = [] } = policy.marketing ?? {};
  return [...new Set([...named, policy.routing.fallback, ...policy.admins, ...inMarketing])];
}

/** Everybody who can hold a lead: members, managers and the fallback, each once. */
export function takersOf(policy: Policy): PersonId[] {
  const takers = policy.teams.flatMap((team) => [...team.members.map((member) => member.id), team.manager]);
  return [...new Set([...takers, policy.routing.fallback])];
}

/** Members with a cap: whether they take a turn depends on how many leads they have. */
export function cappedIn({ teams }: Policy): PersonId[] {
  const capped = teams
    .flatMap(({ members }) => members)
    .filter(({ caps }) => Object.values(caps).some((cap) => cap !== null));
  return [...new Set(capped.map(({ id }) => id))];
}

/** The team somebody takes leads in, or else manages; the first that lists them. */
export function teamOf(policy: Policy, person: PersonId): Team | undefined {
  const taking = policy.teams.find((team) => team.members.some((member) => member.id === person));
  return taking ?? policy.teams.find((team) => team.manager === person);
}

/** Every team that somebody takes leads in or manages. */
export function teamsOf({ teams }: Policy, person: PersonId): Team[] {
  return teams.filter(
    ({ manager, members }) => manager === person || members.some(({ id }) => id === person),
  );
}

/** Whether the policy says of a member that they take nothing new. */
export function isSwitchedOff(policy: Policy, person: PersonId): boolean {
  return policy.teams.some(({ members }) => members.some(({ id, active }) => id === person && !active));
}

/** The platforms in which somebody gets a card, in the order of their liking, and whether one of them is enough. */
export function chatsOf(
  { chat }: Policy,
  person: PersonId,
): { inOrder: readonly Platform[]; oneIsEnough: boolean } {
  const choice = chat.people.get(person) ?? chat.usual;
  if (choice === 'both') return { inOrder: platforms, oneIsEnough: false };
  return { inOrder: [choice, ...platforms.filter((other) => other !== choice)], oneIsEnough: true };
}

/** The email of somebody's account in a chat: the one by which the policy names them, unless it says otherwise. */
export function addressIn(policy: Policy, platform: Platform, person: PersonId): string {
  return policy.chatAddresses.get(person)?.[platform] ?? person;
}
