import type { Fields } from '../fields.ts';
import { optionsOf } from './block-elements.ts';
import {
  type Entries,
  type Entry,
  enter,
  type InputValue,
  initialValues,
  type ViewValues,
} from './input-values.ts';
import { interactiveElements } from './interactive.ts';
import { messageOnWire } from './message-on-wire.ts';
import type { SlackState } from './method.ts';
import { channelName } from './payloads.ts';
import type { Block } from './wire.ts';
import type { SlackUser } from './workspace.ts';

/** The element that a person uses, and what they choose there. */
export type Target = {
  /** The message, reply or ephemeral message. Left out, `view` says where. */
  ts?: string;
  view?: 'modal' | 'home';
  actionId: string;
  /** Needed when the same action stands in several blocks. */
  blockId?: string;
  /** What was entered in the inputs around it before, by block id, then action id; only in a view. */
  entries?: Entries;
  /** What is chosen in a menu. For a button it picks one of several; it always sends its own value. */
  value?: Entry;
  /**
   * The blocks that the person still sees, from before the app changed the message. The payload carries
   * the old element and the message as it is now.
   */
  stale?: readonly Block[];
};

type IssueResponseUrl = (messageTs: string, channel: string) => string;

type Surroundings = {
  readonly blocks: readonly Block[];
  readonly viewId: string | null;
  /** What the inputs around the element hold; `describe` shows what it is by then. */
  readonly values: ViewValues;
  /** What the payload says about the message or view. */
  readonly describe: (responseUrl: IssueResponseUrl) => Fields;
};

type Found =
  | { ok: true; block: Fields; element: Fields; around: Surroundings }
  | { ok: false; reason: string };

/** Looks for the element where the person looks; an element that is not there cannot be clicked. */
export function find(state: SlackState, user: SlackUser, target: Target): Found {
  const around = surroundingsOf(state, user, target);
  if (around === null) return { ok: false, reason: `${user.email} sees no such message or view` };
  const match = interactiveElements(target.stale ?? around.blocks).find(
    ({ block, element }) =>
      element['action_id'] === target.actionId &&
      (target.blockId === undefined || block['block_id'] === target.blockId) &&
      (element['type'] !== 'button' || target.value === undefined || element['value'] === target.value),
  );
  if (match === undefined) return { ok: false, reason: `there is no element "${target.actionId}" to click` };
  return { ok: true, block: match.block, element: match.element, around };
}

type Chosen =
  /** `held` is what the element holds from then on; null for a button or an overflow menu. */
  { ok: true; action: Fields; held: InputValue | null } | { ok: false; reason: string };

/** The entry of `actions` in the payload. */
export function actionFor(
  block: Fields,
  element: Fields,
  value: Entry | undefined,
  suggested: readonly Fields[],
): Chosen {
  const { type, action_id } = element;
  const named = { type, block_id: block['block_id'], action_id };
  if (block['type'] === 'input' && block['dispatch_action'] !== true) {
    return { ok: false, reason: `the input "${action_id}" tells the app nothing before it is submitted` };
  }
  if (type === 'button') {
    const { text, value: own, style, url } = element;
    return { ok: true, action: { ...named, text, value: own, style, url }, held: null };
  }
  if (type === 'overflow') {
    const option = optionsOf(element).find((candidate) => candidate['value'] === value);
    if (option === undefined) return { ok: false, reason: `no option has the value "${value}"` };
    return { ok: true, action: { ...named, selected_option: option }, held: null };
  }
  const entered = enter(element, value ?? null, suggested);
  if (!entered.ok) return entered;
  const action = { ...named, ...entered.value, placeholder: element['placeholder'] };
  return { ok: true, action, held: entered.value };
}

function surroundingsOf(
  { workspace, views }: SlackState,
  user: SlackUser,
  target: Target,
): Surroundings | null {
  if (target.ts === undefined) {
    const view = target.view === 'home' ? views.home(user.id) : views.top(user.id);
    if (view === null) return null;
    return {
      blocks: view.blocks,
      viewId: view.id,
      values: view.state.values,
      describe: () => ({ container: { type: 'view', view_id: view.id }, view }),
    };
  }

  const { ts: wanted } = target;
  const message = workspace
    .conversationsOf(user.id)
    .flatMap(({ byTs }) => byTs.get(wanted) ?? [])
    .at(0);
  const ephemeral = workspace.ephemerals(user.id).find(({ ts }) => ts === wanted);
  const seen = message ?? ephemeral;
  if (seen === undefined) return null;
  const { ts, channel, blocks } = seen;
  const values = initialValues(blocks);
  const threadTs = message?.threadTs ?? null;
  return {
    blocks,
    viewId: null,
    values,
    describe: (responseUrl) => ({
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: message === undefined,
        ...(threadTs !== null && { thread_ts: threadTs }),
      },
      channel: { id: channel, name: channelName(workspace, channel) },
      // Slack does not keep ephemeral messages, so it cannot send them back.
      ...(message !== undefined && { message: messageOnWire(workspace, message, 'whole metadata') }),
      state: { values },
      response_url: responseUrl(ts, channel),
    }),
  };
}
