import { recordOf } from '../../src/adapters/postgres/inbox.ts';
import type { Command } from '../../src/domain/handoff/decide.ts';
import { digestOf } from '../../src/domain/handoff/digest.ts';
import { begin, type Handoff, offer } from '../../src/domain/handoff/handoff.ts';
import type { Lead, LeadId } from '../../src/domain/lead/lead.ts';
import { withNotifyRules } from '../../src/domain/policy/notify-rules.ts';
import { peopleOf } from '../../src/domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../src/domain/policy/policy.ts';
import { withSubstitutes } from '../../src/domain/policy/who-decides.ts';
import { withAbsences, withHours } from '../../src/domain/policy/working-hours.ts';
import { whyForOperators } from '../../src/domain/words/why.ts';
import { findLeads } from '../../src/flow/arrive/find-leads.ts';
import { changeHandoff, timersFor } from '../../src/flow/change.ts';
import { eraseLead } from '../../src/flow/forget/erase.ts';
import { retractMessages } from '../../src/flow/forget/retract.ts';
import { identify } from '../../src/flow/people/identify.ts';
import type { TaskName } from '../../src/flow/ports/jobs.ts';
import type { Observation } from '../../src/flow/ports/observe.ts';
import { deliver } from '../../src/flow/show/deliver.ts';
import { refreshHome } from '../../src/flow/show/home.ts';
import { sendBulletin } from '../../src/flow/show/send-bulletin.ts';
import { sendReport } from '../../src/flow/show/send-report.ts';
import { sendSummary } from '../../src/flow/show/send-summary.ts';
import { summarise } from '../../src/flow/show/summarise.ts';
import { createStillThere } from '../../src/flow/still-there.ts';
import { introduce } from '../../src/flow/watch/introduce.ts';
import { sendAlert } from '../../src/flow/watch/send-alert.ts';
import { sendEvents } from '../../src/flow/watch/send-events.ts';
import { type KnownPeople, watchPeople } from '../../src/flow/watch/watch-people.ts';
import { actOnTimers, sweep } from '../../src/flow/watch/watch-sla.ts';
import {
  assignment,
  at,
  policy as examplePolicy,
  lead,
  minutesAfter,
  names,
  offered,
  offeredEvent,
  targets,
} from './examples.ts';
import { memoryAlerts } from './memory/alerts.ts';
import { memoryArrivals } from './memory/arrivals.ts';
import { memoryCards } from './memory/cards.ts';
import { memoryChat } from './memory/chat.ts';
import { memoryCrm } from './memory/crm.ts';
import { memoryDecisions } from './memory/decisions.ts';
import { memoryDirectory } from './memory/directory.ts';
import { memoryErasures } from './memory/erasures.ts';
import { memoryEventCursors } from './memory/event-cursors.ts';
import { memoryHandoffs } from './memory/handoffs.ts';
import { memoryHolds } from './memory/holds.ts';
import { memoryHomes } from './memory/homes.ts';
import { memoryInbox } from './memory/inbox.ts';
import { memoryJobs, type Tasks } from './memory/jobs.ts';
import type { Kept, KeptHandoff } from './memory/kept.ts';
import { memoryLeadRecords } from './memory/lead-records.ts';
import { memoryMarketingPast } from './memory/marketing-past.ts';
import { nothingMeasured } from './memory/measures.ts';
import { memoryModel, memoryModelBudget } from './memory/model.ts';
import { memoryOutbox } from './memory/outbox.ts';
import { memoryPasses } from './memory/passes.ts';
import { memoryRuns } from './memory/runs.ts';
import { memorySequences } from './memory/sequences.ts';
import { memorySuppressions } from './memory/suppressions.ts';
import { memoryTimers } from './memory/timers.ts';
import { takeInAlone } from './take-in.ts';
import { writeBackAlone } from './write-back-alone.ts';

/** The HubSpot owner id and the user ids of somebody in Slack and Teams, made from the first letters of their email. */
export const ownerIdOf = (email: PersonId) => `owner-${email.split('.')[0]}`;
export const userIdOf = (email: PersonId) => `U-${email.split('.')[0]}`;
export const teamsUserIdOf = (email: PersonId) => `entra-${email.split('.')[0]}`;

export type Office = Awaited<ReturnType<typeof office>>;

/** What the example handoff has of another than the example. */
type Opening = Partial<Pick<Handoff, 'id' | 'assignment' | 'targets' | 'qualifiedAt'>>;

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
  let written = rules;
  let known: KnownPeople = { hours: new Map(), absences: new Map(), inactive: new Set(), notify: new Map() };
  const policy = () =>
    withNotifyRules(
      withSubstitutes(withAbsences(withHours(written, known.hours), known.absences), known.inactive),
      known.notify,
    );
  const kept: Kept = {
    leads: new Map(),
    readAt: new Map(),
    handoffs: new Map(),
    credits: new Map(),
    turns: new Map(),
    events: [],
    decisions: [],
    holds: new Map(),
    missed: new Map(),
    news: [],
    said: [],
    forms: new Map(),
    erased: new Set(),
    retractions: [],
    pauses: [],
    nurture: new Map(),
    homes: new Map(),
    cursors: new Map(),
    jobs: memoryJobs(),
  };
  const people = peopleOf(rules);
  const chat = memoryChat(new Map(people.map((id) => [id, userIdOf(id)])), {
    platform: 'slack',
    absence: { kind: 'noAccountIn', chat: 'Slack' },
    searchable: true,
  });
  const teams = memoryChat(new Map(people.map((id) => [id, teamsUserIdOf(id)])), {
    platform: 'teams',
    absence: { kind: 'notInstalledIn', chat: 'Teams' },
    searchable: false,
  });
  const crm = memoryCrm();
  const leadRecords = memoryLeadRecords();
  const model = memoryModel();
  const alerts = memoryAlerts();
  const observed: Observation[] = [];
  const directory = memoryDirectory(kept);
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
  const clock = () => time;
  const stillThere = createStillThere(clock);
  const shared = { directory, chats, policy, policyOf: policy, clock, stillThere };
  const ports = {
    ...shared,
    arrivals: memoryArrivals(kept),
    show: () => {},
    handoffs: memoryHandoffs(kept),
    inbox: memoryInbox(kept),
    decisions: memoryDecisions(kept),
    holds: memoryHolds(kept),
    homes: memoryHomes(kept),
    cards: memoryCards(kept),
    timers: memoryTimers(kept),
    outbox: memoryOutbox(kept),
    erasures: memoryErasures(kept),
    passes: memoryPasses(),
    publicUrl: 'https://handoff.example.com',
    eventCursors: memoryEventCursors(kept),
    runs: memoryRuns(kept.jobs),
    marketing: memoryMarketingPast(),
    measures: nothingMeasured(),
    suppressions: memorySuppressions(kept),
    crm,
    sequences: memorySequences(() => time),
    leadRecords,
    model,
    modelBudget: memoryModelBudget(),
    mailer: alerts.mailer,
    webhooks: alerts.webhooks,
    identify: identify(shared),
    observe: (observation: Observation) => {
      observed.push(observation);
    },
  };
  const learn = (learned: KnownPeople) => {
    known = learned;
  };
  const { heed, sync } = watchPeople({ ...ports, asWritten: () => written, learn });
  const needs = { ...ports, heed, learnPolicyOf: async (_: Handoff): Promise<void> => {} };
  let arrived = 0;
  const brokenOff = new Set<string>();
  const deliverAsQueued = async (id: string): Promise<void> => {
    const repeat = brokenOff.has(id);
    brokenOff.add(id);
    await deliver(needs)(id, { repeat });
    brokenOff.delete(id);
  };
  const work = async (...kinds: TaskName[]): Promise<void> => {
    const doing = (kind: TaskName, step: Tasks[TaskName]): Tasks[TaskName] =>
      kinds.includes(kind) ? step : async () => {};
    await kept.jobs.drain({
      intake: doing('intake', ({ key }) => takeInAlone(needs)(key)),
      deliver: doing('deliver', ({ key }) => deliverAsQueued(key)),
      'write-back': doing('write-back', (job) => writeBackAlone(needs)(job)),
      timer: doing('timer', (job) => actOnTimers(needs)(job.key, job)),
      intro: doing('intro', (job) => introduce(needs)(job.key, job)),
      alert: doing('alert', (job) => sendAlert(needs)(job.key, job)),
      events: doing('events', ({ key }) => sendEvents(needs)(key)),
      'find-leads': doing('find-leads', ({ key }) => findLeads(needs)(recordOf(key))),
      tell: doing('tell', ({ key }) => sendBulletin(needs)(key)),
      erase: doing('erase', async ({ key }) => eraseLead(needs)(await needs.erasures.idsOf(key))),
      retract: doing('retract', ({ key }) => retractMessages(needs)(key)),
      report: doing('report', (job) => sendReport(needs)(job)),
      summary: doing('summary', (job) => sendSummary(needs)(job)),
      summarise: doing('summarise', ({ key }) => summarise(needs)(key)),
      home: doing('home', ({ key }) => refreshHome(needs)(key)),
    });
  };

  return {
    needs,
    kept,
    chat,
    teams,
    crm,
    leadRecords,
    model,
    alerts,
    observed,
    /** Delivers the example handoff, or another, as its job does: it is told when an earlier attempt broke off. */
    deliver: (id = offered().id) => deliverAsQueued(id),
    /** Reads people, hours and absences from HubSpot. */
    sync,
    moveTo: (instant: Date) => {
      time = instant;
    },
    passMinutes: (minutes: number) => {
      time = minutesAfter(time, minutes);
    },
    /** The company changes its rules. */
    adopt: (changed: Policy) => {
      written = changed;
    },
    /** HubSpot tells that something about a contact has changed. */
    arrive: async (leadId: LeadId, type = 'contact.propertyChange'): Promise<void> => {
      arrived += 1;
      const event = { dedupeKey: `arrival ${arrived}`, leadId, record: null, type, payload: {} };
      await needs.inbox.store([{ ...event, occurredAt: time, ignored: null }], time);
    },
    /** Does the jobs of these kinds, and what they lead to, until none is left; the others are dropped. */
    work,
    /** The clock moves on, and the timers that are due by then do their work. */
    sweepAt: async (instant: Date): Promise<void> => {
      time = instant;
      await sweep(needs)();
      await work('timer');
    },
    /** Opens the example handoff, Ada's, at 10:00 in New York; or another like it. */
    openHandoff: async (subject: Lead = lead(), other: Opening = {}): Promise<string> => {
      const { id, trigger, policyVersion, qualifiedAt } = offered();
      const example = { id, qualifiedAt, targets: targets(), assignment: assignment() };
      const { assignment: given, ...facts } = { ...example, ...other };
      const digestAt = digestOf(trigger, given, policy());
      const owned = { ownerId: null, since: null };
      const event = offer(given, facts.targets, offeredEvent.evidence, policy(), owned, digestAt);
      const handoff = begin({ ...facts, leadId: subject.id, trigger, policyVersion }, event);
      const timers = timersFor(handoff, policy(), given.at);
      const decision = {
        leadId: subject.id,
        at: given.at,
        policyVersion,
        verdict: 'handoff',
        reason: event.evidence,
        handoffId: facts.id,
        considered: [],
        reasons: given.reasons,
      } as const;
      const settlement = {
        lead: subject,
        ids: [subject.id],
        events: [],
        decided: { decision: 'handoff', reason: whyForOperators(event.evidence), handoffId: facts.id },
        decision,
        outcome: { opening: { handoff, events: [event], timers, news: [], heardBy: [] } },
        job: null,
      } as const;
      await needs.arrivals.settle([settlement], [], { versions: new Map() }, given.at);
      return facts.id;
    },
    /** Carries out a command on the example handoff, or another; it must not be refused. */
    carryOut: async (command: Command, id = offered().id): Promise<void> => {
      const by = 'by' in command ? command.by : null;
      const cause = { by, at: time, commandId: null };
      const changed = await changeHandoff(needs.handoffs, needs.policyOf, id, command, cause);
      if (changed?.outcome !== 'changed')
        throw new Error(`${command.type} had no effect: ${JSON.stringify(changed)}`);
    },
    /** The only handoff as the store holds it, or one of several. */
    handoff: (id?: string): KeptHandoff => {
      const [found, ...more] = id ? [kept.handoffs.get(id)] : kept.handoffs.values();
      if (!found || more.length > 0) throw new Error(`${kept.handoffs.size} handoffs: expected one`);
      return found;
    },
  };
}
