import { randomUUID } from 'node:crypto';
import { type Answers, type FormName, ownTime } from '../../domain/card/form.ts';
import { heldUpWords } from '../../domain/card/held-up.ts';
import type { Saying } from '../../domain/card/reasons.ts';
import { tellRefusal } from '../../domain/card/refusal-words.ts';
import type { ReplyAction } from '../../domain/card/reply-action.ts';
import type { ClickCommand, Refusal } from '../../domain/handoff/decide.ts';
import type { Handoff, HandoffId } from '../../domain/handoff/handoff.ts';
import type { Revisit } from '../../domain/handoff/recycle.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Grace, PersonId, Policy } from '../../domain/policy/policy.ts';
import { snoozeChoices } from '../../domain/time/snooze.ts';
import { dateTime, type Line, line, person } from '../../domain/words/line.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import type { Identify } from '../people/identify.ts';
import { namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Act, Respond } from '../ports/chat.ts';
import type { Crm } from '../ports/crm.ts';
import type { Cause, Changed } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import { responsesIn } from '../responses.ts';
import type { StillThere } from '../still-there.ts';
import type { RoutingNeeds } from '../with-routing.ts';
import { checkForm, type Wrong } from './check-form.ts';
import { giveTo } from './give-to.ts';
import { handBack } from './hand-back.ts';
import { keepTyped } from './keep-typed.ts';
import { overturn } from './overturn.ts';
import { toldTouchIn } from './told-touch.ts';
import { type Update, updateLead } from './update-lead.ts';

type Needs = RoutingNeeds & {
  crm: Crm;
  identify: Identify;
  stillThere: StillThere;
  policy: () => Policy;
  observe: Observe;
};

/** Carries out what somebody did on a card; a refusal says why nothing happened and what can be done instead. */
export function respond(needs: Needs): Respond {
  const { directory, identify, stillThere, clock, observe } = needs;
  return async ({ platform, userId, commandId, handoffId }, act, askBack) => {
    const by = await identify(platform, userId);
    if (!by) {
      observe({ what: 'refused', handoffId, refusal: 'unknownPerson' });
      return { done: false, text: wordsIn(needs.policy().language).line('done.stranger'), field: null };
    }
    const policy = needs.policy();
    const words = wordsFor(by, platform, { people: await directory.people(), policy });
    const command = commandOf(act, by, words);
    if ('field' in command) return { done: false, ...command };
    const checks = act.type === 'submit' && !('answers' in command);
    const wrong = checks && (await checkForm(act, { by, handoffId, words }, needs));
    if (wrong) return { done: false, ...wrong };

    if (askBack) stillThere.acts(handoffId, by, askBack);
    const at = clock();
    const changed = await carryOut(handoffId, command, { by, at, commandId }, words, needs);
    const names = namesOf(await directory.people());
    if (!changed) {
      observe({ what: 'refused', handoffId, refusal: 'unknownHandoff' });
      return { done: false, text: words.line('done.gone'), field: null };
    }
    if ('text' in changed) return { done: false, ...changed };
    if (changed.outcome === 'refused') {
      const { refusal } = changed;
      observe({ what: 'refused', handoffId, refusal: refusal.refused });
      const told = tellRefusal(refusal, { names, words });
      const kept = await keepTyped(act, refusal, { by, handoffId, words }, needs);
      return {
        done: false,
        text: kept ? line`${told} ${kept}` : told,
        field: fieldOf(refusal),
        ...insteadOf(refusal, handoffId, words),
      };
    }
    if (changed.outcome === 'changed') {
      observe({ what: 'changed', handoffId, events: changed.events.map((event) => event.type) });
      for (const response of responsesIn(changed, at)) observe(response);
    }
    return { done: true, text: doneLine(act, changed.handoff, { names, words }) };
  };
}

/**
 * A lead that is passed on goes to whom routing finds, and HubSpot says whether it takes what was filled in; everything else
 * is decided by what is known of the handoff.
 */
async function carryOut(
  id: HandoffId,
  command: Intent,
  cause: Cause & { by: PersonId },
  words: Words,
  needs: Needs,
): Promise<Changed | Wrong | null> {
  if ('answers' in command) return updateLead(needs, id, command, cause, words);
  if (command.type === 'handBack') return handBack(needs, id, command, cause);
  if (command.type === 'giveTo') return giveTo(needs, id, { ...command, type: 'reassign' }, cause);
  if (command.type === 'overturn' || command.type === 'undo') return overturn(needs, id, command, cause);
  const changed = await changeHandoff(needs.handoffs, needs.policyOf, id, command, cause);
  // A reason that routes a lead anew is known by the policy alone: deciding tells that it takes somebody else.
  const wantsOther = changed?.outcome === 'refused' && changed.refusal.refused === 'nobodyElse';
  return wantsOther && command.type === 'disqualify' ? handBack(needs, id, command, cause) : changed;
}

/** What a click asks for, before anything is looked up for it. */
type Intent =
  | Exclude<ClickCommand, { type: 'handBack' | 'overturn' | 'undo' | 'fillIn' | 'update' }>
  | Update
  | Omit<Extract<ClickCommand, { type: 'handBack' }>, 'to'>
  | { type: 'giveTo'; by: PersonId; to: PersonId }
  | { type: 'overturn'; by: PersonId }
  | { type: 'undo'; by: PersonId };

function commandOf(act: Act, by: PersonId, words: Words): Intent | Wrong {
  switch (act.type) {
    case 'accept':
    case 'takeIt':
    case 'ping':
    case 'show':
    case 'overturn':
    case 'undo':
      return { type: act.type, by };
    case 'allow':
      return { type: 'giveGrace', by, grace: 'asAsked' };
    case 'giveTo':
      return { type: 'giveTo', by, to: act.to };
    case 'submit':
      return commandOfForm(act.form, act.values, by, words);
    default:
      return act satisfies never;
  }
}

function commandOfForm(form: FormName, values: Answers, by: PersonId, words: Words): Intent | Wrong {
  const answer = (field: string) => values[field] ?? '';
  const note = answer('note').trim();
  switch (form) {
    case 'logTouch': {
      const told = toldTouchIn(values, randomUUID(), words);
      return 'field' in told ? told : { type: form, by, ...told };
    }
    case 'disqualify':
      if (!answer('reason')) return { field: 'reason', text: words.line('done.chooseWhy') };
      return { type: form, by, reason: answer('reason'), note, ...followUpOf(answer) };
    case 'handBack':
      if (!answer('reason')) return { field: 'reason', text: words.line('done.chooseWhy') };
      return { type: form, by, reason: answer('reason'), note };
    case 'snooze': {
      const own = { on: answer('on'), at: answer('at') };
      const choice =
        answer('choice') === ownTime ? own : snoozeChoices.find((known) => known === answer('choice'));
      return choice
        ? { type: 'snooze', by, choice }
        : { field: 'choice', text: words.line('done.chooseHowLong') };
    }
    case 'reassign':
      if (!answer('to')) return { field: 'to', text: words.line('done.chooseWhom') };
      return { type: 'reassign', by, to: answer('to'), ...(note && { note }) };
    case 'giveGrace':
      return { type: 'giveGrace', by, grace: graceOf(answer('grace')) };
    case 'fillIn':
    case 'update':
      return { type: form, by, answers: values };
    default:
      return form satisfies never;
  }
}

/** What the reason asks for beside a note: when the lead is to come back, and of which other it is a duplicate. */
function followUpOf(answer: (field: string) => string): { revisit: Revisit | null; other: LeadId | null } {
  const [days, on] = [answer('revisit'), answer('revisitOn')];
  const chosen = /^[1-9]\d{0,3}$/.test(days) ? { inDays: Number(days) } : null;
  return { revisit: chosen ?? (days ? { on } : null), other: answer('other') || null };
}

/** A choice that the form does not offer becomes a number, or NaN, which no policy allows. */
function graceOf(answer: string): Grace | 'asAsked' {
  return answer === 'untilMorning' || answer === 'asAsked' ? answer : Number(answer);
}

function fieldOf(refusal: Refusal): string | null {
  switch (refusal.refused) {
    case 'noteMissing':
      return 'note';
    case 'otherMissing':
      return 'other';
    case 'unfitDay':
      return 'revisitOn';
    case 'unfitSnooze':
    case 'touchTooEarly':
    case 'touchToCome':
      return 'at';
    case 'unfitMeeting':
      return 'meetsAt';
    case 'unknownReason':
    case 'attemptsMissing':
    case 'nobodyElse':
      return 'reason';
    case 'snoozedEnough':
    case 'pastTarget':
    case 'askedAlready':
      return 'choice';
    case 'unknownPerson':
    case 'alreadyHolds':
      return 'to';
    case 'unknownGrace':
    case 'alreadyLonger':
      return 'grace';
    default:
      return null;
  }
}

/** What can be pressed instead of what came too late. */
function insteadOf(
  { refused }: Refusal,
  handoffId: HandoffId,
  words: Words,
): { offers: readonly ReplyAction[] } | null {
  if (refused !== 'cannotTakeIt') return null;
  return { offers: [{ kind: 'form', form: 'reassign', handoffId, label: words.text('card.someoneElse') }] };
}

function doneLine(act: Act, handoff: Handoff, saying: Saying): Line {
  const { names, words } = saying;
  const who = person(handoff.assignment.rep, names);
  switch (act.type) {
    case 'accept':
      return words.line('done.accepted');
    case 'takeIt':
      return words.line('done.yours');
    case 'ping':
      return words.line('done.pinged', { who });
    case 'allow':
      return words.line('done.graceGiven');
    case 'giveTo':
      return words.line('done.withNow', { who });
    case 'undo':
      return words.line('forms.undone');
    case 'show':
      return words.line('done.shown');
    case 'overturn':
      return words.line('done.goesOn', { who });
    case 'submit':
      return doneForm(act.form, handoff, saying);
    default:
      return act satisfies never;
  }
}

function sentBackLine(handoff: Handoff, { names, words }: Saying): Line {
  if (handoff.status !== 'closed') {
    return words.line('done.withNow', { who: person(handoff.assignment.rep, names) });
  }
  const { outcome, sentBack } = handoff;
  if (outcome === 'unresponsive') return words.line('done.unresponsive');
  if (outcome !== 'recycled') return words.line('done.disqualified');
  return sentBack?.revisitAt
    ? words.line('done.nurtureUntil', { until: dateTime(sentBack.revisitAt) })
    : words.line('done.nurture');
}

function doneForm(form: FormName, handoff: Handoff, { names, words }: Saying): Line {
  const who = person(handoff.assignment.rep, names);
  switch (form) {
    case 'logTouch': {
      const next = handoff.status === 'working' ? handoff.tryAgainBy : undefined;
      return next
        ? words.line('forms.touchLoggedNext', { next: dateTime(next) })
        : words.line('forms.touchLogged');
    }
    case 'disqualify':
      return sentBackLine(handoff, { names, words });
    case 'handBack':
      return words.line('done.handedBack', { who });
    case 'snooze':
      return handoff.asked
        ? words.line('done.asked', {
            who: person(handoff.escalatedTo ?? '', names),
            until: dateTime(handoff.asked.until),
          })
        : words.line('done.snoozed', { until: dateTime(handoff.snoozedUntil ?? handoff.respondBy) });
    case 'reassign':
      return words.line('done.withNow', { who });
    case 'giveGrace':
      return words.line('done.graceGiven');
    case 'fillIn':
    case 'update':
      return handoff.heldUp ? heldUpWords(handoff.heldUp, words) : words.line('done.written');
    default:
      return form satisfies never;
  }
}
