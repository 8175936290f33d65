import { type Briefing, brief } from '../briefing/briefing.ts';
import { running } from '../handoff/handoff.ts';
import { denial } from '../handoff/rights.ts';
import { meetingStartIn } from '../handoff/touches-in.ts';
import { whoIs } from '../lead/who-is.ts';
import type { PersonId } from '../policy/policy.ts';
import { type Line, person } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import type { Card, CardAction, CardView } from './card.ts';
import {
  buttons,
  foldedAway,
  historyOf,
  notInHubSpot,
  notificationOf,
  openInHubSpot,
  whyHolder,
} from './card-parts.ts';
import {
  askedUntil,
  closedStatus,
  hasMeeting,
  isLate,
  leftAloneUntil,
  movesOn,
  toneOf,
  waitsForDecision,
} from './card-status.ts';
import { dealSection } from './deal-words.ts';
import { shortLines, whatTheyAre } from './lead-lines.ts';
import { nearText, nearTime } from './near-time.ts';
import { whatWasTried, whyItWaits } from './why-it-waits.ts';

/** For whoever decides over the handoff: what is the matter, what comes of it if they do nothing, and what they can do. */
export function managerCard(reader: PersonId, view: CardView): Card {
  const { handoff, now, words } = view;
  const briefing = brief(view);
  const status = statusOf(view);
  const isOpen = handoff.status !== 'closed';
  return {
    language: view.words.language,
    notification: notificationOf(view, status),
    tone: running(handoff) && handoff.unreachable ? 'late' : toneOf(handoff, now),
    status,
    title: whoIs(view.lead),
    body: [...notInHubSpot(view), ...(isOpen ? matter(briefing, view) : [])],
    ...decisions(view, reader),
    more: isOpen
      ? foldedAway(view, [
          { kind: 'text', title: words.text('card.soFar'), text: whyItWaits(view) },
          ...shortLines(briefing, view).folded,
          ...dealSection(view),
          { kind: 'text', title: words.text('card.whyThem'), text: whyHolder(view) },
        ])
      : null,
    foot: null,
    history: historyOf(view),
  };
}

/** What the lead is, why nothing has happened, and what happens by itself. */
function matter(briefing: Briefing, view: CardView): Card['body'] {
  const lines = [whatTheyAre(briefing), whatWasTried(view), byItself(view)];
  return lines.filter((text) => text.length > 0).map((text) => ({ kind: 'line', text }));
}

/** The next in line may be somebody else by then, but where a rung of the ladder says who gets it. */
function byItself(view: CardView): Line {
  const { names, next, words } = view;
  const moves = movesOn(view);
  if (!moves) return [];
  const at = nearTime(moves.at, view);
  return next && moves.to === null
    ? words.line('card.movesOnTo', { at, who: person(next.rep, names) })
    : words.line('card.movesOnByItself', { at });
}

const mostButtons = 3;

/** What is likeliest to be decided stands first, and what has no room beside it behind the menu. */
function decisions(view: CardView, reader: PersonId): Pick<Card, 'actions' | 'menu'> {
  const { handoff, now } = view;
  const [allow, give] = [allowTheTime(view, reader), giveToNext(view, reader)];
  const isFirst = waitsForDecision(handoff, now) && allow.length + give.length === 0;
  const of = (...offers: Parameters<typeof buttons>[2]) => buttons(reader, view, offers);
  const all = [
    ...of({ act: 'fillIn', primary: true }),
    ...allow,
    ...give,
    ...of(
      { act: 'reassign', primary: isFirst, ...(give.length > 0 && { called: 'someoneElse' }) },
      { act: 'takeIt' },
      { act: 'giveGrace' },
      ...(mayOverturn(view) ? [{ act: 'overturn' } as const] : []),
    ),
  ];
  return {
    actions: all.slice(0, mostButtons),
    menu: [
      ...all.slice(mostButtons),
      // A ping takes the same way as the card, which could not reach the rep.
      ...(running(handoff) && !handoff.unreachable ? of({ act: 'ping' }) : []),
      ...of({ act: 'update' }),
      openInHubSpot(view),
    ],
  };
}

/** As long as the time that the holder asked for can be given. */
function allowTheTime(view: CardView, reader: PersonId): CardAction[] {
  const { handoff, policy, now, words } = view;
  const asked = askedUntil(handoff, now);
  if (!asked || denial('giveGrace', reader, handoff, policy)) return [];
  const label = words.text('card.allowUntil', { until: nearText(asked, { ...view, reader }) });
  return [{ kind: 'command', command: 'allow', label, primary: true }];
}

/** Who takes it themselves has a button of their own for that. */
function giveToNext(view: CardView, reader: PersonId): CardAction[] {
  const { handoff, policy, next, names, words, now } = view;
  if (!next || next.rep === reader || !waitsForDecision(handoff, now)) return [];
  if (denial('reassign', reader, handoff, policy)) return [];
  const [who = next.rep] = (names.get(next.rep) ?? next.rep).split(' ');
  const label = words.text('card.giveTo', { who, open: next.open });
  return [{ kind: 'give', to: next.rep, label, primary: askedUntil(handoff, now) === null }];
}

function statusOf(view: CardView): Line {
  const { handoff, names, now, words } = view;
  const who = person(handoff.assignment.rep, names);
  const near = (at: Date) => nearTime(at, view);
  if (handoff.status === 'closed') return closedStatus(handoff, view);
  if (hasMeeting(handoff)) {
    const startsAt = meetingStartIn(view.log);
    return startsAt
      ? words.line('card.hasMeetingAt', { who, at: near(startsAt) })
      : words.line('card.hasMeeting', { who });
  }
  if (handoff.status === 'working') return words.line('card.isOnIt', { who });
  if (handoff.unreachable)
    return words.line('card.decideUnreachable', { who, why: whyLine(handoff.unreachable, words) });
  const due = near(handoff.status === 'offered' ? handoff.respondBy : handoff.touchBy);
  const [asked, snoozed] = [askedUntil(handoff, now), leftAloneUntil(handoff, now)];
  if (asked) return words.line('card.decideAsked', { who, until: near(asked), due });
  if (isLate(handoff)) {
    const key = handoff.status === 'offered' ? 'card.decideUnanswered' : 'card.decideUntouched';
    return words.line(key, { who, due });
  }
  if (snoozed) return words.line('card.isAsleep', { who, until: near(snoozed), due });
  return handoff.status === 'offered'
    ? words.line('card.hasUntil', { who, due })
    : words.line('card.acceptedReachOut', { who, at: near(handoff.acceptedAt), due });
}

/** As long as the policy lets a lead that was sent back go on. */
function mayOverturn({ handoff, policy, now }: CardView): boolean {
  if (handoff.status !== 'closed') return false;
  return now.getTime() <= handoff.closedAt.getTime() + policy.overturnWithinMinutes * 60_000;
}
