import type { PersonState } from '../protocol.ts';
import { chatsOf } from './chats.ts';
import { firstName } from './words.ts';

const places: Readonly<Record<string, string>> = {
  slack: 'in Slack',
  teams: 'in Teams',
  'slack teams': 'in both chats',
};

/** Says whose cards come in another chat than most reps'; nothing when all read theirs in the same. */
export function WhoReadsWhere({ people }: { people: readonly PersonState[] }) {
  const reps = people.filter(({ role }) => role === 'rep');
  const groups = [...Map.groupBy(reps, (person) => chatsOf(person).join(' '))].sort(
    ([, a], [, b]) => a.length - b.length,
  );
  if (groups.length < 2) return null;
  const parts = groups.map(([chats, group], index) => {
    const names = group.map(({ name }) => firstName(name)).join(' and ');
    return `${index === groups.length - 1 ? 'the others' : names} ${places[chats]}`;
  });
  return <p className="who-reads-where">Cards reach {parts.join(', ')}.</p>;
}
