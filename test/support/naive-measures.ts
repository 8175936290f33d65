import type {
  AssignmentTally,
  HandoffTally,
  Kept,
  Reached,
  Sight,
  Spread,
  Tally,
} from '../../src/domain/measure/tally.ts';
import type { Side } from '../../src/flow/ports/measures.ts';

/**
 * The numbers once more, from the words of their definitions and the rows of the log as they stand in the database, in
 * plain loops; nothing of how they are made otherwise is used here.
 */

// biome-ignore lint/suspicious/noExplicitAny: what stands in the log is looked at as it is
type Data = any;

export type RawHandoff = {
  id: string;
  source: string | null;
  state: Data;
  log: readonly { seq: number; type: string; at: string; by: string | null; data: Data }[];
};

type Clock = 'acknowledge' | 'touch';

/** A stretch in which something was due at one time; `to` null: it still is. */
type Stretch = {
  clock: Clock;
  due: number;
  from: number;
  to: number | null;
  noted: boolean;
  excused: boolean;
};

/** Somebody did what a clock waited for, and when that was told. */
type Done = { clocks: readonly Clock[]; at: number; told: number; isMeeting?: true };

export type Holder = {
  rep: string;
  team: string | null;
  since: number;
  digest: number | null;
  card: number | null;
  stretches: Stretch[];
  done: Done[];
  answers: number[];
  accepted: boolean;
  touches: number[];
  until: number | null;
  end: string | null;
  meets: boolean;
};

export type Told = {
  id: string;
  trigger: string;
  source: string | null;
  qualified: number;
  holders: Holder[];
  fallback: boolean;
  meeting: number | null;
  opportunity: number | null;
  won: number | null;
  closed: number | null;
  outcome: string | null;
  escalated: boolean;
};

const dateIn = (json: Data): number => Date.parse(json.$date);

/** What happened, as somebody would tell it who reads the log from top to bottom. */
export function tell({ id, source, state, log }: RawHandoff): Told {
  let events = [...log].sort((a, b) => a.seq - b.seq);
  for (const undo of events.filter(({ type }) => type === 'undone')) {
    events = events.filter(({ seq }) => seq <= undo.data.after || seq > undo.seq);
  }
  const holders: Holder[] = [];
  let status = 'offered';
  let stood = 'offered';
  let respondBy = 0;
  let touchBy = 0;
  let meeting: number | null = null;
  let opportunity: number | null = null;
  let won: number | null = null;
  let closed: number | null = null;
  let outcome: string | null = null;
  let escalated = false;
  const begin = (data: Data): Holder => {
    const holder: Holder = {
      rep: data.assignment.rep,
      team: data.assignment.team,
      since: dateIn(data.assignment.at),
      digest: data.digestAt ? dateIn(data.digestAt) : null,
      ...{
        card: null,
        stretches: [],
        done: [],
        answers: [],
        accepted: false,
        touches: [],
        until: null,
        end: null,
      },
      meets: false,
    };
    holders.push(holder);
    status = 'offered';
    respondBy = dateIn(data.respondBy);
    return holder;
  };
  const allow = (clock: Clock, due: number) => {
    if (clock === 'acknowledge') respondBy = due;
    else if (status === 'accepted') touchBy = due;
  };
  const close = (how: string, at: number) => {
    if (status !== 'closed') stood = status;
    status = 'closed';
    outcome = how;
    closed = at;
  };
  for (const { type, data, at: time } of events) {
    const at = Date.parse(time);
    const before = holders.at(-1);
    const open = before?.stretches.at(-1);
    switch (type) {
      case 'offered':
        begin(data);
        break;
      case 'reassigned': {
        if (before) {
          before.until = at;
          const last = data.assignment.reasons.at(-1);
          const chosen = last?.kind === 'reassigned' || last?.kind === 'ownerChanged';
          before.end ??= data.moved || !chosen ? 'movedOn' : 'chosen';
        }
        begin(data);
        break;
      }
      case 'delivered':
        respondBy = dateIn(data.respondBy);
        if (before && data.to === before.rep) before.card ??= at;
        break;
      case 'accepted': {
        const when = data.since ? dateIn(data.since) : at;
        status = 'accepted';
        touchBy = dateIn(data.touchBy);
        if (before) {
          before.accepted = true;
          before.answers.push(when);
          before.done.push({ clocks: ['acknowledge'], at: when, told: at });
        }
        break;
      }
      case 'touched': {
        if (status !== 'accepted' && status !== 'working') break;
        const when = data.found ? dateIn(data.found.at) : data.madeAt ? dateIn(data.madeAt) : at;
        status = 'working';
        if (data.touch.outcome === 'booked') meeting ??= when;
        if (before) {
          before.touches.push(when);
          before.answers.push(when);
          before.done.push({ clocks: ['acknowledge', 'touch'], at: when, told: at });
        }
        break;
      }
      case 'disqualified':
      case 'gaveUp':
      case 'recycled':
      case 'handedBack':
        if (before) {
          before.answers.push(at);
          before.done.push({ clocks: ['acknowledge', 'touch'], at, told: at });
          if (type === 'handedBack') before.end = 'handedBack';
        }
        if (type === 'disqualified') close('disqualified', at);
        if (type === 'gaveUp') close('unresponsive', at);
        if (type === 'recycled') close('recycled', at);
        break;
      case 'withdrawn':
        close('withdrawn', at);
        break;
      case 'dealCreated':
        close('converted', at);
        opportunity = dateIn(data.at);
        break;
      case 'dealWon':
        won = dateIn(data.at);
        break;
      case 'overturned':
        status = stood;
        closed = null;
        outcome = null;
        if (data.begun) allow(data.begun.clock, dateIn(data.begun.due));
        break;
      case 'graceGiven':
        allow(data.clock, dateIn(data.until));
        break;
      case 'rescheduled':
        allow(data.clock, dateIn(data.due));
        if (before && data.digestAt) before.digest = dateIn(data.digestAt);
        break;
      case 'resumed':
        // The bot had stood still: nobody could have answered.
        if (open && data.clock === 'acknowledge' && !open.noted) open.excused = true;
        allow(data.clock, dateIn(data.due));
        break;
      case 'strengthened':
        if (before?.digest && before.digest > at) before.digest = at;
        if (data.sooner) allow(data.sooner.clock, dateIn(data.sooner.due));
        break;
      case 'breached':
        if (open && !(data.late && data.clock === 'acknowledge')) open.noted = true;
        break;
      case 'meetingBooked':
        meeting = dateIn(data.at);
        break;
      case 'meetingCalledOff':
        meeting = null;
        if (data.begun) {
          if (status === 'working') status = 'accepted';
          allow(data.begun.clock, dateIn(data.begun.due));
        }
        break;
      case 'escalated':
        escalated = true;
        break;
    }
    // What is due from now on, and for whom.
    const holder = holders.at(-1);
    if (!holder) continue;
    const waiting = status === 'offered' ? 'acknowledge' : status === 'accepted' ? 'touch' : null;
    holder.meets = meeting !== null && meeting >= holder.since;
    const clock: Clock | null = holder.meets ? null : waiting;
    const due = clock === 'acknowledge' ? respondBy : touchBy;
    const last = before?.stretches.at(-1);
    const goesOn = last && holder === before && last.to === null && last.clock === clock && last.due === due;
    if (goesOn) {
      // Nothing changed.
    } else {
      if (last && last.to === null) last.to = at;
      if (clock) holder.stretches.push({ clock, due, from: at, to: null, noted: false, excused: false });
    }
    if (type === 'meetingBooked' && clock === null && holder.meets) {
      holder.done.push({ clocks: ['acknowledge', 'touch'], at: dateIn(data.at), told: at, isMeeting: true });
    }
    holder.until = status === 'closed' ? closed : null;
    if (status === 'closed') holder.end ??= 'closed';
    else if (holder.end === 'closed') holder.end = null;
  }
  return {
    ...{ id, source, trigger: state.trigger, qualified: dateIn(state.qualifiedAt), holders },
    fallback: events[0]?.data.assignment.reasons.at(-1)?.kind === 'fallback',
    ...{ meeting, opportunity, won, closed, outcome, escalated },
  };
}

/** How a target was kept, or null when there is nothing to say of it. */
type Verdict = 'inTime' | 'late' | 'open' | null;

/** Whether something ran out on somebody before they did what it waited for, as far as is known by `now`. */
export function ranOut(holder: Holder, clock: Clock, now: number): boolean {
  const firstDone = clock === 'acknowledge' ? holder.answers.length > 0 : holder.touches.length > 0;
  for (const stretch of holder.stretches) {
    if (stretch.clock !== clock || stretch.excused) continue;
    // Nobody can miss what they do not know of.
    if (clock === 'acknowledge' && (holder.card === null || holder.card >= stretch.due)) continue;
    // What is due once more, after the first time, is missed when it is noted.
    const until = stretch.to ?? (firstDone ? 0 : now);
    if (!stretch.noted && stretch.due >= until) continue;
    const wasDone = holder.done.some(
      (done) => done.clocks.includes(clock) && done.told >= stretch.from && done.at <= stretch.due,
    );
    if (!wasDone) return true;
  }
  return false;
}

function isRunning(holder: Holder, clock: Clock): boolean {
  const last = holder.stretches.at(-1);
  return last !== undefined && last.to === null && last.clock === clock && holder.until === null;
}

function verdictOf(holder: Holder, clock: Clock, now: number): Verdict {
  if (ranOut(holder, clock, now)) return 'late';
  if ((clock === 'acknowledge' ? holder.answers : holder.touches).length > 0) return 'inTime';
  return isRunning(holder, clock) ? 'open' : null;
}

/** Late when one is; in time when all that there was to be kept was kept; nothing when it ended before that was known. */
function verdictOfBoth(holder: Holder, outcome: string | null, now: number): Verdict {
  const verdicts = [verdictOf(holder, 'acknowledge', now), verdictOf(holder, 'touch', now)];
  if (verdicts.includes('late')) return 'late';
  const isAnswered = holder.answers.length > 0;
  const isTouched = holder.touches.length > 0;
  if (isAnswered && isTouched) return 'inTime';
  if (holder.until !== null) {
    const isWithdrawn = holder.end === 'closed' && outcome === 'withdrawn';
    return isAnswered && (!isWithdrawn || holder.meets) ? 'inTime' : null;
  }
  if (isRunning(holder, 'acknowledge') || isRunning(holder, 'touch')) return 'open';
  return isAnswered ? 'inTime' : null;
}

/** Working milliseconds of somebody between two instants. */
export type WorkingMs = (person: string, from: number, to: number) => number;

export function naiveTallies(
  all: readonly Told[],
  sight: Sight,
  by: Side | null,
  now: Date,
  working: WorkingMs,
): Map<string | null, Tally> {
  const names = new Set<string | null>();
  const holdersOf = new Map<string | null, { holder: Holder; told: Told; place: number }[]>();
  const handoffsOf = new Map<string | null, Told[]>();
  for (const told of all) {
    if (told.qualified < sight.from.getTime() || told.qualified >= sight.until.getTime()) continue;
    if (sight.triggers && !sight.triggers.includes(told.trigger)) continue;
    if (sight.sources && (told.source === null || !sight.sources.includes(told.source))) continue;
    for (const [place, holder] of told.holders.entries()) {
      if (sight.reps && !sight.reps.includes(holder.rep)) continue;
      if (sight.teams && (holder.team === null || !sight.teams.includes(holder.team))) continue;
      const name = nameOf(told, holder, by);
      names.add(name);
      holdersOf.set(name, [...(holdersOf.get(name) ?? []), { holder, told, place }]);
      if (place < told.holders.length - 1) continue;
      handoffsOf.set(name, [...(handoffsOf.get(name) ?? []), told]);
    }
  }
  const tallies = new Map<string | null, Tally>();
  for (const name of names) {
    const times = timesTally(holdersOf.get(name) ?? [], now.getTime(), working);
    tallies.set(name, { ...times, ...wholeTally(handoffsOf.get(name) ?? [], working) });
  }
  return tallies;
}

function nameOf(told: Told, { rep, team }: Holder, by: Side | null): string | null {
  if (by === null) return null;
  if (by === 'rep') return rep;
  if (by === 'team') return team;
  if (by === 'trigger') return told.trigger;
  if (by === 'source') return told.source;
  const day = new Date(told.qualified);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

function timesTally(
  all: readonly { holder: Holder; told: Told; place: number }[],
  now: number,
  working: WorkingMs,
): AssignmentTally {
  const kept = { acknowledge: none(), touch: none(), both: none() };
  const seconds = { answer: { wall: [], working: [] }, touch: { wall: [], working: [] } } as Record<
    'answer' | 'touch',
    { wall: number[]; working: number[] }
  >;
  const counted = { answered: 0, acceptances: 0, handedBack: 0, sentBack: 0, movedOn: 0, rescues: 0 };
  for (const { holder, told, place } of all) {
    count(kept.acknowledge, verdictOf(holder, 'acknowledge', now));
    count(kept.touch, verdictOf(holder, 'touch', now));
    const ending = holder.end === 'closed' ? told.outcome : null;
    count(kept.both, verdictOfBoth(holder, ending, now));
    const isAnswered = holder.answers.length > 0;
    if (isAnswered && holder.card !== null) {
      note(seconds.answer, holder.card, Math.min(...holder.answers), holder.rep, working);
    }
    if (holder.touches.length > 0) {
      note(seconds.touch, holder.card ?? holder.since, Math.min(...holder.touches), holder.rep, working);
    }
    if (isAnswered) counted.answered += 1;
    if (holder.accepted) counted.acceptances += 1;
    if (holder.end === 'handedBack') counted.handedBack += 1;
    if (ending !== null && ['disqualified', 'unresponsive', 'recycled'].includes(ending))
      counted.sentBack += 1;
    if (holder.end === 'movedOn') counted.movedOn += 1;
    if (isAnswered && isMissedBefore(told, place)) counted.rescues += 1;
  }
  return {
    ...{ assignments: all.length, ...kept, ...counted },
    toAcknowledge: { wall: spread(seconds.answer.wall), working: spread(seconds.answer.working) },
    toTouch: { wall: spread(seconds.touch.wall), working: spread(seconds.touch.working) },
  };
}

function wholeTally(all: readonly Told[], working: WorkingMs): HandoffTally {
  const ended = { converted: 0, disqualified: 0, recycled: 0, withdrawn: 0, unresponsive: 0 };
  const tally = { open: 0, touches: 0 };
  const far = { accepted: nobody(), touched: nobody(), met: nobody(), opportunity: nobody(), won: nobody() };
  const more = { escalated: 0, rescued: 0, fallback: 0 };
  const [toMeeting, toOpportunity]: number[][] = [[], []];
  const spent = { system: 0, offHours: 0, rep: 0, count: 0 };
  for (const told of all) {
    const { holders, outcome, meeting, opportunity, qualified } = told;
    if (outcome === null) tally.open += 1;
    else ended[outcome as keyof typeof ended] += 1;
    const isClosed = told.closed !== null;
    const isAccepted = holders.some(({ accepted }) => accepted);
    reach(far.accepted, isAccepted, isClosed);
    reach(
      far.touched,
      holders.some(({ touches }) => touches.length > 0),
      isClosed,
    );
    reach(far.met, meeting !== null, isClosed);
    reach(far.opportunity, opportunity !== null, isClosed);
    if (isAccepted) reach(far.won, told.won !== null, isClosed);
    for (const { touches } of holders) tally.touches += touches.length;
    if (meeting !== null) toMeeting?.push(Math.max(0, Math.round((meeting - qualified) / 1000)));
    if (opportunity !== null) toOpportunity?.push(Math.max(0, Math.round((opportunity - qualified) / 1000)));
    if (told.escalated) more.escalated += 1;
    if (told.fallback) more.fallback += 1;
    if (holders.some(({ answers }, place) => answers.length > 0 && isMissedBefore(told, place)))
      more.rescued += 1;
    const theirs = spentOn(told, working);
    if (!theirs) continue;
    spent.count += 1;
    spent.system += theirs.system;
    spent.offHours += theirs.offHours;
    spent.rep += theirs.rep;
  }
  return {
    ...{ handoffs: all.length, ...tally, ...far, ...more, ended, spent },
    ...{ toMeeting: spread(toMeeting ?? []), toOpportunity: spread(toOpportunity ?? []) },
  };
}

/** Whose the time was from qualifying to the first touch, or null while nobody has reached out. */
function spentOn(
  { qualified, holders }: Told,
  working: WorkingMs,
): { system: number; offHours: number; rep: number } | null {
  const first = holders.find(({ touches }) => touches.length > 0);
  if (!first) return null;
  const end = Math.min(...first.touches);
  const start = Math.min(qualified, end);
  let [system, rep, from] = [0, 0, start];
  for (const holder of holders) {
    const until = Math.max(from, Math.min(end, holder.until ?? end));
    const called = Math.min(until, Math.max(from, holder.digest ?? from));
    const knows = holder.card ?? (holder.answers.length > 0 ? Math.min(...holder.answers) : until);
    const card = Math.min(until, Math.max(called, knows));
    system += working(holder.rep, called, card);
    rep += working(holder.rep, card, until);
    from = until;
  }
  const whole = { system: Math.floor(system / 1000), rep: Math.floor(rep / 1000) };
  return { ...whole, offHours: Math.max(0, Math.round((end - start) / 1000) - whole.system - whole.rep) };
}

function isMissedBefore({ holders }: Told, place: number): boolean {
  // Whoever had it before has it no more: no moment to come changes what they missed.
  return holders
    .slice(0, place)
    .some((holder) => ranOut(holder, 'acknowledge', 0) || ranOut(holder, 'touch', 0));
}

function note(
  to: { wall: number[]; working: number[] },
  from: number,
  at: number,
  rep: string,
  working: WorkingMs,
): void {
  const wall = Math.max(0, Math.round((at - from) / 1000));
  to.wall.push(wall);
  to.working.push(at > from ? Math.min(wall, Math.round(working(rep, from, at) / 1000)) : 0);
}

function none(): Kept {
  return { inTime: 0, late: 0, open: 0 };
}

function nobody(): Reached {
  return { count: 0, of: 0 };
}

/** Known of those that came so far, and of those that are over. */
function reach(far: Reached, isReached: boolean, isClosed: boolean): void {
  if (isReached) far.count += 1;
  if (isReached || isClosed) far.of += 1;
}

function count(kept: Kept, verdict: Verdict): void {
  if (verdict) kept[verdict] += 1;
}

/** Half of them, and nine of ten, lie at or below; between two values in proportion. */
function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? below;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { count: sorted.length, median: at(0.5), p90: at(0.9) };
}
