import type { Refusal } from '../handoff/decide.ts';
import { undoSeconds } from '../handoff/undo.ts';
import type { Target } from '../policy/policy.ts';
import { dateTime, type Line, person } from '../words/line.ts';
import { saidOf } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import type { Saying } from './reasons.ts';

/** What the person reads whose click had no effect: what is so, and what they can do. */
export function tellRefusal(refusal: Refusal, { names, words }: Saying): Line {
  switch (refusal.refused) {
    case 'closed':
      return words.line('refused.closed', { outcome: refusal.outcome });
    case 'notYours':
      return words.line('refused.notYours', { holder: person(refusal.holder, names) });
    case 'managersOnly':
      return words.line('refused.managersOnly', { manager: person(refusal.manager, names) });
    case 'alreadyAccepted':
      return words.line('refused.alreadyAccepted', { at: dateTime(refusal.acceptedAt) });
    case 'alreadyHolds':
      return words.line('refused.alreadyHolds', { rep: person(refusal.rep, names) });
    case 'unknownReason':
      return words.line('refused.unknownReason', { reason: refusal.reason });
    case 'noteMissing':
      return words.line('refused.noteMissing', { reason: refusal.reason });
    case 'otherMissing':
      return words.line('refused.otherMissing', { reason: refusal.reason });
    case 'tooLate':
      return words.line('refused.tooLate', { until: dateTime(refusal.until) });
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
    case 'attemptsMissing': {
      const { made, atLeast, within } = refusal;
      return words.line('refused.attemptsMissing', { made, atLeast, within: durationOf(within, words) });
    }
    case 'unknownPerson':
      return words.line('refused.unknownPerson', { person: refusal.person });
    case 'cannotTakeIt': {
      const why = saidOf(person(refusal.person, names), refusal.why, words);
      return words.line('done.cannotTakeIt', { why });
    }
    case 'unfitSnooze':
      return words.line('forms.unfitSnooze', { latest: dateTime(refusal.latest) });
    case 'alreadyLonger':
      return words.line('refused.alreadyLonger', { due: dateTime(refusal.due) });
    case 'snoozedEnough':
      return words.line('refused.snoozedEnough', { times: refusal.times });
    case 'pastTarget':
      return words.line('refused.pastTarget', { due: dateTime(refusal.due) });
    case 'askedAlready':
      return words.line('refused.askedAlready', { manager: person(refusal.manager, names) });
    case 'pingedAlready':
      return words.line('refused.pingedAlready', { at: dateTime(refusal.at) });
    case 'unfitDay':
    case 'notSentBack':
    case 'elsewhere':
    case 'nobodyElse':
    case 'unknownGrace':
    case 'nothingRunning':
    case 'nothingWanted':
    case 'stale':
      return words.line(`refused.${refusal.refused}`);
    default:
      return refusal satisfies never;
  }
}

/** A duration as the policy means it: a working day is eight hours of work. */
function durationOf({ minutes, countedIn }: Target, words: Words): string {
  if (countedIn === 'wallClock') return words.duration(minutes);
  const days = minutes / 480;
  return Number.isInteger(days)
    ? words.text('refused.workingDays', { days })
    : words.text('refused.workingTime', { duration: words.duration(minutes) });
}
