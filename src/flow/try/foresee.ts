import type { Lead } from '../../domain/lead/lead.ts';
import { peopleOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy, Targets } from '../../domain/policy/policy.ts';
import { withStart } from '../../domain/policy/with-start.ts';
import { withAbsences, withHours } from '../../domain/policy/working-hours.ts';
import { judge } from '../../domain/routing/judge.ts';
import type { Considered, EarlierHandoff, History } from '../../domain/routing/qualify.ts';
import type { Assignment, RouteReason, Standing } from '../../domain/routing/route.ts';
import { termAfter } from '../../domain/time/sla.ts';
import type { Reason } from '../../domain/words/reason.ts';
import { inactiveOf, ownersIn } from '../people/people.ts';
import type { Arrivals } from '../ports/arrivals.ts';
import type { CrmOwner } from '../ports/crm.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Runs } from '../ports/time.ts';

/** What would be decided about a lead now. */
export type Foreseen = {
  verdict: 'handoff' | 'held' | 'ignored';
  /** Evidence of a handoff, or why it does not come to one. */
  reason: Reason;
  considered: readonly Considered[];
  /** Empty when it does not come to routing. */
  reasons: readonly RouteReason[];
  handoff: Offer | null;
  /** A lead that waits for a team: until when. */
  waits: { team: string; until: Date } | null;
};

/** A handoff as it would begin. */
export type Offer = {
  trigger: string;
  /** Since when the trigger is met. */
  since: Date;
  assignment: Assignment;
  targets: Targets;
  respondBy: Date;
  /** If it is accepted at that time, and not sooner. */
  touchBy: Date;
};

/** Everything that a decision depends on besides the lead and the policy. */
export type Known = {
  earlier: readonly EarlierHandoff[];
  workflows: History['workflows'];
  standing: Standing;
  people: readonly Person[];
};

/** Judges a lead as intake does, and leaves it at that. */
export function foresee(
  lead: Lead,
  policy: Policy,
  { earlier, workflows, standing }: Known,
  now: Date,
): Foreseen {
  const judged = judge(lead, policy, { earlier, workflows }, standing, now);
  const { verdict, reason, considered } = judged;
  if (judged.verdict !== 'handoff') {
    const unmade = { verdict, reason, considered, handoff: null };
    if (judged.verdict === 'ignored' || judged.for === 'fields')
      return { ...unmade, reasons: [], waits: null };
    const { team, until, reasons } = judged;
    return { ...unmade, reasons, waits: { team, until } };
  }
  const { trigger, since, assignment, targets } = judged;
  const { due: respondBy } = termAfter('acknowledge', targets, policy, assignment);
  const { due: touchBy } = termAfter('touch', targets, policy, { rep: assignment.rep, at: respondBy });
  const handoff = { trigger: trigger.name, since, assignment, targets, respondBy, touchBy };
  return { verdict, reason, considered, reasons: assignment.reasons, handoff, waits: null };
}

type Stores = { arrivals: Arrivals; directory: Directory; runs: Pick<Runs, 'last'> };

/**
 * What is known at this moment: from the database, or without one as if nothing had happened yet. People whom the
 * database does not know are taken from HubSpot, when it is at hand.
 */
export async function knownNow(
  lead: Lead,
  policy: Policy,
  { stores, owners }: { stores: Stores | null; owners: (() => Promise<CrmOwner[]>) | null },
  now: Date,
): Promise<Known & { policy: Policy }> {
  const stored = (await stores?.directory.people()) ?? [];
  const read = stored.length === 0 && owners ? await owners() : [];
  const people = stored.length > 0 ? stored : peopleFrom(read, policy);
  const absences = stores ? await stores.directory.absences(now) : absencesOf(read);
  const ids = [lead.id, ...lead.formerIds];
  const [known] = (await stores?.arrivals.known([ids])) ?? [];
  const standings = await stores?.arrivals.standings(ids, peopleOf(policy), now);
  const began = (await stores?.runs.last('began')) ?? null;
  const hours = new Map(
    people.flatMap((person) => (person.hours ? [[person.id, person.hours] as const] : [])),
  );
  return {
    policy: withAbsences(withHours(began ? withStart(policy, began) : policy, hours), absences),
    earlier: known?.earlier ?? [],
    workflows: known?.workflows ?? [],
    people,
    standing: {
      peopleByOwner: ownersIn(policy, people),
      inactive: inactiveOf(people),
      absences,
      credits: standings?.credits ?? new Map(),
      load: standings?.load ?? new Map(),
      excluded: new Map(ids.flatMap((id) => [...(standings?.excluded.get(id) ?? [])])),
    },
  };
}

function peopleFrom(owners: readonly CrmOwner[], policy: Policy): Person[] {
  return peopleOf(policy).map((id) => {
    const theirs = owners.filter(({ email }) => email.toLowerCase() === id);
    // An archived owner may share the email of the one who came back.
    const owner = theirs.find(({ active }) => active) ?? theirs[0];
    const { name = id, active = true, hours = null } = owner ?? {};
    return { id, name: name || id, ownerId: owner?.id ?? null, active, hours, accounts: [] };
  });
}

function absencesOf(owners: readonly CrmOwner[]): Standing['absences'] {
  const away = owners.filter(({ active }) => active);
  return new Map(
    away.map(({ email, absences }): [PersonId, typeof absences] => [email.toLowerCase(), absences]),
  );
}
