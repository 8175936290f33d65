import { z } from 'zod';
import { type FormName, formNames } from '../../domain/card/form.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { LeadId } from '../../domain/lead/lead.ts';
import type { Act, Click } from '../../flow/ports/chat.ts';
import type { Sender } from './accounts.ts';
import { actionIds } from './card.ts';
import { withEmoji } from './emoji.ts';
import { inputActionId } from './modals.ts';

/** What Slack sent and we have no use for. The reason holds none of its values: they may be a lead's. */
type Unsupported = { kind: 'unsupported'; reason: string };

/** A button that was pressed. */
export type Pressed =
  | { kind: 'command'; from: Sender; click: Click; act: Act }
  | { kind: 'openForm'; from: Sender; click: Omit<Click, 'commandId'>; form: FormName; triggerId: string }
  /** The browser has opened it; Slack only lets us know. Cards posted long ago do not say of which handoff. */
  | { kind: 'link'; from: Sender; handoffId: HandoffId | null }
  | Unsupported;

/** A form that was sent in, with the names of its fields and what somebody typed into it. */
export type Submitted = { fields: readonly string[]; typed: string } & (
  | { kind: 'submission'; from: Sender; click: Click; leadId: LeadId | null; act: Act; viewId: string }
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
  actions: z.tuple([z.object({ action_id: id, action_ts: id, value: z.string().optional() })], z.unknown()),
});

const inputValue = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

const state = z.object({ values: z.record(id, z.record(id, inputValue)) });

/** What was entered, whatever the rest is: it is not lost when nothing can be made of the form. */
const enteredState = z.object({ view: z.object({ state }) });

const submissionPayload = z.object({
  type: z.literal('view_submission'),
  ...sent,
  view: z.object({ id, callback_id: z.string(), private_metadata: z.string(), state }),
});

/** A form that was opened before an update of the bot may not name its lead. */
const privateMetadata = z.object({ handoffId: id, leadId: id.nullable().default(null) });

const commandPayload = z.object({ user_id: id, team_id: id.nullish(), text: z.string().default('') });

const commands = ['accept', 'takeIt', 'ping', 'show'] as const satisfies readonly Act['type'][];

/** Reads a `block_actions` payload; whatever it is, it does not throw. */
export function parseClick(payload: unknown): Pressed {
  const parsed = clickPayload.safeParse(payload);
  if (!parsed.success) return unsupported('block_actions', parsed.error);
  const { user, trigger_id, actions } = parsed.data;
  const from = senderOf(parsed.data);
  const [{ action_id, action_ts, value: handoffId }] = actions;

  if (action_id === actionIds.link) return { kind: 'link', from, handoffId: handoffId ?? null };
  if (!handoffId) return unsupportedFor(`no handoff in the value of ${action_id}`);
  const who = { platform: 'slack', userId: user.id, handoffId } as const;
  // Slack stamps each click; only a redelivery of this one has the same stamp.
  const click = { ...who, commandId: `${user.id}:${action_ts}` };
  const type = commands.find((name) => actionIds.command(name) === action_id);
  if (type) return { kind: 'command', from, click, act: { type } };

  const form = formNames.find((name) => actionIds.form(name) === action_id);
  if (!form) return unsupportedFor(`unknown action_id ${action_id}`);
  return trigger_id
    ? { kind: 'openForm', from, click: who, form, triggerId: trigger_id }
    : unsupportedFor(`no trigger_id with ${action_id}`);
}

/** Reads a `view_submission` payload; whatever it is, it does not throw. */
export function parseSubmission(payload: unknown): Submitted {
  const entered = enteredState.safeParse(payload);
  const inputs = Object.entries(entered.data?.view.state.values ?? {});
  const values = inputs.map(([field, { [inputActionId]: input }]): [string, string] => {
    return [field, input?.selected_option?.value ?? withEmoji(input?.value ?? '')];
  });
  const typed = inputs.map(([, { [inputActionId]: input }]) => input?.value ?? '').filter(Boolean);
  return {
    ...readSubmission(payload, Object.fromEntries(values)),
    fields: inputs.map(([field]) => field),
    typed: typed.join('\n'),
  };
}

function readSubmission(payload: unknown, values: Readonly<Record<string, string>>) {
  const parsed = submissionPayload.safeParse(payload);
  if (!parsed.success) return unsupported('view_submission', parsed.error);
  const { user, view } = parsed.data;

  const form = formNames.find((name) => actionIds.form(name) === view.callback_id);
  if (!form) return unsupportedFor(`unknown callback_id ${view.callback_id.slice(0, 80)}`);
  const metadata = privateMetadata.safeParse(parseJson(view.private_metadata));
  if (!metadata.success) return unsupported('private_metadata', metadata.error);

  const { handoffId, leadId } = metadata.data;
  return {
    kind: 'submission',
    leadId,
    from: senderOf(parsed.data),
    // After an error it stays the same modal: sent again, it has one effect.
    click: { platform: 'slack', userId: user.id, handoffId, commandId: view.id },
    act: { type: 'submit', form, values },
    viewId: view.id,
  } as const;
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
