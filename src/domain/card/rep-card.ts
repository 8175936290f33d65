import { type Briefing, brief } from '../briefing/briefing.ts';
import { whoIs } from '../lead/who-is.ts';
import { decidesOver } from '../policy/who-decides.ts';
import type { Line } from '../words/line.ts';
import { onceMore } from './again.ts';
import { bookMeeting } from './book-meeting.ts';
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
import { holderStatus, isLate, toneOf } from './card-status.ts';
import { dealLine, dealSection } from './deal-words.ts';
import { introSection } from './intro-words.ts';
import { leadLines, shortLines } from './lead-lines.ts';
import { nearTime } from './near-time.ts';
import { noteForHolder } from './note-for-holder.ts';
import { holderWithin, timelessNotification } from './timeless.ts';

/** For whoever holds the handoff: what is expected of them, who the lead is and how to reach them, and what they can do. */
export function repCard(view: CardView): Card {
  const briefing = brief(view);
  const status = holderStatus(view, briefing);
  return {
    language: view.words.language,
    notification: notificationOf(view, status),
    ...timelessNotification(view, holderWithin),
    tone: toneOf(view.handoff, view.now),
    status,
    title: whoIs(view.lead),
    ...aboutLead(briefing, view),
    ...answers(view),
    foot: footOf(view),
    history: historyOf(view),
  };
}

/** All that a call needs until the lead was touched; whoever has let it pass, is at it or is done needs little. */
function aboutLead(briefing: Briefing, view: CardView): Pick<Card, 'body' | 'more'> {
  const { handoff } = view;
  const held = notInHubSpot(view);
  if (handoff.status === 'closed') {
    return { body: [...held, ...dealLine(view), ...stillPaused(view)], more: null };
  }
  const isShort = handoff.status === 'working' || (handoff.status === 'offered' && isLate(handoff));
  const { body, folded } = isShort ? shortLines(briefing, view) : leadLines(briefing, view);
  const more = foldedAway(view, [
    ...folded,
    ...dealSection(view),
    ...introSection(view),
    ...(isNew(view)
      ? []
      : [{ kind: 'text', title: view.words.text('card.whyYou'), text: whyHolder(view) } as const]),
  ]);
  return { body: [...held, ...noteForHolder(view), ...onceMore(view), ...body], more };
}

/** Why it is theirs matters until they have answered, or have let it pass. */
function isNew({ handoff }: CardView): boolean {
  return handoff.status === 'offered' && !isLate(handoff);
}

/** A reason to send a lead back may keep nurture paused; with a deal nobody asks. */
function stillPaused(view: CardView): Card['body'] {
  const { pause, ...handoff } = view.handoff;
  if (!pause || (handoff.status === 'closed' && handoff.outcome === 'converted')) return [];
  const until = nearTime(pause.until, view);
  return [{ kind: 'line', text: view.words.line('briefing.nurturePausedUntil', { until }) }];
}

function footOf(view: CardView): Line | null {
  const { handoff, words } = view;
  if (isNew(view)) return words.line('card.yoursBecause', { why: whyHolder(view) });
  return handoff.status === 'accepted' ? words.line('card.countsByItself') : null;
}

/** What they may want to know or to have before they call. */
function asking({ handoff, lead, words }: CardView): CardAction[] {
  if (handoff.status === 'closed') return [];
  return [
    { kind: 'say', words: `why ${lead.id}`, label: words.text('card.whyMe') },
    { kind: 'say', words: `opener ${lead.id}`, label: words.text('card.copyOpener') },
  ];
}

/** What is done every day stands on the card, what is done now and then behind the menu. */
function answers(view: CardView): Pick<Card, 'actions' | 'menu'> {
  const { handoff, policy } = view;
  const { assignment } = handoff;
  return {
    actions: buttons(assignment.rep, view, [
      { act: 'fillIn', primary: true },
      { act: 'accept', primary: true },
      { act: 'logTouch', primary: handoff.status !== 'offered' },
      { act: 'disqualify' },
    ]),
    menu: [
      ...buttons(assignment.rep, view, [
        { act: 'snooze' },
        // Who decides over a lead that they hold chooses who gets it; everybody else leaves that to the routing.
        { act: decidesOver(policy, assignment, assignment.rep) ? 'reassign' : 'handBack' },
        { act: 'update' },
      ]),
      ...bookMeeting(view),
      ...asking(view),
      openInHubSpot(view),
    ],
  };
}
