import type { BlockState, CardState } from './protocol.ts';

/** What the gallery shows: each state as a card in both chats. */
export type GalleryContent = {
  leads: readonly { key: string; title: string }[];
  /** Whose cards these are. */
  lead: string;
  cards: readonly GalleryCard[];
  /** Who is mentioned in Slack. */
  users: readonly { id: string; name: string }[];
};

export type GalleryCard = {
  key: string;
  title: string;
  /** When it is looked at, in the reader's zone. */
  now: number;
  zone: string;
  slack: { text: string; blocks: readonly BlockState[] };
  teams: CardState;
};
