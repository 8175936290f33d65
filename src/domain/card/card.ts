import type { Handoff, Logged } from '../handoff/handoff.ts';
import type { Memory } from '../handoff/memory.ts';
import type { Moment } from '../lead/briefing.ts';
import type { Lead, OwnerId } from '../lead/lead.ts';
import type { PersonId, Policy } from '../policy/policy.ts';
import type { Availability } from '../routing/availability.ts';
import type { Line, Names } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { CommandName } from './command-name.ts';
import type { Form } from './form.ts';
import type { RowsSection } from './reply-action.ts';
import type { Tone } from './tone.ts';

/** A message about one handoff to one person, or to a channel, for any chat platform. */
export type Card = {
  /** Who and why, at a glance. */
  title: string;
  tone: Tone;
  /** What is expected of the reader, or how it ended. */
  status: Line;
  /** The first stands above the buttons, which have to be in sight on a phone; the rest below them. */
  sections: readonly Section[];
  actions: readonly CardAction[];
  /** What happened since the first card, oldest first: a thread below the card where a platform has threads. */
  history: readonly { at: Date; text: Line }[];
};

export type Section =
  | { kind: 'facts'; facts: readonly { label: string; value: string }[] }
  | { kind: 'text'; title: string; text: Line }
  | { kind: 'moments'; title: string; moments: readonly Moment[] }
  | { kind: 'table'; columns: readonly TableColumn[]; rows: readonly (readonly string[])[] }
  | RowsSection;

export type TableColumn = { title: string; isNumber?: true };

export type CardAction =
  | { kind: 'command'; command: CommandName; label: string; primary: boolean }
  | { kind: 'form'; form: Form; label: string; primary: boolean }
  | { kind: 'link'; url: string; label: string };

/** Everything a card is made from. */
export type CardView = {
  handoff: Handoff;
  lead: Lead;
  log: readonly Logged[];
  policy: Policy;
  names: Names;
  /** Whose records in HubSpot are whose. */
  owners: ReadonlyMap<OwnerId, PersonId>;
  /** What the bot knows around the lead from before. */
  memory: Memory;
  /** The language of whoever reads it. */
  words: Words;
  /** Who is there, and how much they have on their hands. */
  presence: Availability;
  /** When the holder last had their card in front of them, as far as the platforms tell. */
  seenAt: Date | null;
  now: Date;
};
