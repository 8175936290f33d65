import type { Pool } from 'pg';

/** A value of an exported row: times are dates, durations whole seconds. */
export type Exported = Readonly<Record<string, string | number | boolean | Date | null>>;

/** What a row is about: a lead that was handed over, or one time that somebody held one. */
export type ExportedThing = 'handoffs' | 'assignments';

const perFetch = 1_000;

/**
 * Everything measured of the leads that qualified in a period, the earliest first, as of one moment. So many rows are in
 * memory at a time, however many there are; whoever reads them may take as long as they like.
 */
export async function* exportMeasured(
  pool: Pool,
  thing: ExportedThing,
  { from, until }: { from: Date; until: Date },
): AsyncGenerator<readonly Exported[]> {
  const client = await pool.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(`set local idle_in_transaction_session_timeout = 0`);
    await client.query(`declare exported no scroll cursor for ${statements[thing]}`, [from, until]);
    for (;;) {
      const { rows } = await client.query<Exported>(`fetch ${perFetch} from exported`);
      if (rows.length === 0) break;
      yield rows;
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
}

/** The columns of a file, in its order. docs/export.md says what each means. */
const columns: Record<ExportedThing, readonly string[]> = {
  handoffs: [
    ...[
      'measured_handoff.handoff_id as handoff',
      'handoff.lead_id as lead',
      'trigger',
      'measured_handoff.source',
    ],
    ...[
      'campaign',
      'measured_handoff.rep',
      'team',
      'measured_handoff.qualified_at',
      'received_at',
      'decided_at',
    ],
    ...['offered_at', 'delivered_at', 'measured_handoff.accepted_at', 'first_touch_at', 'meeting_at'],
    ...['opportunity_at as deal_at', 'won_at', 'measured_handoff.closed_at', 'outcome', 'reason', 'touches'],
    ...['escalations', 'is_rescued', 'is_fallback', 'is_back', 'to_meeting as seconds_to_meeting'],
    ...['to_opportunity as seconds_to_deal', 'system as seconds_system', 'off_hours as seconds_off_hours'],
    ...['by_rep as seconds_rep'],
  ],
  assignments: [
    ...['measured_assignment.handoff_id as handoff', 'handoff.lead_id as lead', 'seq', 'trigger'],
    ...['measured_assignment.source', 'measured_assignment.rep', 'team', 'way', 'is_fallback'],
    ...['measured_assignment.qualified_at', 'since', 'delivered_at', 'seen_at', 'acknowledged_at'],
    ...['measured_assignment.accepted_at', 'first_touch_at', 'until', 'ended_as', 'outcome', 'reason'],
    ...['acknowledge_due', 'acknowledge_missed', 'touch_due', 'touch_missed'],
    ...[
      'acknowledge_wall as seconds_to_acknowledge',
      'acknowledge_working as working_seconds_to_acknowledge',
    ],
    ...['touch_wall as seconds_to_touch', 'touch_working as working_seconds_to_touch'],
    ...['touches', 'reminders', 'snoozes', 'escalations', 'is_rescue'],
  ],
};

const statements: Record<ExportedThing, string> = {
  handoffs: `
    select ${columns.handoffs.join(', ')} from measured_handoff join handoff on handoff.id = handoff_id
     where measured_handoff.qualified_at >= $1 and measured_handoff.qualified_at < $2
     order by measured_handoff.qualified_at, handoff_id`,
  assignments: `
    select ${columns.assignments.join(', ')} from measured_assignment join handoff on handoff.id = handoff_id
     where measured_assignment.qualified_at >= $1 and measured_assignment.qualified_at < $2
     order by measured_assignment.qualified_at, handoff_id, seq`,
};

/** The names of the columns of a file, also of one without rows. */
export function columnsOf(thing: ExportedThing): string[] {
  return columns[thing].map((column) => column.split(' as ').at(-1)?.split('.').at(-1) ?? column);
}
