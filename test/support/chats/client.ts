import type { FormName } from '../../../src/domain/card/form.ts';
import type { Platform } from '../../../src/domain/policy/policy.ts';

/** Every journey is made in each of them; `channel` is an id as they are in this chat. */
export const chats = [
  { platform: 'slack', name: 'Slack', channel: 'C0HANDOFFS1' },
  { platform: 'teams', name: 'Teams', channel: '19:handoffs@thread.tacv2' },
] as const satisfies readonly { platform: Platform; name: string; channel: string }[];

/** The ways in which the bot hears of what people do. */
export const waysIn = [
  ...chats.map((chat) => ({ ...chat, socketMode: false })),
  { ...chats[0], name: 'Slack over a socket', socketMode: true },
];

/** What is the same for people in every chat: what they see of the bot, and what they can do there. */
export type ChatClient = {
  readonly platform: Platform;
  /** Gives somebody an account. */
  addPerson(person: { email: string; name: string }): void;
  /** Somebody uses the chat in a language, as "de-DE"; everybody does in "en-US" unless told otherwise. */
  speaks(person: string, locale: string): void;
  /** Does what somebody has to do before the bot can write to them; the bot has to be running. */
  arrive(person: string): Promise<void>;
  /** The cards in somebody's conversation with the bot, the newest last. */
  cards(person: string): SeenCard[];
  /** The newest card; a mistake when there is none. */
  card(person: string): SeenCard;
  /** Messages about more than one lead, or none, in somebody's conversation with the bot, the newest last. */
  bulletins(person: string): SeenBulletin[];
  /** All that stands in somebody's conversation with the bot, in words, the newest last. */
  conversation(person: string): string[];
  /** Makes a channel in which the bot may write. */
  addChannel(id: string): void;
  /** The cards in a channel, the newest last. */
  channel(id: string): SeenCard[];
  /** All that the bot said in a channel, in words, the newest last. */
  posts(id: string): string[];
  /** What happened to the lead of the newest card, as the person can read it there, oldest first. */
  told(person: string): string[];
  /** What of it reached the person by itself, so that they notice, each line once, oldest first. */
  notified(person: string): string[];
  /** Presses a button of the newest card, or of one as it looked before; a mistake when it is not there. */
  press(person: string, button: Command, on?: { card: SeenCard }): Promise<Pressed>;
  /** Presses the button with this label on the newest card, or chooses it from its menu; a mistake when it is not there. */
  chooseOnCard(person: string, label: string, on?: { card: SeenCard }): Promise<Pressed>;
  /** Presses the button beside an item of the newest bulletin; a mistake when it is not there. */
  show(person: string, item: string): Promise<Pressed>;
  /** Presses a button of a card that somebody else has: no honest client does, but anybody can send the request. */
  pressForeign(person: string, button: Command, card: SeenCard): Promise<Pressed>;
  /**
   * Opens a form of a card, or goes on with the one that is open, fills it in and sends it. Where a form changes with an
   * answer, that is given first.
   */
  fill(
    person: string,
    form: FormName,
    values: Readonly<Record<string, string>>,
    on?: { card: SeenCard },
  ): Promise<Filled>;
  /** By field, whether a form needs an answer: the one that is open as it stands, or one that is opened. */
  asks(person: string, form: FormName): Promise<Readonly<Record<string, boolean>>>;
  /** Types into a field of the form that is open. @returns what it offers, in words */
  search(person: string, form: FormName, field: string, text: string): Promise<readonly string[]>;
  /** Whether a form is in front of them, of whatever card. */
  hasOpen(person: string, form: FormName): boolean;
  /** What a form of the newest card lets somebody choose from, in words; they do not send it. */
  choices(person: string, form: FormName): Promise<readonly string[]>;
  /** The words in which the bot told somebody why nothing came of what they did, oldest first. */
  refusals(person: string): string[];
  /** What the bot answers to words such as "stats team". */
  ask(person: string, words: string): Promise<string>;
  /** Writes a message to the bot, also where there is a command as well. */
  write(person: string, words: string): Promise<void>;
  /** All answers that somebody has in front of them by now, in words, the newest last. */
  answers(person: string): string[];
  /** Presses the button with this label on the newest answer or bulletin that has one; a mistake when there is none. */
  choose(person: string, label: string): Promise<Pressed>;
  /** Where the button with this label on the newest answer leads that has one; a mistake when there is none. */
  link(person: string, label: string): string;
  /** Asks for all that waits for them: by a page of its own where the chat has one. */
  openHome(person: string): Promise<void>;
  /** What stands there by now, in words. */
  home(person: string): string;
  /** Presses the first button with this label there; a mistake when there is none. */
  chooseAtHome(person: string, label: string): Promise<Pressed>;
  /** Opens the conversation with the bot, as by unlocking the phone. */
  look(person: string): Promise<void>;
  /** Makes the next post or update of a message go wrong. */
  fail(next: 'post' | 'update', how: Mishap): void;
  /** Whether the bot waits for an answer that will not come. */
  isHanging(): boolean;
};

/** A card as somebody sees it. */
export type SeenCard = {
  readonly id: string;
  /** Every word on it, with names in place of mentions and UTC instants in place of local times. */
  readonly text: string;
  /** Those that do something, and the record's. */
  readonly buttons: readonly (Command | FormName | 'open')[];
  /** The chat's own form of it. */
  readonly face: unknown;
};

/** A bulletin as somebody sees it. */
export type SeenBulletin = {
  readonly id: string;
  /** Every word on it, as on a card. */
  readonly text: string;
  /** The titles of what it lists, each with a button beside it. */
  readonly items: readonly string[];
};

/** Buttons that do something at once. */
export type Command = 'accept' | 'takeIt' | 'allow' | 'giveTo' | 'ping' | 'overturn' | 'undo';

/** `answered`: the bot's answer came in time and was one that the chat can use. */
export type Pressed = { answered: boolean };

/** `errors`: what stands beside the fields, by field. */
export type Filled = { ok: boolean; errors: Readonly<Record<string, string>> };

export type Mishap = 'down' | 'hang' | 'dropAfterEffect' | 'hangAfterEffect';

/** The clock of everybody in the tests. */
const clock = new Intl.DateTimeFormat('en', {
  timeZone: 'America/New_York',
  hour: 'numeric',
  minute: '2-digit',
});

/** A time of today as people read it: "9:18 AM". */
export function clockTime(at: Date): string {
  return clock.format(at).replaceAll('\u202f', ' ');
}

/** An instant as it stands in a card's text. */
export function instant(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Text as it is read: the breaks and gaps of its layout count for nothing. */
export function flowing(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The newest of somebody's cards. */
export function newest(cards: readonly SeenCard[], person: string): SeenCard {
  const card = cards.at(-1);
  if (!card) throw new Error(`${person} has no card`);
  return card;
}
