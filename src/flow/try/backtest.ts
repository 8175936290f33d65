import type { LeadId } from '../../domain/lead/lead.ts';
import { leadAt } from '../../domain/lead/lead-at.ts';
import { type Pace, type PastAnswer, paceFrom, usualPace } from '../../domain/past/forecast.ts';
import { type Outcome, type Replay, replay } from '../../domain/past/replay.ts';
import type { PersonId, Policy, WorkingHours } from '../../domain/policy/policy.ts';
import { withHours } from '../../domain/policy/working-hours.ts';
import { inactiveOf, namesOf, ownersIn } from '../people/people.ts';
import type { Past } from '../ports/past.ts';
import type { Directory } from '../ports/people.ts';

/** What the past would have been under two policies. */
export type Backtest = {
  from: Date;
  to: Date;
  /** How often something arrived about a lead. */
  moments: number;
  inForce: Outcome;
  proposed: Outcome;
  /** Leads that would have had another owner, in the order in which they came. */
  changes: number;
  /** What has to be known to read the figures rightly. */
  notes: readonly string[];
};

/** A lead that would have gone to somebody else, or to nobody. */
export type OwnerChange = { leadId: LeadId; name: string; inForce: string; proposed: string };

type Asked = { inForce: Policy; proposed: Policy; from: Date; to: Date };
type Needs = {
  past: Past;
  directory: Pick<Directory, 'people'>;
  /** Told of the share of the period that is done, 0 to 1, after each batch. */
  onProgress: (done: number) => void;
};

/** A handoff's life where too few were closed to tell. */
const usualOpenMs = 14 * 86_400_000;
const enoughClosed = 5;
const namesAtATime = 1_000;

/**
 * Goes through what arrived in a period once more, under the policy in force and under a proposed one at the same time.
 * Both begin alike and know the same; nothing is written anywhere.
 */
export async function backtest(
  { inForce, proposed, from, to }: Asked,
  { past, directory, onProgress }: Needs,
): Promise<{ result: Backtest; changes: () => AsyncGenerator<OwnerChange> }> {
  const people = await directory.people();
  const hours = new Map(
    people.flatMap((person) => (person.hours ? [[person.id, person.hours] as const] : [])),
  );
  const [answers, open, closed] = await Promise.all([
    past.answers(from, to),
    past.openAt(from),
    past.timeToClose(),
  ]);
  const known = closed && closed.count >= enoughClosed ? closed : null;
  const beginning = {
    at: from,
    inactive: inactiveOf(people),
    open,
    openForMs: known?.medianMs ?? usualOpenMs,
    paceOf: paceOf(answers, inForce, hours),
  };
  const before = replay(withHours(inForce, hours), {
    ...beginning,
    peopleByOwner: ownersIn(inForce, people),
  });
  const after = replay(withHours(proposed, hours), {
    ...beginning,
    peopleByOwner: ownersIn(proposed, people),
  });

  let moments = 0;
  for await (const batch of past.moments(from, to)) {
    let last = from;
    for (const { at, past: lead } of batch) {
      const then = leadAt(lead.lead, at);
      for (const each of [before, after]) {
        each.passUntil(at);
        each.look(lead, then, at);
      }
      moments += 1;
      last = at;
    }
    onProgress((last.getTime() - from.getTime()) / (to.getTime() - from.getTime()));
  }
  for (const each of [before, after]) each.passUntil(to);

  const moved = [...before.seen()].filter((id) => before.ownerOf(id) !== after.ownerOf(id));
  const outcomes = { inForce: before.outcome(), proposed: after.outcome() };
  const notes = [
    ...unreadWords(inForce, proposed),
    ...keptWords(inForce),
    ...modelWords(beginning.openForMs, known?.count ?? null, answers.length),
  ];
  return {
    result: { from, to, moments, ...outcomes, changes: moved.length, notes },
    changes: () => changesOf(moved, before, after, past, namesOf(people)),
  };
}

function paceOf(
  answers: readonly PastAnswer[],
  policy: Policy,
  hours: ReadonlyMap<PersonId, WorkingHours>,
): (rep: PersonId, team: string | null) => Pace {
  const paceFor = paceFrom(answers, withHours(policy, hours));
  const paces = new Map<string, Pace>();
  return (rep, team) => {
    const key = `${rep} ${team}`;
    const pace = paces.get(key) ?? paceFor(rep, team);
    paces.set(key, pace);
    return pace;
  };
}

async function* changesOf(
  moved: readonly LeadId[],
  before: Replay,
  after: Replay,
  past: Past,
  people: ReadonlyMap<PersonId, string>,
): AsyncGenerator<OwnerChange> {
  const named = (owner: string) => people.get(owner) ?? owner;
  for (let start = 0; start < moved.length; start += namesAtATime) {
    const ids = moved.slice(start, start + namesAtATime);
    const names = await past.names(ids);
    for (const leadId of ids) {
      const name = names.get(leadId) ?? '';
      const owners = { inForce: named(before.fateOf(leadId)), proposed: named(after.fateOf(leadId)) };
      yield { leadId, name, ...owners };
    }
  }
}

/** Conditions on what was never read find nothing, which looks like leads that do not meet them. */
function unreadWords(inForce: Policy, proposed: Policy): string[] {
  const [known, asked] = [inForce.properties, proposed.properties];
  const unread = [
    ...asked.contact.filter((property) => !known.contact.includes(property)),
    ...asked.company
      .filter((property) => !known.company.includes(property))
      .map((property) => `${property} (company)`),
    ...[asked.score, asked.product].filter(
      (property) => property !== null && property !== known.score && property !== known.product,
    ),
    ...(asked.openDeals && !known.openDeals ? ['open deals'] : []),
  ];
  if (unread.length === 0) return [];
  return [
    `The proposed policy asks for what the policy in force did not read from HubSpot: ${unread.join(', ')}. Stored leads may lack it, and count as if they had no value.`,
  ];
}

/** What was let go of looks as if it had never come. */
function keptWords({ retention: { events, neverHandedOver } }: Policy): string[] {
  return [
    `What HubSpot told is kept for ${Math.round(events)} days, and leads that sales never had for ${Math.round(neverHandedOver)} since they were last read: what came before, and leads that were erased, is not in these figures.`,
  ];
}

function modelWords(openForMs: number, closed: number | null, answers: number): string[] {
  const days = Number((openForMs / 86_400_000).toFixed(1));
  const like = closed === null ? 'as nothing is known of the past' : `the median of ${closed} closed ones`;
  const pace =
    answers === 0
      ? `As nobody's past is known, everybody is taken to answer within ${usualPace.toAcknowledge} working minutes and to reach out within ${usualPace.toTouch} more, in half of the cases`
      : `Everybody is taken to be as fast as in ${answers} handoffs of this period: by their own median in working time, or their team's where they have fewer than 5, or else ${usualPace.toAcknowledge} minutes to answer and ${usualPace.toTouch} more to reach out`;
  return [
    'Each lead is judged by what had happened when something arrived about it: score, stages, pages and the last form are cut off there. Of forms, and of entries into a stage, HubSpot tells the last only.',
    'These have no history and are as they are today: who the lead is, company, visits, open deals, lead status, further properties, and the account owner. The contact owner is the one before the bot handed the lead over, where the decision of that time tells.',
    `Both policies begin with equal turns, and with the handoffs that were open. A handoff stays open for ${days} days (${like}). Nobody is absent; who is switched off in HubSpot today takes nothing. Leads that a team may claim count for nobody's caps.`,
    `${pace}. The chance of a miss is ½ to the power of the time allowed divided by that median. Expected misses are the sum of these chances; reminders, grace and reassignments are left out.`,
  ];
}
