import { didAll } from './kept-in-time.ts';

/**
 * What is counted of measured rows, by columns: `times` that somebody held a lead, and `leads` as a whole. A fact is true of
 * a row or not, in SQL. A number is there where the fact before it says so: seconds, how many, or milliseconds since 1970; of
 * these it is said what is true once they are past.
 */
const things = {
  times: {
    table: 'measured_assignment',
    facts: {
      acknowledged: 'acknowledged_at is not null',
      accepted: 'accepted_at is not null',
      touched: 'first_touch_at is not null',
      ended: 'until is not null',
      hasAnswerDue: 'acknowledge_due is not null',
      answerMissed: 'acknowledge_missed is not null',
      touchMissed: 'touch_missed is not null',
      awaitsAnswer: `acknowledge_missed is null and acknowledged_at is null and until is null
        and coalesce(delivered_at < acknowledge_due, false)`,
      awaitsTouch:
        'touch_missed is null and first_touch_at is null and until is null and touch_due is not null',
      didAll,
      handedBack: `ended_as is not distinct from 'handedBack'`,
      movedOn: `ended_as is not distinct from 'movedOn'`,
      sentBack: `coalesce(outcome in ('disqualified', 'unresponsive', 'recycled'), false)`,
      isRescue: 'is_rescue',
      tookToAnswer: 'acknowledge_wall is not null',
      tookToTouch: 'touch_wall is not null',
    },
    numbers: {
      answerDue: ['awaitsAnswer', 'extract(epoch from acknowledge_due)::float8 * 1000', 'answerMissed'],
      touchDue: ['awaitsTouch', 'extract(epoch from touch_due)::float8 * 1000', 'touchMissed'],
      answerWall: ['tookToAnswer', 'acknowledge_wall'],
      answerWorking: ['tookToAnswer', 'acknowledge_working'],
      touchWall: ['tookToTouch', 'touch_wall'],
      touchWorking: ['tookToTouch', 'touch_working'],
    },
  },
  leads: {
    table: 'measured_handoff',
    facts: {
      accepted: 'accepted_at is not null',
      touched: 'first_touch_at is not null',
      met: 'meeting_at is not null',
      opportunity: 'opportunity_at is not null',
      won: 'won_at is not null',
      closed: 'closed_at is not null',
      converted: `outcome is not distinct from 'converted'`,
      disqualified: `outcome is not distinct from 'disqualified'`,
      recycled: `outcome is not distinct from 'recycled'`,
      withdrawn: `outcome is not distinct from 'withdrawn'`,
      unresponsive: `outcome is not distinct from 'unresponsive'`,
      escalated: 'escalations > 0',
      rescued: 'is_rescued',
      fallback: 'is_fallback',
      tookToMeet: 'to_meeting is not null',
      tookToDeal: 'to_opportunity is not null',
      isSpent: 'by_rep is not null',
      hasTouches: 'touches > 0',
    },
    numbers: {
      toMeeting: ['tookToMeet', 'to_meeting'],
      toOpportunity: ['tookToDeal', 'to_opportunity'],
      system: ['isSpent', 'system'],
      offHours: ['isSpent', 'off_hours'],
      byRep: ['isSpent', 'by_rep'],
      touches: ['hasTouches', 'touches'],
    },
  },
} as const satisfies Record<string, Columns>;

type Columns = {
  table: string;
  facts: Readonly<Record<string, string>>;
  numbers: Readonly<Record<string, readonly [fact: string, column: string, oncePast?: string]>>;
};

export type Thing = keyof typeof things;
export type FactOf<T extends Thing> = keyof (typeof things)[T]['facts'] & string;
export type NumberOf<T extends Thing> = keyof (typeof things)[T]['numbers'] & string;

/** The rows of a day, in whatever order, a value for each; of a number one for each row that has it, in the same order. */
export type DayOf<T extends Thing> = {
  /** Days since 1970, in UTC. */
  day: number;
  /** Milliseconds since the day began. */
  at: Int32Array;
  /** By what it is told apart: an id of measured_sides. */
  sides: Int32Array;
  /** A bit for each fact that is true. */
  facts: Int32Array;
  numbers: Readonly<Record<NumberOf<T>, Int32Array | Float64Array>>;
};

/** The bit of each fact. */
export function bitsOf<T extends Thing>(thing: T): Readonly<Record<FactOf<T>, number>> {
  const names = Object.keys(things[thing].facts);
  return Object.fromEntries(names.map((name, place) => [name, 1 << place])) as Record<FactOf<T>, number>;
}

/** Every number, in order, and what says that it is there. */
export function numbersOf(thing: Thing): { name: string; fact: string; column: string; oncePast?: string }[] {
  const { numbers }: Columns = things[thing];
  return Object.entries(numbers).map(([name, [fact, column, oncePast]]) => {
    return { name, fact, column, ...(oncePast !== undefined && { oncePast }) };
  });
}

/** A day's columns as they are sent: the values one after the other, in the order of bytes of networks. */
export type SentColumns = Readonly<Record<string, Buffer>>;

/**
 * The columns of the row `day` of measured_day, empty unless they are asked for. Aggregates over the same rows see them in
 * the same order.
 * @param isAsked an expression that is looked at once for the day, not for each row
 */
export function columnsInSql(thing: Thing, isAsked: string): string {
  const { table, facts }: Columns = things[thing];
  const bits: Readonly<Record<string, number>> = bitsOf(thing);
  const each = numbersOf(thing);
  const sent = [
    ...['at', 'sides', 'facts'].map((name) => [name, `string_agg(int4send(${name}), '')`]),
    ...each.map(({ name, fact, oncePast }) => [
      name,
      `string_agg(${oncePast ? 'float8send' : 'int4send'}("${name}"), '') filter (where facts & ${bits[fact]} <> 0)`,
    ]),
  ];
  return `
    select ${sent.map(([name, column]) => `coalesce(${column}, '') as "${name}"`).join(', ')}
      from (select (extract(epoch from qualified_at - day.day) * 1000)::int as at, sides.id as sides,
                   ${each.map(({ name, column }) => `${column} as "${name}"`).join(', ')},
                   ${Object.entries(facts)
                     .map(([name, fact]) => `(${fact})::int * ${bits[name]}`)
                     .join(' | ')} as facts
              from ${table} as measured
              join measured_sides as sides
                on sides.rep = measured.rep and sides.team = coalesce(measured.team, '')
                   and sides.trigger = measured.trigger and sides.source = coalesce(measured.source, '')
             where ${isAsked} and qualified_at >= day.day and qualified_at < day.day + 1
            -- Otherwise the facts would be found out anew for each aggregate.
            offset 0) as measured`;
}

export function columnsFrom<T extends Thing>(thing: T, day: number, sent: SentColumns): DayOf<T> {
  const numbers = numbersOf(thing).map(({ name, oncePast }) => [
    name,
    oncePast ? momentsFrom(sent[name]) : intsFrom(sent[name]),
  ]);
  return {
    day,
    ...{ at: intsFrom(sent['at']), sides: intsFrom(sent['sides']), facts: intsFrom(sent['facts']) },
    numbers: Object.fromEntries(numbers),
  };
}

function intsFrom(sent: Buffer | undefined): Int32Array {
  const view = viewOf(sent);
  const values = new Int32Array(view.byteLength / 4);
  for (let place = 0; place < values.length; place += 1) values[place] = view.getInt32(place * 4);
  return values;
}

function momentsFrom(sent: Buffer | undefined): Float64Array {
  const view = viewOf(sent);
  const values = new Float64Array(view.byteLength / 8);
  for (let place = 0; place < values.length; place += 1) values[place] = view.getFloat64(place * 8);
  return values;
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer = Buffer.alloc(0)): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** How much memory the columns of a day take. */
export function bytesOf({ at, sides, facts, numbers }: DayOf<Thing>): number {
  const all = [at, sides, facts, ...Object.values<Int32Array | Float64Array>(numbers)];
  return all.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
