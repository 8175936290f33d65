import { homeScope } from '../../domain/home/home-facts.ts';
import type { HomeView } from '../../domain/home/home-view.ts';
import type { PersonId, Platform, Policy } from '../../domain/policy/policy.ts';
import { inactiveOf, namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Homes, KeptHome } from '../ports/homes.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';

export type HomeNeeds = { homes: Homes; directory: Directory; policy: () => Policy; clock: Clock };

/** All that somebody's home is made from, and how it was published last. */
export type HomeNow = { view: HomeView; people: readonly Person[]; kept: KeptHome | null };

/**
 * @param userId the reader's account, when they open their home; null: they do not
 * @param platform where they read it
 */
export async function homeNow(
  reader: PersonId,
  userId: string | null,
  { homes, directory, policy: policyNow, clock }: HomeNeeds,
  platform: Platform = 'slack',
): Promise<HomeNow> {
  const [now, policy] = [clock(), policyNow()];
  const scope = homeScope(reader, policy);
  const [{ facts, kept }, people, absences] = await Promise.all([
    userId === null ? homes.read(scope, now) : homes.open(scope, userId, now),
    directory.people(),
    directory.absences(now),
  ]);
  const known = { names: namesOf(people), inactive: inactiveOf(people), absences };
  return {
    view: { reader, facts, policy, ...known, words: wordsFor(reader, platform, { people, policy }), now },
    people,
    kept,
  };
}
