import { z } from 'zod';
import { lines } from '../../domain/card/answers.ts';
import { type Answers, type FormName, formNames } from '../../domain/card/form.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Act, Click, Command, MessageRef, ReplyPress, Sought } from '../../flow/ports/chat.ts';
import type { Sender } from './accounts.ts';
import { actionIds } from './action-ids.ts';
import { withEmoji } from './emoji.ts';
import { inputActionId } from './modals.ts';
import { wordsMaxLength } from './reply-buttons.ts';

/** What Slack sent and we have no use for. The reason holds none of its values: they may be a lead's. */
type Unsupported = { kind: 'unsupported'; reason: string };

/** A button that was pressed, or an answer on which the rest of its form depends. */
export type Pressed =
  | { kind: 'command'; from: Sender; click: Click; act: Act; triggerId: string | null }
  | { kind: 'openForm'; from: Sender; click: Omit<Click, 'commandId'>; form: FormName; triggerId: string }
  /** The browser has opened it; Slack only lets us know. Cards posted long ago do not say of which handoff. */
  | { kind: 'link'; from: Sender; handoffId: HandoffId | null }
  /** The same outside of a card: it tells nothing of what somebody has seen. */
  | { kind: 'elsewhere' }
  | PressedReply
  | Changed
  | Unsupported;

/**
 * A button outside of a card, or one of a card that only says something. `stays`: the message is a bulletin or a card, which its answer does not replace; `message`: where it lies,
 * unless it is for one person's eyes and nobody can find it again.
 */
export type PressedReply = {
  kind: 'reply';
  from: Sender;
  press: ReplyPress;
  stays: boolean;
  message: MessageRef | null;
};

/** A form that is open, as it is filled in now; `hash` tells its view from what it becomes. */
export type Changed = {
  kind: 'changed';
  from: Sender;
  click: Omit<Click, 'commandId'>;
  form: FormName;
  values: Answers;
  typed: string;
  viewId: string;
  hash: string;
};

/** Letters typed into a field of a form. */
export type Suggested =
  | { kind: 'search'; from: Sender; who: Omit<Click, 'commandId'>; sought: Sought }
  | Unsupported;

type Submit = Extract<Act, { type: 'submit' }>;

/** A form that was sent in, with the names of its fields and what somebody typed into it. */
export type Submitted = { fields: readonly string[]; typed: string } & (
  | {
      kind: 'submission';
      from: Sender;
      click: Click;
      leadId: LeadId | null;
      act: Submit;
      viewId: string;
      triggerId: string | null;
    }
  | Unsupported
);

/** Words after `/handoff`. */
export type Asked = { kind: 'ask'; from: Sender; text: string } | Unsupported;

/** No id of anybody's holds the character 0, which the database refuses. */
const id = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !text.includes('\0'));

/** `team` is the app's workspace, also where a channel is shared; `user` names that of whoever acts. */
const sent = { user: z.object({ id, team_id: id.nullish() }), team: z.object({ id }).nullish() };

const clickPayload = z.object({
  type: z.literal('block_actions'),
  ...sent,
  trigger_id: id.optional(),
  actions: z.tuple(
    [
      z.object({
        action_id: id,
        action_ts: id,
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    ],
    z.unknown(),
  ),
  view: z.unknown().optional(),
  container: z
    .object({ channel_id: id, message_ts: id, is_ephemeral: z.boolean() })
    .nullish()
    .catch(null)
    .transform((message) => message ?? null),
});

const replyValue = z.intersection(
  z.object({ on: z.enum(['answer', 'bulletin']) }),
  z.union([
    z.object({ say: z.string().min(1).max(wordsMaxLength) }),
    z.object({ handoff: id, again: z.string().max(wordsMaxLength).nullable() }),
  ]),
);

const option = z.object({ value: z.string() });

const inputValue = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
});

const state = z.object({ values: z.record(id, z.record(id, inputValue)) });

type State = z.output<typeof state>;

/** What was entered, whatever the rest is: it is not lost when nothing can be made of the form. */
const enteredState = z.object({ view: z.object({ state }) });

const openView = z.object({ id, callback_id: z.string(), private_metadata: z.string(), state });

const submissionPayload = z.object({
  type: z.literal('view_submission'),
  ...sent,
  trigger_id: id.optional(),
  view: openView,
});

const changePayload = z.object({ ...sent, view: openView.extend({ hash: z.string() }) });

const suggestionPayload = z.object({
  type: z.literal('block_suggestion'),
  ...sent,
  view: openView,
  block_id: id,
  value: z.string().max(255),
});

/** A form that was opened before an update of the bot may not name its lead. */
const privateMetadata = z.object({ handoffId: id, leadId: id.nullable().default(null) });

const commandPayload = z.object({ user_id: id, team_id: id.nullish(), text: z.string().default('') });

const commands = [
  'accept',
  'takeIt',
  'allow',
  'ping',
  'show',
  'overturn',
  'undo',
] as const satisfies readonly Command[];

/** Reads a `block_actions` payload; whatever it is, it does not throw. */
export function parseClick(payload: unknown): Pressed {
  const parsed = clickPayload.safeParse(payload);
  if (!parsed.success) return unsupported('block_actions', parsed.error);
  const { user, trigger_id, actions } = parsed.data;
  const from = senderOf(parsed.data);
  if (parsed.data.view !== undefined) return parseChange(payload);
  const { action_ts } = actions[0];
  const [handoffId, action_id, about] = pressed(actions[0]);

  if (isNumbered(action_id, actionIds.say) || action_id.startsWith(actionIds.act(''))) {
    return parseReply(parsed.data, from);
  }
  if (isNumbered(action_id, actionIds.link)) return { kind: 'elsewhere' };
  if (action_id === actionIds.link) return { kind: 'link', from, handoffId: handoffId ?? null };
  if (!handoffId) return unsupportedFor(`no handoff in the value of ${action_id}`);
  const who = { platform: 'slack', userId: user.id, handoffId } as const;
  // Slack stamps each click; only a redelivery of this one has the same stamp.
  const click = { ...who, commandId: `${user.id}:${action_ts}` };
  const type = commands.find((name) => actionIds.command(name) === action_id);
  const triggerId = trigger_id ?? null;
  if (type) return { kind: 'command', from, click, act: { type }, triggerId };
  if (action_id === actionIds.giveTo && about)
    return { kind: 'command', from, click, act: { type: 'giveTo', to: about }, triggerId };
  if ((action_id === actionIds.ask || isNumbered(action_id, actionIds.ask)) && about) {
    const { platform, userId } = who;
    return { kind: 'reply', from, press: { platform, userId, say: about }, stays: true, message: null };
  }

  const form = formNames.find((name) => actionIds.form(name) === action_id);
  if (!form) return unsupportedFor(`unknown action_id ${action_id}`);
  return triggerId
    ? { kind: 'openForm', from, click: who, form, triggerId }
    : unsupportedFor(`no trigger_id with ${action_id}`);
}

function parseReply(
  { user, actions: [{ action_id, action_ts, value }], container }: z.output<typeof clickPayload>,
  from: Sender,
): PressedReply | Unsupported {
  const parsed = replyValue.safeParse(parseJson(value ?? ''));
  if (!parsed.success) return unsupported(`value of ${action_id}`, parsed.error);
  const meant = parsed.data;
  const who = { platform: 'slack', userId: user.id } as const;
  const at = {
    kind: 'reply',
    from,
    stays: meant.on === 'bulletin',
    message:
      container && !container.is_ephemeral
        ? { conversationId: container.channel_id, messageId: container.message_ts }
        : null,
  } as const;
  if ('say' in meant) return { ...at, press: { ...who, say: meant.say } };
  const command = commands.find((name) => isNumbered(action_id, actionIds.act(name)));
  if (!command) return unsupportedFor(`unknown action_id ${action_id}`);
  const { handoff: handoffId, again } = meant;
  const commandId = `${user.id}:${action_ts}`;
  return { ...at, press: { ...who, command, handoffId, commandId, again } };
}

/** Whether an id is this one with a number behind it. */
function isNumbered(actionId: string, start: string): boolean {
  return actionId.startsWith(`${start}.`) && /^\d+$/.test(actionId.slice(start.length + 1));
}

/** The handoff and the `action_id` of a button, or of what was chosen from a menu, and what it is about besides. */
function pressed({
  action_id,
  value,
  selected_option,
}: z.output<typeof clickPayload>['actions'][0]): [
  handoffId: string | undefined,
  actionId: string,
  about: string,
] {
  if (action_id !== actionIds.menu) {
    const [handoffId, ...about] = value?.split(' ') ?? [];
    return [handoffId, action_id, about.join(' ').slice(0, wordsMaxLength)];
  }
  const [handoffId, chosen = '', ...about] = (selected_option?.value ?? '').split(' ');
  return [handoffId, chosen, about.join(' ')];
}

function parseChange(payload: unknown): Changed | Unsupported {
  const parsed = changePayload.safeParse(payload);
  if (!parsed.success) return unsupported('block_actions of a view', parsed.error);
  const { user, view } = parsed.data;
  const subject = subjectOf(view);
  if ('reason' in subject) return subject;
  const { form, handoffId } = subject;
  const { values, typed } = enteredIn(view.state);
  const click = { platform: 'slack', userId: user.id, handoffId } as const;
  const { id: viewId, hash } = view;
  return { kind: 'changed', from: senderOf(parsed.data), click, form, values, typed, viewId, hash };
}

/** Reads a `block_suggestion` payload; whatever it is, it does not throw. */
export function parseSuggestion(payload: unknown): Suggested {
  const parsed = suggestionPayload.safeParse(payload);
  if (!parsed.success) return unsupported('block_suggestion', parsed.error);
  const { user, view, block_id: field, value: text } = parsed.data;
  const subject = subjectOf(view);
  if ('reason' in subject) return subject;
  const { form, handoffId } = subject;
  const { values: answers } = enteredIn(view.state);
  const who = { platform: 'slack', userId: user.id, handoffId } as const;
  return { kind: 'search', from: senderOf(parsed.data), who, sought: { form, field, text, answers } };
}

/** Reads a `view_submission` payload; whatever it is, it does not throw. */
export function parseSubmission(payload: unknown): Submitted {
  const read = enteredState.safeParse(payload);
  const entered = enteredIn(read.data?.view.state ?? { values: {} });
  const { fields, typed } = entered;
  return { ...readSubmission(payload, entered), fields, typed };
}

function readSubmission(payload: unknown, { values, fields: asked }: ReturnType<typeof enteredIn>) {
  const parsed = submissionPayload.safeParse(payload);
  if (!parsed.success) return unsupported('view_submission', parsed.error);
  const { user, trigger_id: triggerId = null, view } = parsed.data;
  const subject = subjectOf(view);
  if ('reason' in subject) return subject;
  const { form, handoffId, leadId } = subject;
  return {
    kind: 'submission',
    leadId,
    triggerId,
    from: senderOf(parsed.data),
    // After an error it stays the same modal: sent again, it has one effect.
    click: { platform: 'slack', userId: user.id, handoffId, commandId: view.id },
    act: { type: 'submit', form, values, asked },
    viewId: view.id,
  } as const;
}

/** Which form a view is, and about what. */
function subjectOf(view: z.output<typeof openView>) {
  const form = formNames.find((name) => actionIds.form(name) === view.callback_id);
  if (!form) return unsupportedFor(`unknown callback_id ${view.callback_id.slice(0, 80)}`);
  const metadata = privateMetadata.safeParse(parseJson(view.private_metadata));
  return metadata.success ? { form, ...metadata.data } : unsupported('private_metadata', metadata.error);
}

/** What is in the inputs of a view: the answers by field, and what somebody typed. */
function enteredIn({ values: blocks }: State): { fields: string[]; values: Answers; typed: string } {
  const inputs = Object.entries(blocks).map(([field, { [inputActionId]: input }]) => ({ field, input }));
  const answers = inputs.map(({ field, input }): [string, string] => [field, answerIn(input)]);
  return {
    fields: inputs.map(({ field }) => field),
    values: Object.fromEntries(answers),
    typed: inputs.flatMap(({ input }) => input?.value || []).join('\n'),
  };
}

function answerIn(input: z.output<typeof inputValue> = {}): string {
  const { value, selected_option, selected_options, selected_date, selected_time } = input;
  if (selected_options) return lines(selected_options.map((chosen) => chosen.value));
  return selected_option?.value ?? selected_date ?? selected_time ?? withEmoji(value ?? '');
}

/** Reads a slash command; whatever it is, it does not throw. */
export function parseAsk(payload: unknown): Asked {
  const parsed = commandPayload.safeParse(payload);
  if (!parsed.success) return unsupported('slash command', parsed.error);
  const { user_id: userId, team_id: teamId, text } = parsed.data;
  return { kind: 'ask', from: { userId, teamId: teamId ?? null, appTeamId: null }, text: text.trim() };
}

function senderOf({ user, team }: z.output<z.ZodObject<typeof sent>>): Sender {
  return { userId: user.id, teamId: user.team_id ?? null, appTeamId: team?.id ?? null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unsupported(what: string, { issues }: z.ZodError): Unsupported {
  const places = issues.map(({ path }) => path.join('.') || 'itself').join(', ');
  return unsupportedFor(`not a ${what} as Slack sends it: ${places}`);
}

function unsupportedFor(reason: string): Unsupported {
  return { kind: 'unsupported', reason };
}
