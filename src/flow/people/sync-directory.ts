import { peopleOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy, WorkingHours } from '../../domain/policy/policy.ts';
import { hoursOf } from '../../domain/policy/working-hours.ts';
import { isAwayByHand } from '../../domain/routing/availability.ts';
import type { Reason } from '../../domain/words/reason.ts';
import type { Crm } from '../ports/crm.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock } from '../ports/time.ts';

type Needs = { directory: Directory; crm: Crm; policy: () => Policy; clock: Clock; observe: Observe };

/**
 * Looks up everybody the policy names among HubSpot's owners, with their hours and absences; who is no owner there is
 * kept, by email alone.
 * @returns who takes no leads any more, and why: switched off there, or no longer in the policy
 */
export function syncDirectory({ directory, crm, policy, clock, observe }: Needs) {
  return async (): Promise<{ id: PersonId; why: Reason }[]> => {
    const owners = new Map<string, Awaited<ReturnType<Crm['owners']>>[number]>();
    for (const owner of await crm.owners()) {
      const email = owner.email.toLowerCase();
      // An archived owner may share the email of the one who came back.
      if (!owners.get(email)?.active) owners.set(email, owner);
    }
    const now = clock();
    const known = await directory.people();
    const before = new Map(known.map((person) => [person.id, person.hours]));
    const people = peopleOf(policy()).map((id) => {
      const owner = owners.get(id);
      const { active = true, absences: planned = [], setAway = false } = owner ?? {};
      const away = setAway && isAwayByHand(owner?.hours ?? hoursOf(policy(), id), now);
      const absences = away
        ? [...planned, { from: now, until: null, why: { kind: 'awayInHubSpot' } as const }]
        : planned;
      const hours = followingOn(before.get(id) ?? null, owner?.hours ?? null, now);
      const { meetingLink } = owner ?? {};
      return {
        ...{ id, name: owner?.name || id, ownerId: owner?.id ?? null, active, hours, absences },
        ...(meetingLink && { meetingLink }),
      };
    });
    await directory.savePeople(
      people.map(({ absences: _, ...person }) => person),
      now,
    );
    for (const { id, absences } of people) await directory.saveAbsences(id, 'hubspot', absences, now);
    const unknownToHubSpot = people.filter((person) => person.ownerId === null).length;
    observe({ what: 'directorySynced', people: people.length, unknownToHubSpot });
    const named = new Set(people.map(({ id }) => id));
    const gone = known.filter(({ id }) => !named.has(id));
    return [
      ...people
        .filter(({ active }) => !active)
        .map(({ id }) => ({ id, why: { kind: 'switchedOffInHubSpot' } as const })),
      ...gone.map(({ id }) => ({ id, why: { kind: 'notInPolicy' } as const })),
    ];
  };
}

/** No clock that is still running was started longer ago. */
const rememberedMs = 60 * 86_400_000;

/** Somebody's hours with those they kept until now: time that has passed stays what it was when it passed. */
function followingOn(
  before: WorkingHours | null,
  hours: WorkingHours | null,
  now: Date,
): WorkingHours | null {
  if (!hours || !before) return hours;
  const { before: earlier, ...kept } = before;
  const recent = earlier && now.getTime() - earlier.until.getTime() < rememberedMs ? { before: earlier } : {};
  if (comparable(kept) === comparable(hours)) return { ...hours, ...recent };
  return { ...hours, before: { until: now, hours: { ...kept, ...recent } } };
}

/** The same for the same hours, in whatever order they were kept. */
function comparable({ zone, week }: WorkingHours): string {
  const days = ([1, 2, 3, 4, 5, 6, 7] as const).map((day) =>
    (week[day] ?? []).map(({ fromMinute, toMinute }) => `${fromMinute}-${toMinute}`).join(),
  );
  return [zone, ...days].join(';');
}
