import { beforeEach, describe, expect, test } from 'vitest';
import { type Measures, measures } from '../../../src/adapters/prometheus/measures.ts';
import type { Looked } from '../../../src/adapters/prometheus/standing.ts';
import { taskNames } from '../../../src/flow/ports/jobs.ts';
import type { Standing } from '../../../src/flow/ports/standing.ts';

const standing: Standing = {
  jobs: [{ task: 'deliver', due: 3, oldestSeconds: 12.5, retrying: 2, exhausted: 1 }],
  handoffs: [{ status: 'offered', count: 5 }],
  held: 2,
  retractions: 4,
  timersLateSeconds: 7,
  routines: [{ routine: 'sweep', secondsAgo: 9 }],
  tables: [{ table: 'lead', bytes: 8192, rows: 3 }],
};
const allWell: Looked = {
  standing,
  seconds: 0.004,
  pool: { total: 5, idle: 3, waiting: 1 },
  sinceSweepSeconds: 11,
};

let looked: Looked;
let bot: Measures;
beforeEach(() => {
  looked = allWell;
  bot = measures(async () => looked, taskNames);
});

/** The lines of some metrics, without the name of the bot and the words about them. */
async function read(...names: string[]): Promise<string[]> {
  const { text } = await bot.read();
  const ofBot = text.split('\n').filter((line) => line.startsWith('handoff_'));
  const lines = ofBot.map((line) => line.slice('handoff_'.length));
  return lines.filter((line) =>
    names.some((name) => line.startsWith(`${name} `) || line.startsWith(`${name}{`)),
  );
}

describe('how things stand', () => {
  test('is told by kind, also of a kind of which there is nothing', async () => {
    const lines = await read('jobs_due', 'jobs_oldest_due_seconds', 'jobs_retrying', 'jobs_exhausted');
    expect(lines).toHaveLength(4 * taskNames.length);
    expect(lines.filter((line) => !line.endsWith(' 0'))).toEqual([
      'jobs_due{task="deliver"} 3',
      'jobs_oldest_due_seconds{task="deliver"} 12.5',
      'jobs_retrying{task="deliver"} 2',
      'jobs_exhausted{task="deliver"} 1',
    ]);
    expect(await read('open_handoffs', 'held_leads', 'retractions_remaining', 'timers_late_seconds')).toEqual(
      [
        'open_handoffs{status="offered"} 5',
        'open_handoffs{status="accepted"} 0',
        'open_handoffs{status="working"} 0',
        'held_leads 2',
        'retractions_remaining 4',
        'timers_late_seconds 7',
      ],
    );
    expect(await read('routine_age_seconds', 'sweep_age_seconds', 'table_bytes', 'table_rows')).toEqual([
      'sweep_age_seconds 11',
      'routine_age_seconds{routine="sweep"} 9',
      'table_bytes{table="lead"} 8192',
      'table_rows{table="lead"} 3',
    ]);
  });

  test('is as of now: what is no more is not told again', async () => {
    await bot.read();
    looked = { ...allWell, standing: { ...standing, jobs: [], handoffs: [], tables: [] } };
    expect((await read('jobs_due', 'open_handoffs')).filter((line) => !line.endsWith(' 0'))).toEqual([]);
    expect(await read('table_bytes')).toEqual([]);
  });

  test('is not known while the database is away, and everything else is told all the same', async () => {
    await bot.read();
    looked = { ...allWell, standing: null, seconds: 2 };
    bot.count({ what: 'received', events: 3 });
    expect(await read('database_up', 'database_answer_seconds', 'database_connections')).toEqual([
      'database_up 0',
      'database_answer_seconds 2',
      'database_connections{state="idle"} 3',
      'database_connections{state="busy"} 2',
      'database_connections{state="waited for"} 1',
    ]);
    const ofDatabase = ['jobs_due', 'jobs_exhausted', 'open_handoffs', 'held_leads', 'timers_late_seconds'];
    expect(await read(...ofDatabase, 'routine_age_seconds', 'table_rows')).toEqual([]);
    expect(await read('events_received_total')).toEqual(['events_received_total 3']);
    looked = allWell;
    expect(await read('database_up', 'held_leads')).toEqual(['database_up 1', 'held_leads 2']);
  });
});

describe('what happens is counted', () => {
  test('as calls by platform, operation, status and outcome', async () => {
    const call = { what: 'called', platform: 'hubspot', seconds: 0.2 } as const;
    const method = 'GET /crm/objects/2026-09/contacts/{id}';
    bot.count({ ...call, method, status: 200, outcome: 'done' });
    bot.count({ ...call, method, status: 200, outcome: 'done' });
    bot.count({ ...call, method, status: null, outcome: 'silent' });
    expect(await read('calls_total', 'call_seconds_count')).toEqual([
      `calls_total{platform="hubspot",method="${method}",status="200",outcome="done"} 2`,
      `calls_total{platform="hubspot",method="${method}",status="none",outcome="silent"} 1`,
      'call_seconds_count{platform="hubspot"} 3',
    ]);
  });

  test('as seconds from the webhook to the card, where one told of the lead', async () => {
    const delivered = { what: 'delivered', handoffId: 'h1', platform: 'slack' } as const;
    bot.count({ ...delivered, secondsFromQualified: 40, secondsFromWebhook: 1.5 });
    bot.count({ ...delivered, secondsFromQualified: 3_000 });
    expect(await read('webhook_to_card_seconds_sum', 'webhook_to_card_seconds_count')).toEqual([
      'webhook_to_card_seconds_sum{platform="slack"} 1.5',
      'webhook_to_card_seconds_count{platform="slack"} 1',
    ]);
    expect(await read('qualified_to_card_seconds_count')).toEqual([
      'qualified_to_card_seconds_count{platform="slack"} 2',
    ]);
  });

  test('as seconds until the first answer, and until the first outreach', async () => {
    bot.count({ what: 'responded', handoffId: 'h1', how: 'answer', secondsFromCard: 240 });
    bot.count({ what: 'responded', handoffId: 'h1', how: 'touch', secondsFromCard: 3_000 });
    expect(await read('card_to_answer_seconds_sum', 'card_to_touch_seconds_sum')).toEqual([
      'card_to_answer_seconds_sum 240',
      'card_to_touch_seconds_sum 3000',
    ]);
  });

  test('as failures of jobs by kind, and as what HubSpot would not take', async () => {
    bot.count({ what: 'jobFailed', task: 'write-back', became: 'postponed' });
    bot.count({ what: 'propertiesRefused', handoffId: 'h1', properties: ['a', 'b'] });
    bot.count({ what: 'leadRecordRefused', handoffId: 'h1', code: 'X' });
    expect(await read('job_failures_total', 'hubspot_refused_total')).toEqual([
      'job_failures_total{task="write-back",became="postponed"} 1',
      'hubspot_refused_total{what="property"} 2',
      'hubspot_refused_total{what="lead record"} 1',
    ]);
  });

  test('as answers by whom they were for and their status, with how long they took', async () => {
    bot.count({ what: 'answered', route: 'slack', status: 200, seconds: 0.08 });
    expect(await read('response_seconds_sum')).toEqual([
      'response_seconds_sum{route="slack",status="200"} 0.08',
    ]);
  });
});

test('the process is told of too, once, however many bots run in it', async () => {
  const { text } = await measures(async () => allWell, taskNames).read();
  expect(text.match(/^process_resident_memory_bytes /gm)).toHaveLength(1);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});
