import { type Briefing, brief } from '../briefing/briefing.ts';
import { whoIs } from '../lead/who-is.ts';
import type { PersonId } from '../policy/policy.ts';
import { type Line, person } from '../words/line.ts';
import type { Card, CardView } from './card.ts';
import { buttons, foldedAway, notificationOf, openInHubSpot } from './card-parts.ts';
import { whyItIs } from './card-status.ts';
import { leadLines } from './lead-lines.ts';
import { nearTime } from './near-time.ts';

/** For a member of the team that a lead was offered to: everything the rep would see, and one button. */
export function claimCard(reader: PersonId, view: CardView): Card {
  const briefing = brief(view);
  const status = statusOf(briefing, view);
  const { body, folded } = leadLines(briefing, view);
  return {
    language: view.words.language,
    notification: notificationOf(view, status),
    tone: 'open',
    status,
    title: whoIs(view.lead),
    body,
    actions: buttons(reader, view, [{ act: 'takeIt', called: 'claim', primary: true }]),
    menu: [openInHubSpot(view)],
    more: foldedAway(view, folded),
    foot: null,
    // What went wrong between others is for them and their manager.
    history: [],
  };
}

function statusOf(briefing: Briefing, view: CardView): Line {
  const { handoff, names, words } = view;
  const { rep, openTo: fromTheStart = [] } = handoff.assignment;
  const who = person(rep, names);
  const { why, ago } = whyItIs(briefing, view);
  if (fromTheStart.length > 0) {
    return words.line('card.claimBy', { due: nearTime(handoff.respondBy, view), why, ago });
  }
  return words.line(handoff.status === 'offered' ? 'card.claimLate' : 'card.claimUntouched', {
    who,
    why,
    ago,
  });
}
