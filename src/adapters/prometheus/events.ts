import type { Registry } from '@prometheus-io/client';
import type { Observation } from '../../flow/ports/observe.ts';
import { metricsOf } from './metrics.ts';

const minute = 60;
const hour = 60 * minute;

/** From the moment that the bot could know of a lead: a few seconds when all is well. */
const untilCard = [0.25, 0.5, 1, 2, 5, 10, 30, minute, 5 * minute, 30 * minute, 2 * hour];
/** People take minutes, or days. */
const untilPeople = [1, 5, 15, 30].map((minutes) => minutes * minute);
const untilPeopleLater = [1, 2, 4, 8, 24, 72].map((hours) => hours * hour);
/** Slack wants its answer within three seconds, HubSpot within five. */
const untilAnswer = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10];

/** Counts what this process observes. */
export function countEvents(registry: Registry): (observation: Observation) => void {
  const { counter, gauge, histogram } = metricsOf(registry);

  const received = counter('events_received_total', 'Webhook events stored');
  const signed = counter(
    'hubspot_signatures_total',
    "HubSpot's webhook requests by the version of their signature, and whether it was accepted",
    ['version', 'accepted'],
  );
  const odd = counter(
    'events_odd_total',
    'What came among webhook events and is none; should stay where it is',
  );
  const rejected = counter(
    'requests_rejected_total',
    'Requests refused: of somebody else than the platform that they came for, malformed, too large or too slow',
    ['route', 'status'],
  );
  const answered = histogram(
    'response_seconds',
    'How long HubSpot, Slack and Teams waited for the answer to a request',
    { labels: ['route', 'status'], buckets: untilAnswer },
  );
  const calls = counter(
    'calls_total',
    "Requests to a platform, by operation, by the HTTP status of the answer, and by what came of it: done, refused, limited (too often), broken (the platform's own fault) or silent",
    ['platform', 'method', 'status', 'outcome'],
  );
  const callSeconds = histogram('call_seconds', 'How long a platform took to answer a request', {
    labels: ['platform'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  });
  const decided = counter('events_decided_total', 'Webhook events by decision', ['decision']);
  const changed = counter('changes_total', 'Events in the life of handoffs', ['event']);
  const refused = counter('refusals_total', 'Clicks without effect, by reason', ['reason']);
  const sinceQualified = histogram(
    'qualified_to_card_seconds',
    'From the lead qualifying to its card in the chat',
    { labels: ['platform'], buckets: untilCard },
  );
  const sinceWebhook = histogram(
    'webhook_to_card_seconds',
    'From the webhook that told of the lead to its card in the chat; without those that are gathered for a digest',
    { labels: ['platform'], buckets: untilCard },
  );
  const untilResponse = {
    answer: histogram('card_to_answer_seconds', 'From the card reaching somebody to its first answer', {
      buckets: [...untilPeople, ...untilPeopleLater],
    }),
    touch: histogram('card_to_touch_seconds', 'From the card reaching somebody to the first outreach', {
      buckets: [...untilPeople, ...untilPeopleLater],
    }),
  };
  const undeliverable = counter('undeliverable_total', 'Cards a person could not be given');
  const fellBack = counter(
    'chat_fallbacks_total',
    'Cards in a chat that is not the one which their reader prefers, by the chat they came to',
    ['platform'],
  );
  const shutOut = counter('shut_out_total', 'Times that a chat kept the bot out', ['platform']);
  const fired = counter('timers_fired_total', 'Reminders, breaches and escalations that came due');
  const found = counter(
    'found_by_reconciling_total',
    'What no webhook had told of: leads that qualify, touches, deals, owners; should stay where it is',
    ['what'],
  );
  const stood = counter('clock_stood_seconds_total', 'For how long no process swept the timers');
  const jobFailures = counter(
    'job_failures_total',
    'Attempts at a job that failed, by kind of job, and what became of it: failed or postponed (tried again), exhausted (given up), replaced or lost (somebody else does it)',
    ['task', 'became'],
  );
  const writesRefused = counter(
    'hubspot_refused_total',
    'Parts of a write that HubSpot would not take: a property, or the Lead object',
    ['what'],
  );
  const alerts = counter(
    'alerts_total',
    'Mails and calls of webhooks that say that a lead waits, by how they went',
    ['by', 'how'],
  );
  const outside = counter(
    'event_webhooks_total',
    'Events that other systems were told of, and handoffs of which they wanted to hear nothing more (gone)',
    ['destination', 'how'],
  );
  const setAway = counter('reps_set_away_total', 'Reps who let too many cards in a row pass');
  const paused = gauge(
    'nurture_paused_leads',
    'Leads whose nurture is paused, as of the last comparison with HubSpot by this process',
  );
  const repaired = counter(
    'nurture_repaired_total',
    'Leads whose nurture HubSpot showed otherwise than the ledger: switched there, or still to be written',
    ['what'],
  );
  const segmentRefused = counter(
    'segment_refused_total',
    'Times that HubSpot would not let the segment of paused leads be changed',
  );
  const notSummarised = counter(
    'not_summarised_total',
    'Leads of which a language model said nothing that may stand on a card',
  );
  const erased = counter('leads_erased_total', 'Leads whose person asked to be forgotten');
  const retracted = counter(
    'messages_retracted_total',
    'Messages about erased leads that are gone from a chat, or that it refused to let go',
    ['platform', 'how'],
  );
  const dropped = counter('retention_dropped_total', 'What the policy has kept for long enough', ['what']);

  // From the first one on they count: what comes out of nowhere is no increase to Prometheus.
  found.inc({ what: 'lead' }, 0);
  writesRefused.inc({ what: 'property' }, 0);
  writesRefused.inc({ what: 'lead record' }, 0);

  return (observation) => {
    switch (observation.what) {
      case 'received':
        return received.inc(observation.events);
      case 'signed':
        return signed.inc({ version: observation.version, accepted: String(observation.accepted) });
      case 'oddEvents':
        return odd.inc(observation.odd.length);
      case 'rejected':
        return rejected.inc({ route: observation.route, status: String(observation.status) });
      case 'answered':
        return answered.observe(
          { route: observation.route, status: String(observation.status) },
          observation.seconds,
        );
      case 'called': {
        const { platform, method, status, outcome, seconds } = observation;
        calls.inc({ platform, method, status: String(status ?? 'none'), outcome });
        return callSeconds.observe({ platform }, seconds);
      }
      case 'decided':
        return decided.inc({ decision: observation.decision }, observation.events);
      case 'changed':
        for (const event of observation.events) changed.inc({ event });
        return;
      case 'refused':
        return refused.inc({ reason: observation.refusal });
      case 'delivered': {
        const { platform, secondsFromQualified, secondsFromWebhook } = observation;
        if (secondsFromWebhook !== undefined) sinceWebhook.observe({ platform }, secondsFromWebhook);
        return sinceQualified.observe({ platform }, secondsFromQualified);
      }
      case 'responded':
        return untilResponse[observation.how].observe(observation.secondsFromCard);
      case 'fellBack':
        return fellBack.inc({ platform: observation.platform });
      case 'undeliverable':
      case 'bulletinUndeliverable':
        return undeliverable.inc();
      case 'shutOut':
        return shutOut.inc({ platform: observation.platform });
      case 'swept':
        return fired.inc(observation.fired);
      case 'foundByReconciling':
        for (const what of observation.found) found.inc({ what });
        return;
      case 'clockStood':
        return stood.inc(observation.seconds);
      case 'jobFailed':
        return jobFailures.inc({ task: observation.task, became: observation.became });
      case 'propertiesRefused':
        return writesRefused.inc({ what: 'property' }, observation.properties.length);
      case 'leadRecordRefused':
        return writesRefused.inc({ what: 'lead record' });
      case 'setAway':
        return setAway.inc();
      case 'alerted':
      case 'notAlerted':
        return alerts.inc({ by: observation.by, how: observation.what === 'alerted' ? 'done' : 'failed' });
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
      case 'eventSent':
        return outside.inc({ destination: observation.destination, how: 'sent' });
      case 'eventsUnwanted':
        return outside.inc({ destination: observation.destination, how: 'gone' });
      case 'alertOver':
      case 'bulletin':
      case 'reconciled':
      case 'reminderWaits':
      case 'noLeadRecords':
      case 'homeRefused':
      case 'directorySynced':
        return;
      default:
        observation satisfies never;
    }
  };
}
