import type { GalleryCard, GalleryContent } from '../console/gallery-protocol.ts';
import { withIds } from '../slack/interactive.ts';
import { type DrawnAnswer, drawnAnswers } from './answers.ts';
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

/** Not cards, but what somebody is answered. */
const answers = { key: 'answers', title: 'Answers' };

/** The cards of one lead in every state; of `triggers` the cards of every trigger, and of `answers` none. */
export async function galleryContent(wanted: string, office: Office): Promise<GalleryContent> {
  const leads = [
    ...Object.entries(leadTitles).map(([key, title]) => ({ key, title })),
    ...[triggers, answers],
  ];
  const lead = leads.find(({ key }) => key === wanted)?.key ?? 'normal';
  return {
    leads,
    lead,
    cards: await cardsOf(lead, office),
    users: [...office.mentions].map(([person, id]) => ({ id, name: office.names.get(person) ?? person })),
  };
}

async function cardsOf(lead: string, office: Office): Promise<GalleryCard[]> {
  if (lead === triggers.key) return triggerCards(office);
  if (lead !== answers.key) return stateCards(lead as LeadName, office);
  return (await drawnAnswers(office)).map(kept);
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

function shown(
  key: string,
  title: string,
  told: Told,
  reader: GalleryState['reader'],
  office: Office,
): GalleryCard {
  return kept({ key, title, ...drawnCard(told, reader, office) });
}

/** As the chats keep it. */
function kept({ key, title, slack, teams, now, zone }: DrawnAnswer): GalleryCard {
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
