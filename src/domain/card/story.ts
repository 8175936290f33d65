import { type Call, consequenceOf } from '../handoff/consequences.ts';
import type { HandoffEvent, Logged, PauseEnd } from '../handoff/handoff.ts';
import type { PersonId, Policy, TargetName } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { joined, type Line, type Names, person, type Span } from '../words/line.ts';
import type { Why } from '../words/reason.ts';
import { saidOf, whyLine } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import { alertWords } from './alert-words.ts';
import { dealLeftWords, dealMadeWords, dealNotMadeWords } from './deal-words.ts';
import { filledInWords, heldUpWords } from './held-up.ts';
import { introWords, noIntroWords } from './intro-words.ts';
import { nearTime } from './near-time.ts';
import { attemptDueWords, noteWords, touchWords, undoneWords } from './touch-words.ts';

/** What happened in a line, and whom it calls, and how. */
export type StoryLine = { text: Line; calls: readonly Call[] };

/** What a line is told from besides its event: the whole log, of which the event is one, and who reads it. */
export type Telling = {
  reader: PersonId | null;
  log: readonly Logged[];
  policy: Policy;
  names: Names;
  words: Words;
};

/** What an event reads like in the thread or the history; null for those that the card itself or another line tells. */
export function tell(entry: Logged, telling: Telling): StoryLine | null {
  const { seq, by, event } = entry;
  const holder = holderAt(seq, telling.log);
  const text = wordsOf(entry, holder, telling);
  if (!text) return null;
  const left = dealLeftWords(entry, telling.log, telling.words);
  return {
    text: left.length > 0 ? joined([text, left], ' ') : text,
    calls: consequenceOf(event).calls(event, { by, holder }),
  };
}

function wordsOf(entry: Logged, holder: readonly PersonId[], telling: Telling): Line | null {
  const { at, by, event } = entry;
  const { reader, policy, names, words } = telling;
  const inWords = (why: Why) => whyLine(why, words);
  const named = (id: PersonId) => person(id, names);
  const near = (when: Date) => nearTime(when, { reader, policy, now: at, words });
  const who = by ? named(by) : words.text('story.bot');
  const rep = words.lines(holder.map((id) => [named(id)]));
  const expected = ({ clock, due }: { clock: TargetName; due: Date }) => untilWords(clock, near(due), words);
  switch (event.type) {
    case 'offered':
    case 'delivered':
    case 'summarised':
      return null;
    case 'unreachable':
      return words.line('story.unreachable', {
        rep: named(event.rep),
        why: inWords(event.why),
        manager: named(event.manager),
      });
    case 'accepted':
      // What was found in HubSpot has a line of its own, which comes next.
      return event.since ? null : words.line('story.accepted', { who, due: near(event.touchBy) });
    case 'touched':
      return touchWords(event, who, names, words);
    case 'disqualified':
    case 'gaveUp':
      return words.line(`story.${event.type}`, { who, ...givenOf(event, policy.disqualifyReasons, words) });
    case 'recycled': {
      const given = { who, ...givenOf(event, policy.disqualifyReasons, words) };
      return event.revisitAt
        ? words.line('story.recycledUntil', { ...given, day: near(event.revisitAt) })
        : words.line('story.recycled', given);
    }
    case 'overturned':
      return event.begun
        ? words.line('story.overturnedUntil', { who, rep, until: expected(event.begun) })
        : words.line('story.overturned', { who, rep });
    case 'undone':
      return undoneWords(event, who, words);
    case 'attemptDue':
      return attemptDueWords(event, names, words);
    case 'handedBack': {
      const reasons = policy[event.listed ?? 'handBackReasons'];
      return words.line('story.handedBack', { who, ...givenOf(event, reasons, words) });
    }
    case 'snoozed':
      return words.line('story.snoozed', { who, until: near(event.until) });
    case 'snoozeEnded':
      return words.line('story.snoozeEnded', { rep: named(event.rep), until: expected(event) });
    case 'graceAsked':
      return words.line('story.graceAsked', {
        who,
        until: near(event.until),
        due: near(event.due),
        manager: named(event.manager),
      });
    case 'graceGiven':
      return event.snoozedUntil
        ? words.line('story.timeGivenAsked', { who, until: near(event.snoozedUntil), due: near(event.until) })
        : words.line('story.timeGiven', { who, until: near(event.until) });
    case 'reassigned':
      return movedWords({ ...entry, event }, telling);
    case 'rescheduled': {
      const why = joined(
        holder.map((id) => saidOf(named(id), event.why, words)),
        ', ',
      );
      return words.line('story.rescheduled', { why, due: near(event.due) });
    }
    case 'reminded': {
      const isLate = at > event.due;
      const given = { rep: named(event.rep), due: near(event.due) };
      return event.clock === 'acknowledge'
        ? words.line(isLate ? 'story.remindedLate' : 'story.reminded', given)
        : words.line(isLate ? 'story.remindedTouchLate' : 'story.remindedTouch', given);
    }
    case 'breached':
      return event.clock === 'acknowledge'
        ? words.line('story.noAnswer', { due: near(event.due) })
        : words.line('story.noTouch', { rep, due: near(event.due) });
    case 'offeredToTeam': {
      const people = words.lines(event.openTo.map((id) => [named(id)]));
      return words.line('story.offeredToTeam', { people, rep });
    }
    case 'escalated':
      return words.line('story.escalated', { manager: named(event.manager) });
    case 'nobodyFree': {
      const key = event.wanted === 'offerToTeam' ? 'story.nobodyToOffer' : 'story.nobodyToPassOn';
      return words.line(key, { why: inWords(event.why) });
    }
    case 'channelTold':
      return words.line('story.channelTold', { channel: channelNamed(event.channel, words) });
    case 'channelUnreachable':
      return words.line('story.channelUnreachable', {
        channel: channelNamed(event.channel, words),
        why: inWords(event.why),
      });
    case 'alerted':
    case 'notAlerted':
      return alertWords(event, { names, words });
    case 'resumed':
      return words.line('story.resumed', { due: near(event.due) });
    case 'pinged': {
      if (!event.due) return words.line('story.pinged', { who, rep: named(event.rep) });
      const key = event.due < at ? 'story.pingedLate' : 'story.pingedDue';
      return words.line(key, { who, rep: named(event.rep), due: near(event.due) });
    }
    case 'shown':
      return by
        ? words.line('story.shown', { who })
        : words.line('story.shownLate', { who: named(event.to) });
    case 'meetingBooked':
      return words.line('story.meetingBooked', { at: near(event.at) });
    case 'meetingCalledOff':
      return event.begun
        ? words.line('story.meetingCalledOffUntil', { rep: named(event.rep), until: expected(event.begun) })
        : words.line('story.meetingCalledOff');
    case 'strengthened': {
      const trigger = triggerOf(policy, event.trigger)?.label ?? event.trigger;
      const given = { rep: named(event.rep), trigger, found: inWords(event.evidence) };
      return event.sooner
        ? words.line('story.raisedUntil', { ...given, until: expected(event.sooner) })
        : words.line('story.raised', given);
    }
    case 'repeated': {
      if (event.soon) return null;
      const trigger = triggerOf(policy, event.trigger)?.label ?? event.trigger;
      return words.line('again.told', { trigger, found: inWords(event.found), at: near(event.at) });
    }
    case 'excluded':
      return words.line('story.excluded', { why: inWords(event.why), rep });
    case 'dealMade':
      return dealMadeWords(event, words);
    case 'dealNotMade':
      return dealNotMadeWords(event, words);
    case 'dealCreated':
      return words.line('story.becameDeal', { at: near(event.at) });
    case 'dealWon':
      return words.line('story.dealWon', { at: near(event.at) });
    case 'heldUp': {
      if (!event.heldUp || !event.asked) return null;
      const given = { rep: named(event.asked), what: heldUpWords(event.heldUp, words) };
      const mayFillIn = event.heldUp.wants.length > 0 && !event.open;
      return words.line(mayFillIn ? 'story.heldUpFillIn' : 'story.heldUp', given);
    }
    case 'updated':
      return event.values.length > 0
        ? words.line('story.updated', { who, values: filledInWords(event.values, words) })
        : null;
    case 'ownerLost': {
      const given = { rep, manager: named(event.manager) };
      return event.ownerId
        ? words.line('story.ownerStranger', { ...given, owner: event.ownerId })
        : words.line('story.ownerNobody', given);
    }
    case 'introSent':
      return introWords(event, names, words);
    case 'introNotSent':
      return noIntroWords(event.why, near, words);
    case 'pauseEnded':
      return pauseEnded(event.why, words);
    case 'withdrawn':
      return words.line('story.withdrawn', { why: inWords(event.why) });
    default:
      return event satisfies never;
  }
}

/** What is expected of the holder by then, as a part of a sentence. */
function untilWords(clock: TargetName, due: Span, words: Words): Line {
  return words.line(clock === 'acknowledge' ? 'story.respondBy' : 'story.reachOutBy', { due });
}

/** A channel: people know it by its name, which only its own chat shows. */
export function channelNamed(id: string, words: Words): Span {
  return { kind: 'channel', id, text: words.text('story.aChannel') };
}

/** Who held the lead when an event happened: none or one. */
function holderAt(seq: number, log: readonly Logged[]): readonly PersonId[] {
  const holders = log.flatMap((entry) =>
    entry.seq <= seq && 'assignment' in entry.event ? [entry.event.assignment.rep] : [],
  );
  return holders.slice(-1);
}

/** Who has it now and why, without how they were found: "Ada did not answer; Ben has it now, until 10:21 AM." */
export function movedWords(
  { at, by, event }: Logged & { event: Extract<HandoffEvent, { type: 'reassigned' }> },
  { reader, policy, names, words }: Telling,
): Line {
  const { from, assignment, moved, respondBy, note } = event;
  const rep = person(assignment.rep, names);
  const due = nearTime(respondBy, { reader, policy, now: at, words });
  const said = () => {
    if (moved) {
      const who = person(from, names);
      const kind = typeof moved.why === 'object' ? moved.why.kind : null;
      if (kind === 'hasNotAnswered') return words.line('story.movedUnanswered', { from: who, rep, due });
      if (kind === 'hasNotReachedOut') return words.line('story.movedUntouched', { from: who, rep, due });
      return words.line('story.moved', { why: saidOf(who, moved.why, words), rep, due });
    }
    if (by === assignment.rep) return words.line('story.tookIt', { rep });
    if (by === null || by === from) return words.line('story.hasIt', { rep, due });
    return words.line('story.gaveTo', { who: person(by, names), rep, due });
  };
  return note ? words.line('story.withNote', { said: said(), note }) : said();
}

function pauseEnded(why: PauseEnd, words: Words): Line | null {
  switch (why) {
    case 'leaseOver':
      return words.line('story.pauseOver');
    case 'byHand':
      return words.line('story.resumedByHand');
    case 'gone':
      return null;
    default:
      return why satisfies never;
  }
}

/** A reason as the policy calls it, and what was written about it. */
function givenOf(
  { reason, note }: { reason: string; note: string },
  reasons: readonly { name: string; label: string }[],
  words: Words,
): { reason: string; note: string } {
  const label = reasons.find(({ name }) => name === reason)?.label ?? reason;
  return { reason: label, note: noteWords(note, words) };
}
