import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observation } from '../../flow/ports/observe.ts';
import { kept } from './kept.ts';

/** What Prometheus reads at `/metrics`. */
export type Measures = {
  registry: Registry;
  count(observation: Observation): void;
};

/** What is asked for when somebody scrapes. */
export type Asked = {
  /** How many jobs are in trouble. */
  jobs(): Promise<{ exhausted: number; retrying: number }>;
  tables(): Promise<readonly { table: string; bytes: number; rows: number }[]>;
  /** How many messages about erased leads are still to be taken back. */
  retractions(): Promise<{ remaining: number }>;
};

/** However many scrape, however often, the database is asked no more often than this. */
const goodForMs = 5_000;

/** @param now in milliseconds, of a clock that only ever runs */
export function measures(asked: Asked, now = () => performance.now()): Measures {
  const jobs = kept(asked.jobs, { forMs: goodForMs, now });
  const tables = kept(asked.tables, { forMs: goodForMs, now });
  const retractions = kept(asked.retractions, { forMs: goodForMs, now });
  const registry = new Registry();
  const registers = [registry];
  const received = new Counter({
    name: 'handoff_events_received_total',
    help: 'Webhook events stored',
    registers,
  });
  const signed = new Counter({
    name: 'handoff_hubspot_signatures_total',
    help: "HubSpot's webhook requests by the version of their signature, and whether it was accepted",
    labelNames: ['version', 'accepted'],
    registers,
  });
  const odd = new Counter({
    name: 'handoff_events_odd_total',
    help: 'What came among webhook events and is none; should stay where it is',
    registers,
  });
  const rejected = new Counter({
    name: 'handoff_requests_rejected_total',
    help: 'Requests refused: of somebody else than the platform that they came for, malformed, too large or too slow',
    labelNames: ['route', 'status'],
    registers,
  });
  const decided = new Counter({
    name: 'handoff_events_decided_total',
    help: 'Webhook events by decision',
    labelNames: ['decision'],
    registers,
  });
  const changed = new Counter({
    name: 'handoff_changes_total',
    help: 'Events in the life of handoffs',
    labelNames: ['event'],
    registers,
  });
  const refused = new Counter({
    name: 'handoff_refusals_total',
    help: 'Clicks without effect, by reason',
    labelNames: ['reason'],
    registers,
  });
  const delivered = new Histogram({
    name: 'handoff_qualified_to_card_seconds',
    help: 'From the lead qualifying to its card in the chat',
    labelNames: ['platform'],
    buckets: [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200],
    registers,
  });
  const undeliverable = new Counter({
    name: 'handoff_undeliverable_total',
    help: 'Cards a person could not be given',
    registers,
  });
  const fellBack = new Counter({
    name: 'handoff_chat_fallbacks_total',
    help: 'Cards in a chat that is not the one which their reader prefers, by the chat they came to',
    labelNames: ['platform'],
    registers,
  });
  const fired = new Counter({
    name: 'handoff_timers_fired_total',
    help: 'Reminders, breaches and escalations that came due',
    registers,
  });
  const found = new Counter({
    name: 'handoff_found_by_reconciling_total',
    help: 'What no webhook had told of: leads that qualify, touches, deals, owners; should stay where it is',
    labelNames: ['what'],
    registers,
  });
  const stood = new Counter({
    name: 'handoff_clock_stood_seconds_total',
    help: 'For how long no process swept the timers',
    registers,
  });
  const alerts = new Counter({
    name: 'handoff_alerts_total',
    help: 'Mails and calls of webhooks that say that a lead waits, by how they went',
    labelNames: ['by', 'how'],
    registers,
  });
  const setAway = new Counter({
    name: 'handoff_reps_set_away_total',
    help: 'Reps who let too many cards in a row pass',
    registers,
  });
  const paused = new Gauge({
    name: 'handoff_nurture_paused_leads',
    help: 'Leads whose nurture is paused, as of the last comparison with HubSpot',
    registers,
  });
  const repaired = new Counter({
    name: 'handoff_nurture_repaired_total',
    help: 'Leads whose nurture HubSpot showed otherwise than the ledger: switched there, or still to be written',
    labelNames: ['what'],
    registers,
  });
  const segmentRefused = new Counter({
    name: 'handoff_segment_refused_total',
    help: 'Times that HubSpot would not let the segment of paused leads be changed',
    registers,
  });
  const notSummarised = new Counter({
    name: 'handoff_not_summarised_total',
    help: 'Leads of which a language model said nothing that may stand on a card',
    registers,
  });
  const erased = new Counter({
    name: 'handoff_leads_erased_total',
    help: 'Leads whose person asked to be forgotten',
    registers,
  });
  const retracted = new Counter({
    name: 'handoff_messages_retracted_total',
    help: 'Messages about erased leads that are gone from a chat, or that it refused to let go',
    labelNames: ['platform', 'how'],
    registers,
  });
  const dropped = new Counter({
    name: 'handoff_retention_dropped_total',
    help: 'What the policy has kept for long enough',
    labelNames: ['what'],
    registers,
  });
  new Gauge({
    name: 'handoff_retractions_remaining',
    help: 'Messages about erased leads that still stand in a chat; should become 0',
    registers,
    async collect() {
      this.set((await retractions()).remaining);
    },
  });
  new Gauge({
    name: 'handoff_table_bytes',
    help: 'Size of a table with its indexes',
    labelNames: ['table'],
    registers,
    async collect() {
      for (const { table, bytes } of await tables()) this.set({ table }, bytes);
    },
  });
  new Gauge({
    name: 'handoff_table_rows',
    help: 'Rows of a table, as PostgreSQL estimates them',
    labelNames: ['table'],
    registers,
    async collect() {
      for (const { table, rows } of await tables()) this.set({ table }, rows);
    },
  });
  new Gauge({
    name: 'handoff_jobs_exhausted',
    help: 'Jobs that gave up for good; should be 0',
    registers,
    async collect() {
      this.set((await jobs()).exhausted);
    },
  });
  new Gauge({
    name: 'handoff_jobs_retrying',
    help: 'Jobs that failed and will be tried again; many for long means that a platform refuses us',
    registers,
    async collect() {
      this.set((await jobs()).retrying);
    },
  });

  return {
    registry,
    count(observation) {
      switch (observation.what) {
        case 'received':
          return received.inc(observation.events);
        case 'signed':
          return signed.inc({ version: observation.version, accepted: String(observation.accepted) });
        case 'oddEvents':
          return odd.inc(observation.odd.length);
        case 'rejected':
          return rejected.inc({ route: observation.route, status: String(observation.status) });
        case 'decided':
          return decided.inc({ decision: observation.decision }, observation.events);
        case 'changed':
          for (const event of observation.events) changed.inc({ event });
          return;
        case 'refused':
          return refused.inc({ reason: observation.refusal });
        case 'delivered':
          return delivered.observe({ platform: observation.platform }, observation.secondsFromQualified);
        case 'fellBack':
          return fellBack.inc({ platform: observation.platform });
        case 'undeliverable':
          return undeliverable.inc();
        case 'swept':
          return fired.inc(observation.fired);
        case 'foundByReconciling':
          for (const what of observation.found) found.inc({ what });
          return;
        case 'clockStood':
          return stood.inc(observation.seconds);
        case 'setAway':
          return setAway.inc();
        case 'alerted':
        case 'notAlerted':
          return alerts.inc({ by: observation.by, how: observation.what === 'alerted' ? 'done' : 'failed' });
        case 'bulletinUndeliverable':
          return undeliverable.inc();
        case 'pausesCompared':
          repaired.inc({ what: 'paused again' }, observation.pausedAgain);
          repaired.inc({ what: 'resumed again' }, observation.resumedAgain);
          repaired.inc({ what: 'late' }, observation.late);
          return paused.set(observation.paused);
        case 'segmentRefused':
          return segmentRefused.inc();
        case 'notSummarised':
          return notSummarised.inc();
        case 'erased':
          return erased.inc();
        case 'retracted':
          return retracted.inc({
            platform: observation.platform,
            how: observation.refused ? 'refused' : 'done',
          });
        case 'retained':
          for (const [what, count] of Object.entries(observation.dropped)) dropped.inc({ what }, count);
          return dropped.inc({ what: 'handed over' }, observation.outlived);
        case 'called':
        case 'shutOut':
        case 'alertOver':
        case 'bulletin':
        case 'reconciled':
        case 'reminderWaits':
        case 'propertiesRefused':
        case 'noLeadRecords':
        case 'leadRecordRefused':
        case 'homeRefused':
        case 'directorySynced':
          return;
        default:
          observation satisfies never;
      }
    },
  };
}
