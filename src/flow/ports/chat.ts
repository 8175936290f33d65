import type { Bulletin } from '../../domain/card/bulletin.ts';
import type { Card, Section } from '../../domain/card/card.ts';
import type { Answers, Form, FormName, Option } from '../../domain/card/form.ts';
import type { ReplyAction } from '../../domain/card/reply-action.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { PersonId, Platform } from '../../domain/policy/policy.ts';
import type { Line } from '../../domain/words/line.ts';
import type { Reason } from '../../domain/words/reason.ts';

/**
 * Tells a message of ours apart, so that an attempt with an unknown end can be found again. `attempt`: which one it was,
 * where nobody can look for the message.
 */
export type CardMark = { handoffId: HandoffId; revision: number; attempt?: number };

/** A card that an earlier attempt brought somewhere, and the version of the handoff that it shows. */
export type FoundCard = { messageId: string; revision: number };

export type LineMark = { handoffId: HandoffId; seq: number };

export type BulletinMark = { bulletinId: string };

/** Where a message lies. */
export type MessageRef = { conversationId: string; messageId: string };

/** A person's account in a chat platform, and the direct conversation in which the bot writes to them. */
/** `locale`: the language in which somebody uses the chat, as "de-DE"; null or absent: it does not tell. */
export type ChatAccount = {
  userId: string;
  conversationId: string;
  zone: string | null;
  locale?: string | null;
};

/**
 * What became of a message that was to be changed. `gone`: somebody has deleted it, or a retention rule has. `frozen`: it
 * is there and can be changed no more.
 */
export type Update = 'changed' | 'gone' | 'frozen';

/** One chat platform. Sends are tried once: TemporaryFailure tells whether the message may be there all the same. */
export type Chat = {
  platform: Platform;
  /** What is said of somebody who cannot be written to here, after their name: "has no account in Slack". */
  absence: Reason;
  /**
   * Whether anybody can look at what the bot has said to a person. Where nobody can, what is sent is noted before: the
   * methods that look find nothing.
   */
  canLookBack: boolean;
  /** Whether the bot hears of buttons that are pressed in a channel, and can answer whoever did alone. */
  hearsChannels: boolean;
  /** The account behind an email, or in Slack a member's id; null when there is none that can be written to. */
  findAccount(address: string): Promise<ChatAccount | null>;
  /** Until when somebody wants no notifications; null: they want them now. Left out where the platform does not tell. */
  quietUntil?(userId: string, now: Date): Promise<Date | null>;
  /** The language in which an account uses the chat, as "de-DE"; null: the platform does not tell. */
  localeOf(userId: string): Promise<string | null>;
  /** The emails of an account, as far as the platform tells. */
  emailsOf(userId: string): Promise<readonly string[]>;
  postCard(conversationId: string, card: Card, mark: CardMark, people: Mentions): Promise<string>;
  updateCard(message: MessageRef, card: Card, mark: CardMark, people: Mentions): Promise<Update>;
  /**
   * Says what happened after a card came. `notify` makes it reach the person; where messages have no threads, anything
   * else stands in the card's history alone. `loud` puts it into the conversation itself, where it cannot be overlooked.
   * `about` is the card's title, `show` what the button is called that brings it. @returns the message's id; null when the card alone says it
   */
  tell(
    message: MessageRef,
    line: Line,
    mark: LineMark,
    options: { notify: boolean; loud: boolean; about: string; show: string },
    people: Mentions,
  ): Promise<string | null>;
  /** The card with this handoff's mark that an earlier attempt brought there; null also where nobody can look. */
  findCard(conversationId: string, handoffId: HandoffId): Promise<FoundCard | null>;
  /** The lines of the log that earlier attempts told; none also where nobody can look. */
  toldLines(message: MessageRef, handoffId: HandoffId): Promise<{ seq: number; messageId: string }[]>;
  /** Writes to somebody about more than one handoff, or none. @returns the message's id */
  postBulletin(
    conversationId: string,
    bulletin: Bulletin,
    mark: BulletinMark,
    people: Mentions,
  ): Promise<string>;
  /** Puts a bulletin as it should be by now in the place of what it was. */
  updateBulletin(
    message: MessageRef,
    bulletin: Bulletin,
    mark: BulletinMark,
    people: Mentions,
  ): Promise<Update>;
  /** The bulletin with this mark that an earlier attempt brought there; null also where nobody can look. */
  findBulletin(conversationId: string, mark: BulletinMark): Promise<string | null>;
  /**
   * Puts words in the place of a message of ours, and nothing else. One that cannot be edited goes altogether; one that is
   * no longer there is no failure.
   */
  replace(message: MessageRef, words: Line): Promise<void>;
  /** Takes a message of ours back; one that is no longer there is no failure. */
  remove(message: MessageRef): Promise<void>;
  /** Null: this platform keeps no page for anybody. */
  home: HomeTab | null;
};

/** The page that a platform keeps for each person beside the conversation with the bot. */
export type HomeTab = {
  /**
   * Puts a page in the place of the one that is there.
   * @param hash the platform's word for the state that it takes the place of; null: whatever is there
   * @returns the word for what it is from now on; `overtaken`: something else is there by now, and stays
   */
  publish(
    userId: string,
    page: Reply,
    people: Mentions,
    hash: string | null,
  ): Promise<{ hash: string | null } | 'overtaken'>;
};

/**
 * Shows somebody their page, as they open it or have done something on it.
 * @param who `hash`: the platform's word for what is there; `notice`: why nothing came of what they did
 */
export type OpenHome = (who: {
  platform: Platform;
  userId: string;
  hash?: string | null;
  notice?: Line;
}) => Promise<void>;

/** The platform's user ids of people, for mentions. */
export type Mentions = ReadonlyMap<PersonId, string>;

/**
 * What a person does on a card or in a form; the values are as they came, by field, still to be decided on. `asked`: the
 * fields that the form had; left out when nobody knows, as of forms from before.
 */
export type Act =
  | { type: 'accept' }
  | { type: 'takeIt' }
  | { type: 'giveTo'; to: PersonId }
  /** The time that was asked for. */
  | { type: 'allow' }
  | { type: 'ping' }
  | { type: 'show' }
  | { type: 'overturn' }
  | { type: 'undo' }
  | { type: 'submit'; form: FormName; values: Answers; asked?: readonly string[] };

/** Who acts, where, on what. `commandId` is the platform's id of the click: the same id has one effect. */
export type Click = { platform: Platform; userId: string; commandId: string; handoffId: HandoffId };

/**
 * What the person is told. A refusal of a form names the field to mend, when it is one field's fault. `offers`: what they
 * can do instead; where the card itself is shown again, it has the same buttons.
 */
export type Answer =
  | { done: true; text: Line }
  | { done: false; text: Line; field: string | null; offers?: readonly ReplyAction[] };

/** Carries out what a person did on a card. */
export type Respond = (click: Click, act: Act, askBack?: AskBack) => Promise<Answer>;

/** How a form can be put in front of whoever acts, for so long; it throws when that comes too late. */
export type AskBack = { forMs: number; show: (form: ShownForm) => Promise<void> };

/**
 * The form behind a button, or why this person cannot have it now.
 * @param answers those given so far, when it is open already
 */
export type PrepareForm = (
  click: Omit<Click, 'commandId'>,
  form: FormName,
  answers?: Answers,
) => Promise<PreparedForm>;

/**
 * `whose`: the lead that it is about, in a line; `about`: the title of the lead's card; `revision`: the handoff's version.
 */
export type PreparedForm = ShownForm | { refused: Line };

export type ShownForm = { form: Form; whose: string; about: string; revision: number; leadId: LeadId };

/** What somebody types into a field of a form to find an answer. */
export type Sought = { form: FormName; field: string; text: string; answers: Answers };

/** The answers that fit what somebody types, the likeliest first; none to whoever may not have the form. */
export type Search = (who: Omit<Click, 'commandId'>, sought: Sought) => Promise<readonly Option[]>;

/**
 * The card as it stands now, for somebody who acts on a message of it or looks at it again. What the message itself says
 * is known of it, which attempt it was; null for one of before. Which message it is, the platform may fail to tell.
 */
export type RefreshCard = (
  look: Omit<Click, 'commandId'> & { messageId: string | null; attempt: number | null },
) => Promise<Look>;

export type Look =
  | { card: Card; mark: CardMark; people: Mentions }
  /**
   * Their card is another message: this one was sent by an attempt whose end nobody saw. `isNobodys`: the platform tells an
   * id that no card and nothing else of ours has, so that the message can be taken back.
   */
  | { stray: true; isNobodys: boolean; instead: Line }
  | { refused: Line };

/** Remembers that somebody has had a card in front of them; without a handoff, whatever lay in the conversation. */
export type NoteSeen = (who: {
  platform: Platform;
  userId: string;
  handoffId: HandoffId | null;
}) => Promise<void>;

/** Greets somebody who added the app where people have to, and brings them the cards that could not reach them. */
export type Welcome = (who: { platform: Platform; userId: string }) => Promise<Reply>;

/** Remembers that somebody removed the app. */
export type Farewell = (who: { platform: Platform; userId: string }) => Promise<void>;

/** An answer to words typed in chat. */
export type Reply = {
  /** Blank where a notice says it all. */
  title: string;
  /** What came of a press, above everything else. */
  notice?: Line;
  sections: readonly Section[];
  /** Buttons below everything; one of them is primary at most. */
  actions?: readonly ReplyAction[];
  /** The leads of which it tells. */
  about?: readonly LeadId[];
  /** It is asked for anew when it comes into sight again, where a chat can do that. */
  renews?: true;
};

/** Remembers a message about leads that is no card, so that it can be taken back should one of them be erased. */
export type NoteSaid = (said: Said) => Promise<void>;

export type Said = MessageRef & { platform: Platform; leadIds: readonly LeadId[] };

/** Answers `/handoff …` in Slack and the same words as a message in Teams. */
export type AnswerCommand = (ask: { platform: Platform; userId: string; text: string }) => Promise<Reply>;

/**
 * A button of an answer, or of a bulletin: words as if they had been typed, or a card's command. `again`: the words that
 * brought the answer on which the command stands; null when it stands on a bulletin.
 */
export type ReplyPress = { platform: Platform; userId: string } & (
  | { say: string }
  | { command: Command; handoffId: HandoffId; commandId: string; again: string | null }
);

/** Carries out what a button of an answer says. */
export type AnswerPress = (press: ReplyPress) => Promise<Reply>;

/** What is done by one press, without a form, whoever it is about. */
export type Command = Exclude<Act['type'], 'submit' | 'giveTo'>;

/** The app as one person added it in Teams: the only way to write to them. Refreshed by everything they send. */
export type Install = {
  /** Microsoft Entra object id. */
  userId: string;
  /** Teams' own id of the person, `29:…`. */
  memberId: string;
  conversationId: string;
  /** The server through which this conversation is reached. */
  serviceUrl: string;
  /** The IANA zone of the client with which the person last did something; null until one has told it. */
  zone: string | null;
  /** The language of that client, as "de-DE"; null until one has told it. */
  locale?: string | null;
  /** Lower-case; empty until Teams has told them. */
  emails: readonly string[];
  /** When they were told; null until then. People change their addresses, and a company gives old ones to others. */
  emailsAt: Date | null;
};

/** Who has added the app in Teams. */
export type Installs = {
  /**
   * Saves where somebody is reached, and emails as told now; empty `emails` and no zone
   * leave those that are known. @returns whether
   * nobody had saved them before, which is so for one of several who do it at the same time
   */
  save(install: Omit<Install, 'emailsAt'>, now: Date): Promise<boolean>;
  byUser(userId: string): Promise<Install | null>;
  byConversation(conversationId: string): Promise<Install | null>;
  /** Of several, the one of whom it was told last. */
  byEmail(email: string): Promise<Install | null>;
  /** At most so many of those whose emails nobody has told, or not since then; who was asked of longest ago comes first. */
  toAskAgain(before: Date, atMost: number): Promise<Install[]>;
  /** Notes that somebody's emails are asked for, whatever comes of it: the others come first from then on. */
  noteAsked(userId: string, now: Date): Promise<void>;
  remove(userId: string): Promise<void>;
};
