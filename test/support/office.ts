import { begin, type Command, offer } from '../../src/domain/handoff.ts';
import type { Lead } from '../../src/domain/lead.ts';
import type { PersonId, Policy } from '../../src/domain/policy.ts';
import { peopleOf } from '../../src/domain/policy.ts';
import { changeHandoff, timersFor } from '../../src/flow/change.ts';
import { identify } from '../../src/flow/identify.ts';
import type { Observation } from '../../src/flow/observe.ts';
import {
  assignment,
  at,
  policy as examplePolicy,
  lead,
  minutesAfter,
  names,
  offered,
  targets,
} from './examples.ts';
import { memoryCards } from './memory/cards.ts';
import { memoryChat } from './memory/chat.ts';
import { memoryCrm } from './memory/crm.ts';
import { memoryDecisions } from './memory/decisions.ts';
import { memoryDirectory } from './memory/directory.ts';
import { memoryHandoffs } from './memory/handoffs.ts';
import { memoryHolds } from './memory/holds.ts';
import { memoryInbox } from './memory/inbox.ts';
import { memoryJobs } from './memory/jobs.ts';
import type { Kept, KeptHandoff } from './memory/stores.ts';
import { memoryTimers } from './memory/timers.ts';

/** The HubSpot owner id and the user ids of somebody in Slack and Teams, made from the first letters of their email. */
export const ownerIdOf = (email: PersonId) => `owner-${email.split('.')[0]}`;
export const userIdOf = (email: PersonId) => `U-${email.split('.')[0]}`;
export const teamsUserIdOf = (email: PersonId) => `entra-${email.split('.')[0]}`;

export type Office = Awaited<ReturnType<typeof office>>;

/**
 * The people of the example policy at work, with every port in memory and a clock that moves when told. Everybody is in
 * Slack, and in Teams too when it is connected.
 */
export async function office({
  rules = examplePolicy(),
  now = at('15:00:02'),
  withTeams = false,
}: {
  rules?: Policy;
  now?: Date;
  withTeams?: boolean;
} = {}) {
  let time = now;
  let policy = rules;
  const kept: Kept = {
    leads: new Map(),
    handoffs: new Map(),
    credits: new Map(),
    events: [],
    decisions: [],
    holds: new Map(),
    jobs: memoryJobs(),
  };
  const people = peopleOf(policy);
  const chat = memoryChat(new Map(people.map((id) => [id, userIdOf(id)])), {
    platform: 'slack',
    absence: 'has no account in Slack',
    searchable: true,
  });
  const teams = memoryChat(new Map(people.map((id) => [id, teamsUserIdOf(id)])), {
    platform: 'teams',
    absence: 'has not installed the app in Teams',
    searchable: false,
  });
  const crm = memoryCrm();
  const observed: Observation[] = [];
  const directory = memoryDirectory();
  await directory.savePeople(
    people.map((id) => ({
      id,
      name: names.get(id) ?? id,
      ownerId: ownerIdOf(id),
      active: true,
      hours: null,
    })),
    now,
  );
  const chats = withTeams ? [chat, teams] : [chat];
  const shared = { directory, chats, policy: () => policy, policyOf: () => policy, clock: () => time };
  const needs = {
    ...shared,
    handoffs: memoryHandoffs(kept),
    inbox: memoryInbox(kept),
    decisions: memoryDecisions(kept),
    holds: memoryHolds(kept),
    cards: memoryCards(kept),
    timers: memoryTimers(kept),
    crm,
    identify: identify(shared),
    observe: (observation: Observation) => {
      observed.push(observation);
    },
  };

  return {
    needs,
    kept,
    chat,
    teams,
    crm,
    observed,
    moveTo: (instant: Date) => {
      time = instant;
    },
    passMinutes: (minutes: number) => {
      time = minutesAfter(time, minutes);
    },
    /** The company changes its rules. */
    adopt: (changed: Policy) => {
      policy = changed;
    },
    /** Opens the example handoff, Ada's, at 10:00 in New York. */
    openHandoff: async (subject: Lead = lead()): Promise<string> => {
      const { id, leadId, trigger, policyVersion, qualifiedAt } = offered();
      const event = offer(assignment(), targets(), 'sent in "Request a Demo"', policy);
      const handoff = begin({ id, leadId, trigger, policyVersion, targets: targets(), qualifiedAt }, event);
      const timers = timersFor(handoff, policy, event.assignment.at);
      await needs.handoffs.saveLead(subject, time);
      await needs.handoffs.open(subject.id, [], subject.source.original, event.assignment.at, () => ({
        handoff,
        events: [event],
        timers,
        credits: null,
        refund: null,
        decision: {
          leadId: subject.id,
          at: event.assignment.at,
          policyVersion,
          verdict: 'handoff',
          reason: event.evidence,
          handoffId: id,
          considered: [],
          reasons: event.assignment.reasons,
        },
      }));
      return id;
    },
    /** Carries out a command on the example handoff; it must not be refused. */
    carryOut: async (command: Command): Promise<void> => {
      const by = 'by' in command ? command.by : null;
      const cause = { by, at: time, commandId: null };
      const changed = await changeHandoff(needs.handoffs, needs.policyOf, offered().id, command, cause);
      if (changed?.outcome !== 'changed')
        throw new Error(`${command.type} had no effect: ${JSON.stringify(changed)}`);
    },
    /** The example handoff as the store holds it. */
    handoff: (): KeptHandoff => {
      const [only, ...more] = kept.handoffs.values();
      if (!only || more.length > 0) throw new Error(`${kept.handoffs.size} handoffs: expected one`);
      return only;
    },
  };
}
