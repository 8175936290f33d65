import { type Content, slackCard } from '../../src/adapters/slack/card.ts';
import type { AdaptiveCard } from '../../src/adapters/teams/adaptive-card.ts';
import { teamsCard, teamsChannelCard } from '../../src/adapters/teams/card.ts';
import type { Card } from '../../src/domain/card/card.ts';
import { cardFor } from '../../src/domain/card/card-for.ts';
import { channelCard } from '../../src/domain/card/channel-card.ts';
import { openTo } from '../../src/domain/handoff/handoff.ts';
import { nextInLine } from '../../src/domain/handoff/next-in-line.ts';
import type { PersonId } from '../../src/domain/policy/policy.ts';
import { wordsIn } from '../../src/domain/words/words.ts';
import { managerIn } from './deeds.ts';
import type { Told } from './history.ts';
import type { Office } from './office.ts';
import type { GalleryState } from './states.ts';

/** A card in both chats. */
export type DrawnCard = { now: Date; zone: string; slack: Content; teams: AdaptiveCard };

/** The card of a story for whoever reads it. */
export function drawnCard(told: Told, reader: GalleryState['reader'], office: Office): DrawnCard {
  const person = readerIn(told, reader, office);
  const card = cardOf(told, person, office);
  const { id: handoffId, version: revision } = told.handoff;
  const mark = { handoffId, revision };
  const zone = office.zoneOf(person ?? managerIn(told, office));
  return {
    now: told.now,
    zone,
    slack: slackCard(card, mark, person === null ? new Map() : office.mentions),
    teams: person === null ? teamsChannelCard(card, mark) : teamsCard(card, mark, { zone }),
  };
}

/** What the domain says. @param reader null: a channel */
function cardOf({ handoff, lead, log, memory, now }: Told, reader: PersonId | null, office: Office): Card {
  const { policy, names, standing } = office;
  const offeredAt = log[0]?.at ?? now;
  const around = { lead, passing: { trigger: handoff.trigger, workflows: [] }, standing };
  const view = {
    handoff,
    lead,
    log,
    policy,
    names,
    owners: standing.peopleByOwner,
    memory,
    words: wordsIn('en'),
    presence: standing,
    next: nextInLine(handoff, around, policy, now),
    seenAt: new Date(Math.min(offeredAt.getTime() + 4 * 60_000, now.getTime())),
    now,
  };
  return reader === null ? channelCard({ ...view, reader }, { hearsChannels: true }) : cardFor(reader, view);
}

function readerIn(told: Told, reader: GalleryState['reader'], office: Office): PersonId | null {
  const { handoff, log } = told;
  const [first] = log.flatMap(({ event }) => (event.type === 'offered' ? [event.assignment.rep] : []));
  const teammate = openTo(handoff)[0];
  switch (reader) {
    case 'channel':
      return null;
    case 'holder':
      return handoff.assignment.rep;
    case 'manager':
      return managerIn(told, office);
    case 'former':
      if (first === undefined) throw new Error('The story begins without an offer');
      return first;
    case 'teammate':
      if (teammate === undefined) throw new Error('Nobody else may claim the lead');
      return teammate;
    default:
      return reader satisfies never;
  }
}
