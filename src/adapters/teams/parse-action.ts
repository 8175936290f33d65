import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Answers, type FormName, formNames } from '../../domain/card/form.ts';
import type { Act, Click, Command, ReplyPress, Sought } from '../../flow/ports/chat.ts';
import type { Pressing } from './adaptive-card.ts';
import { verbs } from './button.ts';
import { readDataset } from './dataset.ts';
import { answersIn } from './input-id.ts';
import { type Zone, zoneOf } from './local-time.ts';
import { wordsMaxLength } from './reply-buttons.ts';
import { typedWords } from './typed.ts';

/** Where a person is reached in Teams: what an install holds, without the emails. */
export type Place = {
  userId: string;
  memberId: string;
  conversationId: string;
  serviceUrl: string;
  zone: Zone;
  /** The language of their client; null: it tells none. */
  locale: string | null;
};

/** What came from Teams. */
export type Incoming =
  /** A pressed button. A client that cannot invoke submits, and takes no card back. */
  | ({ kind: 'action'; via: Via; click: Click; act: Act; form: OnForm | null; isOnCard: boolean } & On)
  /** A pressed button outside of a card. */
  | { kind: 'reply'; via: Via; place: Place; messageId: string | null; on: Pressing; press: ReplyPress }
  /** Somebody wants to fill in a form; the button stands on an answer. `again`: the words that bring that anew. */
  | {
      kind: 'openFromReply';
      via: Via;
      place: Place;
      messageId: string | null;
      on: Pressing;
      who: Omit<Click, 'commandId'>;
      form: FormName;
      again: string | null;
    }
  /** Somebody wants to fill in a form. */
  | ({ kind: 'open'; via: Via; who: Omit<Click, 'commandId'>; form: FormName } & On)
  /** Somebody gave up a form. */
  | { kind: 'cancel'; place: Place; who: Omit<Click, 'commandId'>; form: OnForm }
  /** An answer came into sight; `asked`: the words that bring it anew. */
  | { kind: 'renew'; place: Place; messageId: string | null; on: Pressing; userId: string; asked: string }
  /** The card came into sight. */
  | ({ kind: 'refresh'; who: Omit<Click, 'commandId'> } & On)
  /** Somebody types into a field to find an answer. */
  | { kind: 'search'; who: Omit<Click, 'commandId'>; sought: Sought; several: boolean }
  | { kind: 'text'; place: Place; userId: string; text: string }
  | { kind: 'installed'; place: Place; userId: string }
  | { kind: 'uninstalled'; place: Place; userId: string }
  /** Words for the bot where others read along. */
  | { kind: 'mention'; conversationId: string; serviceUrl: string }
  /** Somebody whom the directory of the company does not know, as a guest or somebody without an account. */
  | { kind: 'guest'; isInvoke: boolean; conversationId: string; serviceUrl: string }
  /** A new version of the app: nobody has to be greeted, but where they are reached may be news. */
  | { kind: 'upgraded'; place: Place; userId: string }
  /** Nobody has to do anything about it. */
  | { kind: 'ignored' }
  /** Asks for an answer that only other kinds of apps have. */
  | { kind: 'foreign' }
  | Unsupported;

/**
 * On which message. Its id is told by the client, which may leave it out or name another (msteams-docs #6139,
 * botbuilder-js #3159); which attempt of sending it was, it says itself, if it is not from before.
 */
type On = { place: Place; messageId: string | null; attempt: number | null };

/** The form that was sent in or given up, in its own words; cards of before hold their forms themselves. */
export type OnForm = {
  name: FormName;
  about: string;
  /** Its fields; those of forms from before are not told. */
  asked: readonly string[] | null;
};

type Via = 'invoke' | 'submit';

/** What Teams sent and we have no use for. The reason holds none of its values: they may be a lead's. */
type Unsupported = { kind: 'unsupported'; reason: string };

/** No id of anybody's holds the character 0, which the database refuses. */
const idUpTo = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => !text.includes('\0'));

const id = idUpTo(500);

const envelope = z.object({ type: z.string(), name: z.string().optional(), action: z.string().optional() });

/** What one person sends in their own conversation with the bot. */
const personal = z.object({ conversation: z.object({ conversationType: z.literal('personal') }) });

const serviceUrl = z.url().max(2000);

const placed = z.object({
  type: z.string(),
  from: z.object({ id, aadObjectId: id.nullish() }),
  conversation: z.object({ id }),
  serviceUrl,
  /** With most that people do, but not with everything. */
  localTimezone: z.string().max(100).nullish().catch(null).transform(zoneOf),
  locale: z.string().max(40).nullish().catch(null),
  /** `clientInfo` tells the language of the client; `locale` of some activities that of the tenant. */
  entities: z
    .array(z.looseObject({ type: z.string(), locale: z.string().max(40).nullish().catch(null) }))
    .nullish()
    .catch(null),
});

const mention = z.object({
  text: z.string().min(1),
  conversation: z.object({ id, conversationType: z.enum(['channel', 'groupChat']) }),
  serviceUrl,
});

const messagePayload = z.object({ text: z.string().nullish(), value: z.unknown().optional() });

/** Null also for what Teams writes when it knows none. */
const replyToId = z
  .string()
  .max(500)
  .nullish()
  .transform((told) => (told && told !== '-1' ? told : null));

const invokePayload = z.object({
  replyToId,
  value: z.object({ action: z.object({ verb: id, data: z.unknown().optional() }) }),
});

const searchPayload = z.object({
  value: z.object({
    queryText: z
      .string()
      .max(500)
      .nullish()
      .transform((text) => text ?? ''),
    dataset: z.string().max(2000),
  }),
});

const submitPayload = z.object({ replyToId, value: z.looseObject({ verb: id }) });

const handoff = idUpTo(255);

/** `state`: of what the button stands on; a bulletin has only one. */
const pressedOnCard = z
  .looseObject({
    handoff,
    revision: z.int().nonnegative(),
    attempt: z.int().nonnegative().nullish(),
    person: idUpTo(255).nullish(),
    form: z
      .object({
        name: z.enum(formNames),
        about: z.string().max(500),
        asked: z.array(idUpTo(255)).max(100).nullish().default(null),
      })
      .nullish()
      .catch(null),
  })
  .transform(({ handoff, revision, attempt = null, person = null, form = null, ...inputs }) => ({
    handoff,
    attempt,
    person,
    form,
    state: String(revision),
    isOnCard: true,
    inputs,
  }));

const pressedOnBulletin = z.object({ handoff, bulletin: idUpTo(255) }).transform(({ handoff, bulletin }) => ({
  handoff,
  attempt: null,
  person: null,
  form: null,
  state: bulletin,
  isOnCard: false,
  inputs: {},
}));

const pressing = z.union([
  z.object({ answer: idUpTo(64), turn: z.int().nonnegative() }),
  z.object({ bulletin: idUpTo(255) }),
]);

const pressedOnReply = z.union([
  z.object({ say: z.string().min(1).max(wordsMaxLength) }),
  z.object({ handoff, again: z.string().max(wordsMaxLength).nullish().default(null) }),
]);

/** Some installs bring nothing else (botbuilder-dotnet #6117). */
const membersPayload = z.object({
  recipient: z.object({ id }),
  membersAdded: z.array(z.object({ id })).optional(),
  membersRemoved: z.array(z.object({ id })).optional(),
});

/** A new version removes the old one as well, which then says `remove-upgrade`: nobody has gone. */
const installKinds: Readonly<Record<string, 'installed' | 'uninstalled' | 'upgraded'>> = {
  add: 'installed',
  'add-upgrade': 'upgraded',
  remove: 'uninstalled',
};

/** Reads an activity of Teams; whatever it is, it does not throw. */
export function parseActivity(activity: unknown): Incoming {
  const parsed = envelope.safeParse(activity);
  if (!parsed.success) return misshapen('activity', parsed.error);
  const { type, name, action } = parsed.data;
  const isSearch = name === 'application/search';
  if (type === 'invoke' && !isSearch && name !== 'adaptiveCard/action') return { kind: 'foreign' };
  if (!personal.safeParse(activity).success) {
    return isSearch ? { kind: 'foreign' } : parseElsewhere(type, activity);
  }
  switch (type) {
    case 'message':
      return inPlace(activity, parseMessage);
    case 'invoke':
      return inPlace(activity, isSearch ? parseSearch : parseInvoke);
    case 'installationUpdate':
      return changeOf(activity, Object.entries(installKinds).find(([known]) => known === action)?.[1]);
    case 'conversationUpdate':
      return changeOf(activity, membershipOf(activity));
    default:
      return { kind: 'ignored' };
  }
}

/** Whether the app is there for somebody. */
function changeOf(activity: unknown, kind: 'installed' | 'uninstalled' | 'upgraded' | undefined): Incoming {
  if (!kind) return { kind: 'ignored' };
  return inPlace(activity, (_, place) => ({ kind, place, userId: place.userId }));
}

/** What became of the bot, if it is among those who came or went. */
function membershipOf(activity: unknown): 'installed' | 'uninstalled' | undefined {
  const parsed = membersPayload.safeParse(activity);
  if (!parsed.success) return undefined;
  const { recipient, membersAdded = [], membersRemoved = [] } = parsed.data;
  const isBot = (member: { id: string }) => member.id === recipient.id;
  if (membersAdded.some(isBot)) return 'installed';
  return membersRemoved.some(isBot) ? 'uninstalled' : undefined;
}

/** In a team others read along, and whether the app is there concerns nobody's own conversation with the bot. */
function parseElsewhere(type: string, activity: unknown): Incoming {
  if (type !== 'message' && type !== 'invoke') return { kind: 'ignored' };
  const parsed = mention.safeParse(activity);
  if (type === 'invoke' || !parsed.success) return unsupported('not a personal conversation');
  const { conversation, serviceUrl } = parsed.data;
  return { kind: 'mention', conversationId: conversation.id, serviceUrl };
}

function inPlace(activity: unknown, parse: (activity: unknown, place: Place) => Incoming): Incoming {
  const parsed = placed.safeParse(activity);
  if (!parsed.success) return misshapen('sender', parsed.error);
  const { type, from, conversation, serviceUrl, localTimezone: zone, entities } = parsed.data;
  const client = entities?.find((entity) => entity.type === 'clientInfo');
  const locale = client?.locale ?? parsed.data.locale ?? null;
  const { id: conversationId } = conversation;
  const isSpoken = type === 'message' || type === 'invoke';
  if (!from.aadObjectId && !isSpoken) return { kind: 'ignored' };
  if (!from.aadObjectId) return { kind: 'guest', isInvoke: type === 'invoke', conversationId, serviceUrl };
  return parse(activity, {
    userId: from.aadObjectId,
    memberId: from.id,
    conversationId,
    serviceUrl,
    zone,
    locale,
  });
}

function parseInvoke(activity: unknown, place: Place): Incoming {
  const parsed = invokePayload.safeParse(activity);
  if (!parsed.success) return misshapen('adaptiveCard/action', parsed.error);
  const { replyToId, value } = parsed.data;
  return parsePressed({ via: 'invoke', place, messageId: replyToId }, value.action.verb, value.action.data);
}

function parseSearch(activity: unknown, { userId }: Place): Incoming {
  const parsed = searchPayload.safeParse(activity);
  const known = parsed.success && readDataset(parsed.data.value.dataset);
  if (!known) return { kind: 'foreign' };
  const { queryText: text } = parsed.data.value;
  const { handoff: handoffId, form, field, several, given: answers } = known;
  return {
    kind: 'search',
    who: { platform: 'teams', userId, handoffId },
    sought: { form, field, text, answers },
    several,
  };
}

function parseMessage(activity: unknown, place: Place): Incoming {
  const parsed = messagePayload.safeParse(activity);
  if (!parsed.success) return misshapen('message', parsed.error);
  const text = typedWords(parsed.data.text ?? '');
  const submitted = text === '' && typeof parsed.data.value === 'object' && parsed.data.value !== null;
  return submitted ? parseSubmit(activity, place) : { kind: 'text', place, userId: place.userId, text };
}

function parseSubmit(activity: unknown, place: Place): Incoming {
  const parsed = submitPayload.safeParse(activity);
  if (!parsed.success) return misshapen('submitted action', parsed.error);
  const { replyToId, value } = parsed.data;
  return parsePressed({ via: 'submit', place, messageId: replyToId }, value.verb, value);
}

function parsePressed(
  at: Pick<Extract<Incoming, { kind: 'action' }>, 'via' | 'place' | 'messageId'>,
  verb: string,
  data: unknown,
): Incoming {
  const isOnReply = verb.startsWith(verbs.open('')) && pressing.safeParse(data).success;
  if (isOnReply || verb === verbs.say || verb === verbs.renew || verb.startsWith(verbs.act('')))
    return parseReply(at, verb, data);
  const isOnBulletin = verb === verbs.command('show') || pressing.safeParse(data).success;
  const parsed = (isOnBulletin ? pressedOnBulletin : pressedOnCard).safeParse(data);
  if (!parsed.success) return misshapen("card's action", parsed.error);
  const { handoff: handoffId, attempt, person, form, state, isOnCard, inputs } = parsed.data;
  const { place, messageId } = at;
  const who = { platform: 'teams', userId: place.userId, handoffId } as const;
  if (verb === verbs.refresh) return { kind: 'refresh', place, messageId, attempt, who };
  const opened = formNames.find((name) => verbs.open(name) === verb);
  if (opened) return { kind: 'open', ...at, attempt, who, form: opened };
  if (verb === verbs.cancel && form) return { kind: 'cancel', place, who, form };
  const act =
    verb === verbs.giveTo && person
      ? ({ type: 'giveTo', to: person } as const)
      : actOf(verb, inputs, form?.asked);
  if (!act) return unsupported('unknown verb');
  // Teams repeats an invoke with the same id, and later with a new one: what was pressed, by whom, on which state of
  // the card and with what in the form or behind the button is all that tells a repeat from another click.
  const meant = act.type === 'submit' ? act.values : act.type === 'giveTo' ? { to: act.to } : null;
  const commandId = `teams:${place.userId}:${verb}:${handoffId}:${state}${meant ? `:${digestOf(meant)}` : ''}`;
  return { kind: 'action', ...at, attempt, form, isOnCard, click: { ...who, commandId }, act };
}

function parseReply(
  at: Pick<Extract<Incoming, { kind: 'reply' }>, 'via' | 'place' | 'messageId'>,
  verb: string,
  data: unknown,
): Incoming {
  const standing = pressing.safeParse(data);
  const parsed = pressedOnReply.safeParse(data);
  if (!standing.success || !parsed.success) return unsupported('button not as it was sent');
  const [on, meant] = [standing.data, parsed.data];
  const who = { platform: 'teams', userId: at.place.userId } as const;
  if ('say' in meant) {
    const { say } = meant;
    const { place, messageId } = at;
    return verb === verbs.renew
      ? { kind: 'renew', place, messageId, on, userId: who.userId, asked: say }
      : { kind: 'reply', ...at, on, press: { ...who, say } };
  }
  const opened = formNames.find((name) => verbs.open(name) === verb);
  if (opened) {
    const { handoff: handoffId, again } = meant;
    return { kind: 'openFromReply', ...at, on, who: { ...who, handoffId }, form: opened, again };
  }
  const command = commands.find((name) => verbs.act(name) === verb);
  if (!command) return unsupported('unknown verb');
  const { handoff: handoffId, again } = meant;
  // As for the cards: a repeat has the same answer in the same state.
  const state = 'bulletin' in on ? on.bulletin : `${on.answer}:${on.turn}`;
  const commandId = `teams:${who.userId}:${verb}:${handoffId}:${state}`;
  return { kind: 'reply', ...at, on, press: { ...who, command, handoffId, commandId, again } };
}

const commands = [
  'accept',
  'takeIt',
  'allow',
  'ping',
  'show',
  'overturn',
  'undo',
] as const satisfies readonly Command[];

/** Tells values apart without holding them: ids are logged, notes are not. */
function digestOf(values: Answers): string {
  const inOrder = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(inOrder)).digest('base64url').slice(0, 16);
}

function actOf(
  verb: string,
  inputs: Readonly<Record<string, unknown>>,
  asked: OnForm['asked'] | undefined,
): Act | null {
  const command = commands.find((name) => verbs.command(name) === verb);
  if (command) return { type: command };
  const form = formNames.find((name) => verbs.form(name) === verb);
  return form ? { type: 'submit', form, values: answersIn(form, inputs), ...(asked && { asked }) } : null;
}

function misshapen(what: string, { issues }: z.ZodError): Unsupported {
  const places = issues.map(({ path }) => path.join('.') || 'itself').join(', ');
  return unsupported(`${what} not as Teams sends it: ${places}`);
}

function unsupported(reason: string): Unsupported {
  return { kind: 'unsupported', reason };
}
