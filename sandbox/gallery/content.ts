import type { GalleryCard, GalleryContent } from '../console/gallery-protocol.ts';
import { withIds } from '../slack/interactive.ts';
import { drawnCard } from './cards.ts';
import type { Told } from './history.ts';
import type { LeadName, Office } from './office.ts';
import { type GalleryState, offeredFor, states } from './states.ts';

/** The leads, and what each stands for. */
export const leadTitles: Readonly<Record<LeadName, string>> = {
  normal: 'Normal',
  hostile: 'Hostile',
  huge: 'Huge',
  cjk: 'Japanese',
  arabic: 'Arabic',
  hebrew: 'Hebrew',
  empty: 'Empty',
};

/** Not a lead, but the offers of all triggers. */
const triggers = { key: 'triggers', title: 'Each trigger' };

/** The cards of one lead in every state; of `triggers` the cards of every trigger. */
export function galleryContent(wanted: string, office: Office): GalleryContent {
  const leads = Object.entries(leadTitles).map(([key, title]) => ({ key, title }));
  const name = leads.find(({ key }) => key === wanted)?.key as LeadName | undefined;
  const isTriggers = wanted === triggers.key;
  return {
    leads: [...leads, triggers],
    lead: isTriggers ? triggers.key : (name ?? 'normal'),
    cards: isTriggers ? triggerCards(office) : stateCards(name ?? 'normal', office),
    users: [...office.mentions].map(([person, id]) => ({ id, name: office.names.get(person) ?? person })),
  };
}

function stateCards(lead: LeadName, office: Office): GalleryCard[] {
  return states.map(({ key, title, reader, tell }) =>
    shown(key, title, tell({ office, lead: office.leads[lead] }), reader, office),
  );
}

function triggerCards(office: Office): GalleryCard[] {
  return office.policy.triggers.map(({ name, label }) =>
    shown(name, label, offeredFor(name, office), 'holder', office),
  );
}

/** As the chats keep it. */
function shown(
  key: string,
  title: string,
  told: Told,
  reader: GalleryState['reader'],
  office: Office,
): GalleryCard {
  const { slack, teams, now, zone } = drawnCard(told, reader, office);
  let ids = 0;
  const nextId = () => {
    ids += 1;
    return `${key}-${ids}`;
  };
  return {
    key,
    title,
    now: now.getTime(),
    zone,
    slack: { text: slack.text, blocks: withIds(slack.blocks, nextId) },
    teams: { ...teams },
  };
}
