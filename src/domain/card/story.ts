import { consequenceOf } from '../handoff/consequences.ts';
import type { Refusal } from '../handoff/decide.ts';
import type { HandoffEvent, Logged, PauseEnd } from '../handoff/handoff.ts';
import { undoSeconds } from '../handoff/undo.ts';
import type { PersonId, Policy, TargetName } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import { targetInWords } from '../time/duration.ts';
import { dateTime, type Line, line, type Names, person, type Span } from '../words/line.ts';
import type { Why } from '../words/reason.ts';
import { saidOf, whyLine } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import { alertWords } from './alert-words.ts';
import { dealLeftWords, dealMadeWords, dealNotMadeWords } from './deal-words.ts';
import { filledInWords, heldUpWords } from './held-up.ts';
import { introWords, noIntroWords } from './intro-words.ts';
import { reasonInWords, type Saying } from './reasons.ts';
import { attemptDueWords, noteWords, touchWords, undoneWords } from './touch-words.ts';

/**
 * What happened in a line, below the card where there are threads, and who has to act on it or has to know; `loud`: it
 * is a message of its own, which they cannot overlook.
 */
export type StoryLine = { text: Line; notify: readonly PersonId[]; loud?: true };

/** What a line is told from besides its event: the whole log, of which the event is one. */
export type Telling = { log: readonly Logged[]; policy: Policy; names: Names; words: Words };

/** What an event reads like in the thread; null for those that the card itself or another line tells. */
export function tell(entry: Logged, telling: Telling): StoryLine | null {
  const { seq, by, event } = entry;
  const holder = holderAt(seq, telling.log);
  const text = wordsOf(entry, holder, telling);
  if (!text) return null;
  const { who, how } = consequenceOf(event).calls(event, { by, holder });
  // What comes in a bulletin is not said twice.
  return {
    text: line`${text}${dealLeftWords(entry, telling.log)}`,
    notify: how === 'bulletin' ? [] : who,
    ...(how === 'message' && { loud: true }),
  };
}

function wordsOf(
  { at, by, event }: Logged,
  holder: readonly PersonId[],
  { policy, names, words }: Telling,
): Line | null {
  const inWords = (why: Why) => whyLine(why, words);
  const who = by ? person(by, names) : 'The bot';
  const named = (id: PersonId) => person(id, names);
  switch (event.type) {
    case 'offered':
    case 'delivered':
    case 'summarised':
      return null;
    case 'unreachable':
      return line`${named(event.rep)} cannot be reached: ${inWords(event.why)}. ${named(event.manager)}, please decide.`;
    case 'accepted':
      // What was found in HubSpot has a line of its own, which comes next.
      return event.since ? null : line`${who} accepted. First touch due ${dateTime(event.touchBy)}.`;
    case 'touched':
      return touchWords(event, who, names, words);
    case 'disqualified':
      return line`${who} disqualified the lead: ${labelOf(event, policy.disqualifyReasons)}`;
    case 'gaveUp':
      return line`${who} gave the lead up: ${labelOf(event, policy.disqualifyReasons)}`;
    case 'recycled': {
      const until = event.revisitAt ? line` Back on ${dateTime(event.revisitAt)}.` : [];
      return line`${who} sent the lead back to nurture: ${labelOf(event, policy.disqualifyReasons)}${until}`;
    }
    case 'overturned': {
      const until = event.begun ? line`: ${expected(event.begun)}` : [];
      return line`${who} thinks otherwise. ${holder.map(named)}, the lead goes on where it was${until}.`;
    }
    case 'undone':
      return undoneWords(event, who, words);
    case 'attemptDue':
      return attemptDueWords(event, names, words);
    case 'handedBack':
      return line`${who} handed the lead back: ${labelOf(event, policy[event.listed ?? 'handBackReasons'])}`;
    case 'snoozed':
      return line`${who} snoozed it until ${dateTime(event.until)}.`;
    case 'snoozeEnded':
      return line`${named(event.rep)}, the snooze is over: ${expected(event)}.`;
    case 'graceAsked':
      return line`${who} asks for time until ${dateTime(event.until)}; it would be due ${dateTime(event.due)}. ${named(event.manager)}, please decide.`;
    case 'graceGiven':
      return graceGiven(who, event);
    case 'reassigned':
      return reassigned(event, names, words);
    case 'rescheduled':
      return line`${holder.flatMap((id) => saidOf(named(id), event.why, words))}. Now due ${dateTime(event.due)}.`;
    case 'reminded':
      return reminder(event, at, names);
    case 'breached':
      return event.clock === 'acknowledge'
        ? line`No answer by ${dateTime(event.due)}.`
        : line`No touch by ${dateTime(event.due)}: ${holder.map(named)} accepted, but nobody has reached out.`;
    case 'offeredToTeam':
      return line`Offered to ${event.openTo.length} of ${event.team}. Still with ${holder.map(named)} until somebody claims it.`;
    case 'escalated':
      return line`${named(event.manager)}, please decide: reassign it, take it, or allow more time.`;
    case 'nobodyFree':
      return event.wanted === 'offerToTeam'
        ? line`There is nobody to offer it to: ${inWords(event.why)}.`
        : line`There is nobody to pass it on to: ${inWords(event.why)}.`;
    case 'channelTold':
      return line`A channel was told that this lead waits.`;
    case 'channelUnreachable':
      return line`The channel ${event.channel} could not be told: ${inWords(event.why)}.`;
    case 'alerted':
    case 'notAlerted':
      return alertWords(event, { names, words });
    case 'resumed':
      return line`The bot had stood still. The clock runs again: now due ${dateTime(event.due)}.`;
    case 'pinged': {
      const due = event.due ? line`, ${event.due < at ? 'which was due' : 'due'} ${dateTime(event.due)}` : [];
      return line`${who} asks ${named(event.rep)} to look at this lead${due}.`;
    }
    case 'shown':
      return by
        ? line`${who} wanted to see this lead: here it is.`
        : line`${named(event.to)}, this lead waits: its target passed while the bot stood still.`;
    case 'meetingBooked':
      return line`A meeting with the lead is booked (found in HubSpot, ${dateTime(event.at)}).`;
    case 'meetingCalledOff':
      return event.begun
        ? line`${named(event.rep)}, the meeting with the lead fell through, and no other is booked: ${expected(event.begun)}.`
        : line`The meeting with the lead fell through, and no other is booked.`;
    case 'strengthened': {
      const label = triggerOf(policy, event.trigger)?.label ?? event.trigger;
      const until = event.sooner ? line`: ${expected(event.sooner)}` : [];
      return line`${named(event.rep)}, there is more now. ${label} (${inWords(event.evidence)})${until}.`;
    }
    case 'repeated': {
      if (event.soon) return null;
      const trigger = triggerOf(policy, event.trigger)?.label ?? event.trigger;
      const found = inWords(event.found);
      return words.line('again.told', { trigger, found, at: dateTime(event.at) });
    }
    case 'excluded':
      return line`By now this lead would not be handed over: ${inWords(event.why)}. What becomes of it is up to ${holder.map(named)}.`;
    case 'dealMade':
      return dealMadeWords(event);
    case 'dealNotMade':
      return dealNotMadeWords(event, words);
    case 'dealCreated':
      return line`The lead became a deal (found in HubSpot, ${dateTime(event.at)}).`;
    case 'dealWon':
      return line`The deal is won (found in HubSpot, ${dateTime(event.at)}).`;
    case 'heldUp': {
      if (!event.heldUp || !event.asked) return null;
      const todo = event.heldUp.wants.length > 0 && !event.open ? ' Press Fill In on the card.' : '';
      return line`${named(event.asked)}, ${heldUpWords(event.heldUp)}${todo}`;
    }
    case 'updated':
      return event.values.length > 0 ? line`${who} set ${filledInWords(event.values)}.` : null;
    case 'ownerLost': {
      const owner = event.ownerId
        ? line`somebody who takes no leads here (owner ${event.ownerId})`
        : line`nobody`;
      return line`In HubSpot the contact belongs to ${owner} now; the lead is still with ${holder.map(named)}. ${named(event.manager)}, please decide.`;
    }
    case 'introSent':
      return introWords(event, names);
    case 'introNotSent':
      return noIntroWords(event.why);
    case 'pauseEnded':
      return pauseEnded(event.why);
    case 'withdrawn':
      return line`Withdrawn: ${inWords(event.why)}. There is nothing left to do.`;
    default:
      return event satisfies never;
  }
}

/** Who held the lead when an event happened: none or one. */
function holderAt(seq: number, log: readonly Logged[]): readonly PersonId[] {
  const holders = log.flatMap((entry) =>
    entry.seq <= seq && 'assignment' in entry.event ? [entry.event.assignment.rep] : [],
  );
  return holders.slice(-1);
}

function reassigned(
  { from, assignment, moved, respondBy, note }: Extract<HandoffEvent, { type: 'reassigned' }>,
  names: Names,
  words: Words,
): Line {
  const why = assignment.reasons.at(-1);
  const left = moved ? line`${saidOf(person(from, names), moved.why, words)}. ` : [];
  const because = why ? line` (${reasonInWords(why, { names, words })})` : [];
  const said = note ? ` "${note}"` : '';
  return line`${left}Now with ${person(assignment.rep, names)}${because}. Respond by ${dateTime(respondBy)}.${said}`;
}

function pauseEnded(why: PauseEnd): Line | null {
  switch (why) {
    case 'leaseOver':
      return line`The pause of nurture is over: marketing may write to the lead again.`;
    case 'byHand':
      return line`Nurture was resumed by hand: marketing may write to the lead again.`;
    case 'gone':
      return null;
    default:
      return why satisfies never;
  }
}

function graceGiven(
  who: Span | string,
  { until, snoozedUntil }: Extract<HandoffEvent, { type: 'graceGiven' }>,
): Line {
  return snoozedUntil
    ? line`${who} gave the time that was asked for: until ${dateTime(snoozedUntil)}, due ${dateTime(until)}.`
    : line`${who} allowed more time, until ${dateTime(until)}.`;
}

function reminder(
  { clock, rep, due }: Extract<HandoffEvent, { type: 'reminded' }>,
  at: Date,
  names: Names,
): Line {
  const to = line`Reminder for ${person(rep, names)}`;
  if (at > due) {
    return clock === 'acknowledge'
      ? line`${to}: this lead still waits for your answer, which was due ${dateTime(due)}.`
      : line`${to}: the first touch was due ${dateTime(due)}.`;
  }
  return clock === 'acknowledge'
    ? line`${to}: this lead waits for your answer, due ${dateTime(due)}.`
    : line`${to}: the first touch is due ${dateTime(due)}.`;
}

function expected({ clock, due }: { clock: TargetName; due: Date }): Line {
  return clock === 'acknowledge' ? line`respond by ${dateTime(due)}` : line`reach out by ${dateTime(due)}`;
}

/** A reason as the policy calls it, and what was written about it. */
function labelOf(
  { reason, note }: { reason: string; note: string },
  reasons: readonly { name: string; label: string }[],
): string {
  return `${reasons.find(({ name }) => name === reason)?.label ?? reason}${noteWords(note)}`;
}

/** What the person reads whose click had no effect: what is so, and what they can do. */
export function tellRefusal(refusal: Refusal, { names, words }: Saying): Line {
  switch (refusal.refused) {
    case 'closed':
      return line`This handoff is closed (${refusal.outcome}). Nothing was changed.`;
    case 'notYours':
      return line`${person(refusal.holder, names)} holds this lead now. Nothing was changed.`;
    case 'managersOnly':
      return line`Only ${person(refusal.manager, names)} can decide this. Nothing was changed.`;
    case 'alreadyAccepted':
      return line`Already accepted ${dateTime(refusal.acceptedAt)}. Log a touch when you have reached out.`;
    case 'alreadyHolds':
      return line`${person(refusal.rep, names)} holds this lead already. Choose somebody else.`;
    case 'unknownReason':
      return line`"${refusal.reason}" is not among the reasons any more. Open the form again and choose one.`;
    case 'noteMissing':
      return line`"${refusal.reason}" needs a note: a few words on what is behind it.`;
    case 'otherMissing':
      return line`"${refusal.reason}" needs the other contact: search for it and choose one.`;
    case 'unfitDay':
      return line`Choose a day after today, within two years.`;
    case 'tooLate':
      return line`That was possible until ${dateTime(refusal.until)}. Hand the lead over again in HubSpot if it should be worked on.`;
    case 'notSentBack':
      return line`Nobody has sent this lead back. Nothing was changed.`;
    case 'nothingToUndo':
      return words.line('forms.nothingToUndo');
    case 'undoneTooLate':
      return words.line('forms.undoneTooLate', { seconds: undoSeconds });
    case 'touchTooEarly':
      return words.line('forms.touchTooEarly', { since: dateTime(refusal.since) });
    case 'touchToCome':
      return words.line('forms.touchToCome');
    case 'unfitMeeting':
      return words.line('forms.unfitMeeting');
    case 'elsewhere':
      return line`This lead is with sales again already. Nothing was changed.`;
    case 'attemptsMissing': {
      const { made, atLeast, within } = refusal;
      return line`${made} of ${atLeast} attempts within ${targetInWords(within)} so far: go on trying, or choose another reason.`;
    }
    case 'unknownPerson':
      return line`${refusal.person} takes no leads. Choose somebody from the list.`;
    case 'nobodyElse':
      return line`There is nobody else who could take this lead now, so it stays with you. Your manager can reassign it.`;
    case 'cannotTakeIt':
      return words.line('done.cannotTakeIt', {
        why: saidOf(person(refusal.person, names), refusal.why, words),
      });
    case 'unknownGrace':
      return line`This cannot be given any more. Open the form again and choose how much longer.`;
    case 'alreadyLonger':
      return line`It is not due before ${dateTime(refusal.due)} as it is. Choose a longer time.`;
    case 'nothingRunning':
      return line`No deadline is running, so there is nothing to extend.`;
    case 'nothingWanted':
      return line`HubSpot has all that it wanted. There is nothing left to fill in.`;
    case 'snoozedEnough':
      return line`You have snoozed this lead ${refusal.times} times. Answer it, ask for time past the target, or hand it back.`;
    case 'unfitSnooze':
      return words.line('forms.unfitSnooze', { latest: dateTime(refusal.latest) });
    case 'pastTarget':
      return line`That is past the target (${dateTime(refusal.due)}), and nobody is above you to ask. Choose a shorter time.`;
    case 'askedAlready':
      return line`You have asked ${person(refusal.manager, names)} for time already. Until they decide, the target stays.`;
    case 'pingedAlready':
      return line`They were nudged ${dateTime(refusal.at)}. Give them a minute, reassign it, or take it.`;
    case 'stale':
      return line`The handoff has moved on. Nothing was changed.`;
    default:
      return refusal satisfies never;
  }
}
