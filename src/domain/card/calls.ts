import { consequenceOf, type Weight } from '../handoff/consequences.ts';
import { type HandoffEvent, type Logged, running } from '../handoff/handoff.ts';
import { denial } from '../handoff/rights.ts';
import { whoIs } from '../lead/who-is.ts';
import type { PersonId, TargetName } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { escalatesTo } from '../policy/who-decides.ts';
import { type Line, oneLine, person, type Span } from '../words/line.ts';
import type { Bulletin } from './bulletin.ts';
import type { CardView } from './card.ts';
import { closedStatus } from './card-status.ts';
import { heldUpWords } from './held-up.ts';
import { nearTime } from './near-time.ts';
import type { ReplyAction } from './reply-action.ts';
import { movedWords } from './story.ts';

/** An event that calls somebody to a lead, with the lead as it stands by now. */
export type CallView = Pick<CardView, 'handoff' | 'lead' | 'log' | 'policy'> & { seq: number };

/** Who is called, in whose words, and when they read it. */
export type CallReader = Pick<CardView, 'names' | 'words' | 'now'> & { reader: PersonId };

/** So long that many of them fit a message in either chat. */
const nameMaxLength = 60;
const triggerMaxLength = 40;

/**
 * One message for all that somebody is called to at a time. Of what is done or overtaken it says in a line what became of
 * it, and has nothing left to press.
 */
export function callsBulletin(calls: readonly CallView[], reader: CallReader): Bulletin {
  const { words } = reader;
  const rows = calls.flatMap((call) => {
    const said = saidOf(call, reader);
    return said ? [said] : [];
  });
  const [only, ...others] = rows;
  const message = { items: [], language: words.language };
  if (!only) return { ...message, title: words.text('bulletins.nothing'), text: [] };
  if (others.length === 0) return { ...message, title: '', ...only };
  const isNews = calls.every((call) => weightOf(call, reader.reader) === 'news');
  const title = words.text(isNews ? 'calls.news' : 'calls.waiting', { count: rows.length });
  return { ...message, title, text: [], sections: [{ kind: 'rows', rows }] };
}

/** Whether anybody was called to a handoff by a message of its own. */
export function hasCalled(log: readonly Logged[]): boolean {
  return log.some(({ event, by }) =>
    consequenceOf(event)
      .calls(event, { by, holder: [] })
      .some(({ how }) => how === 'message'),
  );
}

/** How somebody is called by it; null: not at all. */
export function weightOf({ log, seq }: Pick<CallView, 'log' | 'seq'>, reader: PersonId): Weight | null {
  const entry = log.find((one) => one.seq === seq);
  return entry ? weightIn(entry, log, reader) : null;
}

function weightIn({ seq, by, event }: Logged, log: readonly Logged[], reader: PersonId): Weight | null {
  const holder = log.flatMap((one) =>
    one.seq <= seq && 'assignment' in one.event ? [one.event.assignment.rep] : [],
  );
  const calls = consequenceOf(event).calls(event, { by, holder: holder.slice(-1) });
  return calls.find(({ who }) => who.includes(reader))?.how ?? null;
}

type Said = { text: Line; actions: readonly ReplyAction[] };

function saidOf(call: CallView, reader: CallReader): Said | null {
  const became = whatBecameOf(call, reader);
  if (became) return { text: became, actions: [] };
  const entry = call.log.find(({ seq }) => seq === call.seq);
  const text = entry && asks(entry, call, reader);
  return text ? { text, actions: actionsFor(entry.event, call, reader) } : null;
}

/** What the reader is to do, and how much time there is for it: that is right in every zone. */
function asks({ seq, at, by, event }: Logged, call: CallView, reader: CallReader): Line | null {
  const { handoff, policy } = call;
  const { names, words } = reader;
  const lead = leadWords(call, reader);
  const who = by ? person(by, names) : words.text('story.bot');
  const timeTo = (due: Date) => words.duration(Math.abs(due.getTime() - at.getTime()) / 60_000);
  const within = (due: Date) => words.line(due > at ? 'calls.within' : 'calls.lateBy', { time: timeTo(due) });
  switch (event.type) {
    case 'reminded': {
      const given = { time: timeTo(event.due), lead };
      const isLate = at > event.due;
      return event.clock === 'acknowledge'
        ? words.line(isLate ? 'calls.answerLate' : 'calls.answerLeft', given)
        : words.line(isLate ? 'calls.touchLate' : 'calls.touchLeft', given);
    }
    case 'breached':
      return words.line('calls.touchNow', { lead });
    case 'attemptDue':
      return words.line('calls.tryAgain', { lead });
    case 'pinged':
      return event.due
        ? words.line('calls.nudged', { who, lead, until: within(event.due) })
        : words.line('calls.nudgedOnly', { who, lead });
    case 'snoozeEnded':
      return words.line('calls.snoozeOver', { lead, until: within(event.due) });
    case 'meetingCalledOff':
      return event.begun && words.line('calls.meetingOff', { lead, until: within(event.begun.due) });
    case 'strengthened': {
      const trigger = triggerOf(policy, event.trigger)?.label ?? event.trigger;
      return event.sooner
        ? words.line('calls.raised', { lead, trigger, until: within(event.sooner.due) })
        : null;
    }
    case 'overturned':
      return words.line('calls.goesOn', { who, lead });
    case 'heldUp':
      return handoff.heldUp && words.line('calls.heldUp', { lead, what: heldUpWords(handoff.heldUp, words) });
    case 'reassigned':
      return words.line('calls.movedOn', {
        lead,
        what: movedWords({ seq, at, by, event }, { ...call, ...reader }),
      });
    default:
      return null;
  }
}

function leadWords({ handoff, lead, policy }: CallView, { words }: CallReader): Line {
  const trigger = oneLine(triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger, triggerMaxLength);
  const employees = lead.account?.employees;
  const what = employees ? [trigger, words.text('calls.size', { count: employees })] : [trigger];
  return words.line('calls.lead', { name: oneLine(whoIs(lead), nameMaxLength), what: what.join(', ') });
}

function actionsFor(event: HandoffEvent, call: CallView, { reader, words }: CallReader): ReplyAction[] {
  const { handoff, lead, policy } = call;
  const about = { handoffId: handoff.id };
  const buttons = wanted(event, call).flatMap((act): ReplyAction[] => {
    if (denial(act, reader, handoff, policy)) return [];
    const label = words.text(`card.${act}`);
    return act === 'accept'
      ? [{ kind: 'command', command: act, ...about, label, primary: true }]
      : [{ kind: 'form', form: act, ...about, label }];
  });
  const who = lead.email ?? lead.id;
  return [
    ...buttons,
    ...(event.type === 'reassigned'
      ? [{ kind: 'say', words: `why ${who}`, label: words.text('calls.why') } as const]
      : []),
    { kind: 'command', command: 'show', ...about, label: words.text('card.show') },
  ];
}

type Wanted = 'accept' | 'handBack' | 'logTouch' | 'fillIn';

function wanted(event: HandoffEvent, { handoff }: CallView): Wanted[] {
  if (event.type === 'reassigned') return [];
  if (event.type === 'heldUp') return ['fillIn'];
  if (event.type === 'attemptDue') return ['logTouch'];
  return handoff.status === 'offered' ? ['accept', 'handBack'] : ['logTouch'];
}

/** In a line, why there is nothing left to be done about a call; null as long as there is. */
export function whatBecameOf(call: CallView, reader: CallReader): Line | null {
  const { handoff, lead, log, seq } = call;
  const { names, words, now } = reader;
  if (weightOf(call, reader.reader) === 'news') return null;
  const name = oneLine(whoIs(lead), nameMaxLength);
  const event = log.find((one) => one.seq === seq)?.event;
  if (!event) return words.line('calls.settled', { lead: name });
  const view = { ...call, ...reader };
  const near = (at: Date): Span => nearTime(at, view);
  const { rep } = handoff.assignment;
  if (handoff.status === 'closed') {
    return words.line('calls.ended', { lead: name, status: closedStatus(handoff, view) });
  }
  if (rep !== reader.reader && event.type !== 'heldUp') {
    return words.line('calls.withNow', { lead: name, rep: person(rep, names) });
  }
  if (event.type === 'heldUp') return handoff.heldUp ? null : words.line('calls.settled', { lead: name });
  const since = log.filter((one) => one.seq > seq);
  const touched = since.find((one) => one.event.type === 'touched');
  if (touched) return words.line('calls.touched', { lead: name, at: near(touched.at) });
  const accepted = since.find((one) => one.event.type === 'accepted');
  if (accepted) return words.line('calls.accepted', { lead: name, at: near(accepted.at) });
  if (since.some((one) => weightIn(one, log, reader.reader) === 'message')) {
    return words.line('calls.again', { lead: name });
  }
  const manager = escalatesTo(call.policy, handoff.assignment);
  if (handoff.asked && handoff.asked.until > now && manager) {
    return words.line('calls.asked', { lead: name, manager: person(manager, names) });
  }
  const term = termOf(event);
  const ticking = running(handoff);
  if (!term) {
    const isIdle = event.type === 'pinged' && event.due && !ticking;
    return isIdle ? words.line('calls.settled', { lead: name }) : null;
  }
  if (ticking?.clock !== term.clock) return words.line('calls.settled', { lead: name });
  if (ticking.due.getTime() !== term.due.getTime()) {
    return words.line('calls.dueThen', { lead: name, due: near(ticking.due) });
  }
  const passed = since.some((one) => one.event.type === 'breached' && one.event.clock === term.clock);
  return passed ? words.line('calls.late', { lead: name, due: near(term.due) }) : null;
}

/** By when something is to be done about an event; null where no target runs. */
function termOf(event: HandoffEvent): { clock: TargetName; due: Date } | null {
  switch (event.type) {
    case 'reminded':
    case 'breached':
    case 'snoozeEnded':
      return event;
    case 'meetingCalledOff':
    case 'overturned':
      return event.begun ?? null;
    case 'strengthened':
      return event.sooner ?? null;
    default:
      return null;
  }
}
