import { type Fields, isFields, stringAt } from '../fields.ts';
import { collect, list } from './block-checks.ts';
import { option } from './block-elements.ts';
import type { Suggested } from './fill-in.ts';
import type { Delivery, Envelope } from './inbound.ts';
import { interactiveElements } from './interactive.ts';
import { type Outcome, outcomeOf, refused } from './outcome.ts';
import { blockSuggestion } from './payloads.ts';
import type { SlackView } from './views.ts';
import { listAt, parseFields } from './wire.ts';
import type { SlackUser, Workspace } from './workspace.ts';

/** Letters for a menu of a modal. */
export type Suggestion = { blockId: string; text: string };

type Answered = Outcome & { options: readonly Fields[] };

/** "The fewest number of typed characters required before dispatch", unless the menu says another. */
const leastTyped = 3;

const isExternal = (element: Fields): boolean =>
  element['type'] === 'external_select' || element['type'] === 'multi_external_select';

/** Asks the app for the options of its menus, and remembers them: only those can be chosen. */
export function createSuggestions(
  workspace: Workspace,
  askForOptions: ((envelope: Envelope) => Promise<Delivery>) | null,
) {
  const given = new Map<string, Fields[]>();
  const keyOf = ({ id }: SlackView, blockId: unknown): string => `${id} ${String(blockId)}`;

  return {
    of:
      (view: SlackView): Suggested =>
      (block) =>
        given.get(keyOf(view, block['block_id'])) ?? [],

    async ask(user: SlackUser, view: SlackView | null, { blockId, text }: Suggestion): Promise<Answered> {
      const no = (reason: string): Answered => ({ ...refused(reason), options: [] });
      if (view === null) return no(`${user.email} has no modal open`);
      const placed = interactiveElements(view.blocks).find(({ block }) => block['block_id'] === blockId);
      if (placed === undefined || !isExternal(placed.element)) {
        return no(`"${blockId}" is no menu whose options the app knows`);
      }
      const least = Number(placed.element['min_query_length'] ?? leastTyped);
      if (text.length < least) return no(`the app is not asked before ${least} letters`);
      if (askForOptions === null) return no('the app has no options load URL');
      const actionId = stringAt(placed.element, 'action_id') ?? '';
      const payload = blockSuggestion(workspace, user, { view, blockId, actionId, text });
      const delivery = await askForOptions({ type: 'interactive', payload });
      const outcome = outcomeOf(delivery, null);
      if (!outcome.acknowledged) return { ...outcome, options: [] };
      const options = readOptions(delivery.body);
      if (typeof options === 'string') {
        return { ...outcome, result: 'dispatch_failed', reason: options, options: [] };
      }
      const key = keyOf(view, blockId);
      given.set(key, [...(given.get(key) ?? []), ...options]);
      return { ...outcome, options };
    },
  };
}

/** The options in the app's answer, or why Slack can show none of them. */
function readOptions(body: string): Fields[] | string {
  const answer = parseFields(body);
  if (answer === null || !Array.isArray(answer['options'])) return `no options in "${body}"`;
  const [issue] = collect('modal', (findings) =>
    list(option, 0, 100)(answer['options'], '/options', findings),
  );
  return issue ? `${issue.pointer}: ${issue.message}` : listAt(answer, 'options').filter(isFields);
}
