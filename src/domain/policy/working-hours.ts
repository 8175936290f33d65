import { teamOf } from './people-of.ts';
import type { LocalSpan, Member, PersonId, Policy, WorkingHours } from './policy.ts';

/** A person's working hours: their own as a member, else those of the team they manage, else round the clock. */
export function hoursOf(policy: Policy, person: PersonId): WorkingHours {
  const team = teamOf(policy, person);
  const member = team?.members.find((candidate) => candidate.id === person);
  return member?.hours ?? team?.hours ?? roundTheClock;
}

/** The IANA zone in which somebody works; null when nobody wrote down their hours. */
export function workZone(policy: Policy, person: PersonId): string | null {
  const hours = hoursOf(policy, person);
  return hours === roundTheClock ? null : hours.zone;
}

const wholeDay: readonly LocalSpan[] = [{ fromMinute: 0, toMinute: 1440 }];

/** For somebody whose hours nobody wrote down: every minute counts. */
export const roundTheClock: WorkingHours = {
  zone: 'UTC',
  week: { 1: wholeDay, 2: wholeDay, 3: wholeDay, 4: wholeDay, 5: wholeDay, 6: wholeDay, 7: wholeDay },
};

/** The policy with the hours that people keep in HubSpot, for members for whom it has none of their own. */
export function withHours(policy: Policy, hours: ReadonlyMap<PersonId, WorkingHours>): Policy {
  return withMembers(policy, (member) => {
    const theirs = member.ownHours ? undefined : hours.get(member.id);
    if (!theirs) return member;
    const { holidays } = member.hours;
    return { ...member, hours: holidays ? { ...theirs, holidays } : theirs };
  });
}

/** The policy with the absences of its members, whose time away is no working time. */
export function withAbsences(
  policy: Policy,
  absences: ReadonlyMap<PersonId, readonly { from: Date; until: Date | null }[]>,
): Policy {
  return withMembers(policy, (member) => {
    // An absence without an end moves no due time: nobody knows to when.
    const away = absences.get(member.id)?.flatMap(({ from, until }) => (until ? [{ from, until }] : []));
    return away ? { ...member, hours: { ...member.hours, away } } : member;
  });
}

function withMembers(policy: Policy, change: (member: Member) => Member): Policy {
  const teams = policy.teams.map((team) => ({ ...team, members: team.members.map(change) }));
  return { ...policy, teams };
}
