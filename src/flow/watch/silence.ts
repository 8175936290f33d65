import { teamOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { escalatesTo } from '../../domain/policy/who-decides.ts';
import { absent } from '../../domain/routing/availability.ts';
import { availabilityIn } from '../with-routing.ts';
import { type CoverNeeds, cover } from './cover.ts';

export type SilenceNeeds = CoverNeeds & { policy: () => Policy };

/**
 * Sets a rep away who let too many cards in a row pass, finds others for what they have not answered, and tells them and
 * their manager. Nobody who only stands in, as a manager for a team, is set away.
 */
export async function setAwayIfSilent(rep: PersonId, needs: SilenceNeeds): Promise<void> {
  const { directory, clock } = needs;
  const policy = needs.policy();
  const limit = policy.silentAfter;
  const isMember = policy.teams.some(({ members }) => members.some(({ id }) => id === rep));
  if (limit === null || !isMember) return;
  const missed = await directory.missedInRow(rep);
  if (missed < limit) return;
  const now = clock();
  const availability = { ...(await availabilityIn(directory, policy, now)), load: new Map() };
  if (!absent(rep, availability, now)) await setAway(rep, missed, policy, needs);
  // Also when they are away already: an earlier attempt may have broken off right after setting them away.
  await cover(needs)(rep);
}

async function setAway(
  rep: PersonId,
  missed: number,
  policy: Policy,
  { directory, outbox, clock, observe }: SilenceNeeds,
): Promise<void> {
  const now = clock();
  const manager = escalatesTo(policy, { rep, team: teamOf(policy, rep)?.name ?? null });
  // Told first: whoever is set away and does not know it never comes back.
  await outbox.add(
    [
      { person: rep, news: { kind: 'setAway', missed } },
      ...(manager ? [{ person: manager, news: { kind: 'repSetAway', rep, missed } as const }] : []),
    ],
    now,
  );
  const why = { kind: 'silent', count: missed } as const;
  await directory.saveAbsences(rep, 'silence', [{ from: now, until: null, why }], now);
  observe({ what: 'setAway', missed });
}
