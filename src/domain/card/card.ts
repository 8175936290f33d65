import type { Handoff, Logged } from '../handoff/handoff.ts';
import type { Memory } from '../handoff/memory.ts';
import type { NextInLine } from '../handoff/next-in-line.ts';
import type { Lead, OwnerId } from '../lead/lead.ts';
import type { PersonId, Policy } from '../policy/policy.ts';
import type { Availability } from '../routing/availability.ts';
import type { Line, Names } from '../words/line.ts';
import type { Language, Words } from '../words/words.ts';
import type { CommandName } from './command-name.ts';
import type { Form } from './form.ts';
import type { RowsSection } from './reply-action.ts';
import type { Tone } from './tone.ts';

/** A message about one handoff to one person, or to a channel, for any chat platform: read on a phone, between two calls. */
export type Card = {
  /** Of its reader. */
  language: Language;
  /** What a locked phone shows; it decides alone whether somebody looks: what, who, how large, by when. */
  notification: Line;
  /** The same with how long instead of until when, for readers of whom nobody knows the zone; absent: it says no time. */
  timelessNotification?: Line;
  /** How it stands, as a sign; it is only ever a second one, the status says the same in words. */
  tone: Tone;
  /** What is expected of the reader, by when and why, or how it ended: the first line. */
  status: Line;
  /** Who it is. */
  title: string;
  /** What has to be known before something is pressed: a line each, nine at most with the two above. */
  body: readonly Paragraph[];
  /** What the reader does next, three at most: they stand side by side on a phone. */
  actions: readonly CardAction[];
  /** What they do now and then, behind one button. */
  menu: readonly CardAction[];
  /** Everything else, folded; the label says what is in it. */
  more: { label: string; sections: readonly Section[] } | null;
  /** Why it is theirs, in one small line. */
  foot: Line | null;
  /** What happened since the first card, oldest first: much of it is in the thread below the card as well, where a platform has threads. */
  history: readonly { at: Date; text: Line }[];
};

/** A line of a card's body; a quote is in the lead's own words, and links call, write or open something with one press. */
export type Paragraph =
  | { kind: 'line' | 'quote'; text: Line }
  /** `after`: what is to be known before one of them is pressed, such as what time it is there. */
  | { kind: 'links'; links: readonly { text: string; url: string }[]; after: string | null };

export type Section =
  | { kind: 'facts'; title?: string; facts: readonly { label: string; value: string }[] }
  | { kind: 'text'; title: string; text: Line }
  /** A text to be copied as it is. */
  | { kind: 'copy'; title: string; text: string }
  | { kind: 'moments'; title: string; moments: readonly Moment[] }
  | ({ kind: 'table' } & TableOf)
  | Chart
  | RowsSection;

type TableOf = { columns: readonly TableColumn[]; rows: readonly (readonly string[])[] };

/**
 * Numbers that are compared, a group of bars for each label. `table` says the same where a chat draws none: a client may be
 * older than charts, and Slack may refuse them.
 */
export type Chart = {
  kind: 'chart';
  title: string;
  /** What is counted. */
  unit: string;
  labels: readonly string[];
  /** With a value for each label. */
  series: readonly { name: string; values: readonly number[] }[];
  table: TableOf;
};

/** Something that happened. */
export type Moment = { at: Date; text: string };

export type TableColumn = { title: string; isNumber?: true };

export type CardAction =
  | { kind: 'command'; command: CommandName; label: string; primary: boolean }
  | { kind: 'form'; form: Form; label: string; primary: boolean }
  /** Gives the lead to this person. */
  | { kind: 'give'; to: PersonId; label: string; primary: boolean }
  /** Says what typing these words after `/handoff` would say, to whoever presses it alone; the card stays as it is. */
  | { kind: 'say'; words: string; label: string }
  | { kind: 'link'; url: string; label: string };

/** Whether it is what its reader is expected to do. */
export function isPrimary(action: CardAction): boolean {
  return 'primary' in action && action.primary;
}

/** Everything a card is made from. */
export type CardView = {
  /** Whose card it is; null: it stands in a channel. */
  reader: PersonId | null;
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
  /** Who would get it now; null: nobody is free. Absent where nobody has to decide. */
  next?: NextInLine | null;
  /** The holder's page for booking a meeting with them; absent: they have none. */
  meetingLink?: string;
  now: Date;
};
