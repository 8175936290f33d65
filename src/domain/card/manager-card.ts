import { type Briefing, brief } from '../briefing/briefing.ts';
import { running } from '../handoff/handoff.ts';
import { whoIs } from '../lead/who-is.ts';
import type { PersonId } from '../policy/policy.ts';
import { type Line, person } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import type { Card, CardView } from './card.ts';
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
  movesOnAt,
  toneOf,
} from './card-status.ts';
import { dealSection } from './deal-words.ts';
import { shortLines, whatTheyAre } from './lead-lines.ts';
import { nearTime } from './near-time.ts';
import { whatWasTried, whyItWaits } from './why-it-waits.ts';

/** For whoever decides over the handoff: what is the matter, what comes of it if they do nothing, and what they can do. */
export function managerCard(reader: PersonId, view: CardView): Card {
  const { handoff, now, words } = view;
  const briefing = brief(view);
  const status = statusOf(view);
  const isOpen = handoff.status !== 'closed';
  return {
    notification: notificationOf(view, status),
    tone: running(handoff) && handoff.unreachable ? 'late' : toneOf(handoff, now),
    status,
    title: whoIs(view.lead),
    body: [...notInHubSpot(view), ...(isOpen ? matter(briefing, view) : [])],
    ...decisions(reader, view),
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
  const { words } = view;
  const at = movesOnAt(view);
  const tried = whatWasTried(view);
  return [
    { kind: 'line', text: whatTheyAre(briefing) },
    ...(tried.length > 0 ? [{ kind: 'line', text: tried } as const] : []),
    ...(at
      ? [{ kind: 'line', text: words.line('card.movesOnByItself', { at: nearTime(at, view) }) } as const]
      : []),
  ];
}

function decisions(reader: PersonId, view: CardView): Pick<Card, 'actions' | 'menu'> {
  const { handoff, now } = view;
  const waits = running(handoff) !== null;
  const asked = askedUntil(handoff, now) !== null;
  const grace = { act: 'giveGrace', primary: asked } as const;
  const reassign = { act: 'reassign', primary: waits && !asked } as const;
  const take = { act: 'takeIt' } as const;
  return {
    actions: buttons(reader, view, [
      { act: 'fillIn', primary: true },
      ...(asked ? [grace, reassign, take] : [reassign, take, grace]),
      ...(mayOverturn(view) ? [{ act: 'overturn' } as const] : []),
    ]),
    menu: [
      ...buttons(reader, view, [
        // A ping takes the same way as the card, which could not reach the rep.
        ...(waits && !handoff.unreachable ? [{ act: 'ping' } as const] : []),
        { act: 'update' },
      ]),
      openInHubSpot(view),
    ],
  };
}

function statusOf(view: CardView): Line {
  const { handoff, names, now, words } = view;
  const who = person(handoff.assignment.rep, names);
  const near = (at: Date) => nearTime(at, view);
  if (handoff.status === 'closed') return closedStatus(handoff, view);
  if (hasMeeting(handoff)) return words.line('card.hasMeeting', { who });
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
