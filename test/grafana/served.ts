import { measures } from '../../src/adapters/prometheus/measures.ts';
import { taskNames } from '../../src/flow/ports/jobs.ts';
import type { Observation } from '../../src/flow/ports/observe.ts';

const handoffId = 'h1';

/** One of each: what is not here does not compile. */
const everything: { readonly [What in Observation['what']]: Extract<Observation, { what: What }> } = {
  received: { what: 'received', events: 1 },
  signed: { what: 'signed', version: 'v3', accepted: true },
  oddEvents: { what: 'oddEvents', odd: ['no id'] },
  rejected: { what: 'rejected', route: 'hubspot', status: 401, reason: 'another signature' },
  decided: { what: 'decided', leadId: '1', decision: 'handoff', events: 1, handoffId },
  changed: { what: 'changed', handoffId, events: ['accepted'] },
  refused: { what: 'refused', handoffId, refusal: 'unknownPerson' },
  delivered: {
    what: 'delivered',
    handoffId,
    platform: 'slack',
    secondsFromQualified: 3,
    secondsFromWebhook: 1,
  },
  responded: { what: 'responded', handoffId, how: 'answer', secondsFromCard: 60 },
  fellBack: { what: 'fellBack', handoffId, platform: 'slack', why: 'no account' },
  undeliverable: { what: 'undeliverable', handoffId, why: 'no account' },
  propertiesRefused: { what: 'propertiesRefused', handoffId, properties: ['handoff_rep'] },
  noLeadRecords: { what: 'noLeadRecords', why: 'no scope' },
  leadRecordRefused: { what: 'leadRecordRefused', handoffId, code: 'VALIDATION_ERROR' },
  shutOut: { what: 'shutOut', platform: 'slack', why: 'no scope' },
  reminderWaits: { what: 'reminderWaits', handoffId, until: null },
  swept: { what: 'swept', fired: 1, woken: 0 },
  clockStood: { what: 'clockStood', seconds: 60 },
  setAway: { what: 'setAway', missed: 3 },
  bulletin: { what: 'bulletin', platform: 'slack', news: 2 },
  bulletinUndeliverable: { what: 'bulletinUndeliverable', why: 'no account' },
  alerted: { what: 'alerted', handoffId, by: 'mail' },
  alertOver: { what: 'alertOver', handoffId },
  notAlerted: { what: 'notAlerted', handoffId, by: 'webhook', why: 'refused' },
  eventSent: { what: 'eventSent', handoffId, destination: 'crm', type: 'accepted' },
  eventsUnwanted: { what: 'eventsUnwanted', handoffId, destination: 'crm' },
  reconciled: { what: 'reconciled', lookedAt: 5 },
  foundByReconciling: { what: 'foundByReconciling', leadId: '1', handoffId, found: ['lead'] },
  segmentRefused: { what: 'segmentRefused', why: 'no scope' },
  pausesCompared: { what: 'pausesCompared', paused: 1, pausedAgain: 0, resumedAgain: 0, late: 0 },
  notSummarised: { what: 'notSummarised', handoffId, why: 'silent' },
  erased: { what: 'erased', leadId: '1' },
  retracted: { what: 'retracted', platform: 'slack', refused: null },
  retained: { what: 'retained', dropped: {}, outlived: 1 },
  homeRefused: { what: 'homeRefused', why: 'no scope' },
  directorySynced: { what: 'directorySynced', people: 5, unknownToHubSpot: 0 },
  jobFailed: { what: 'jobFailed', task: 'deliver', became: 'failed' },
  answered: { what: 'answered', route: 'slack', status: 200, seconds: 0.1 },
  called: { what: 'called', platform: 'slack', method: 'x', status: 200, outcome: 'done', seconds: 0.1 },
};

/** What `/metrics` serves when everything has happened, and there is something of everything. */
export async function servedText(): Promise<string> {
  const bot = measures(
    async () => ({
      standing: {
        jobs: [],
        handoffs: [],
        held: 0,
        retractions: 0,
        timersLateSeconds: 0,
        routines: [{ routine: 'sweep', secondsAgo: 5 }],
        tables: [{ table: 'lead', bytes: 8192, rows: 0 }],
      },
      seconds: 0.003,
      pool: { total: 3, idle: 2, waiting: 0 },
      sinceSweepSeconds: 5,
    }),
    taskNames,
  );
  for (const observation of Object.values(everything)) bot.count(observation);
  return (await bot.read()).text;
}

/** The series of a text in Prometheus' format, and the labels of each. */
export function seriesIn(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const series = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined || line.startsWith('#')) continue;
    const known = series.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) known.add(label);
    series.set(name, known);
  }
  return series;
}
