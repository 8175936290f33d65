import type { Fields } from '../fields.ts';
import { type Entries, enter, type InputValue, isFilled, type ViewValues } from './input-values.ts';
import { interactiveElements } from './interactive.ts';
import type { SlackView } from './views.ts';

/** The options that the app has given for a menu. */
export type Suggested = (block: Fields, element: Fields) => readonly Fields[];

/** Puts the entries into a view's state; by block id, what Slack's client objects to. */
export function putIn(view: SlackView, entries: Entries, suggested: Suggested): Record<string, string> {
  const errors: Record<string, string> = {};
  const placed = interactiveElements(view.blocks);
  for (const [blockId, actions] of Object.entries(entries)) {
    for (const [actionId, entry] of Object.entries(actions)) {
      const input = placed.find(
        ({ block, element }) => block['block_id'] === blockId && element['action_id'] === actionId,
      );
      if (input === undefined) {
        errors[blockId] = `there is no input "${actionId}"`;
        continue;
      }
      const entered = enter(input.element, entry, suggested(input.block, input.element));
      if (entered.ok) hold(view.state.values, input.block, input.element, entered.value);
      else errors[blockId] = entered.reason;
    }
  }
  return errors;
}

/** By block id, what Slack's client says of required inputs that hold nothing. */
export function missingIn(view: SlackView): Record<string, string> {
  const missing = interactiveElements(view.blocks).filter(({ block, element }) => {
    const value = view.state.values[String(block['block_id'])]?.[String(element['action_id'])];
    return block['type'] === 'input' && block['optional'] !== true && !isFilled(value);
  });
  return Object.fromEntries(
    missing.map(({ block }) => [String(block['block_id']), 'Please complete this required field.']),
  );
}

export function hold(values: ViewValues, block: Fields, element: Fields, value: InputValue): void {
  const blockId = String(block['block_id']);
  values[blockId] = { ...values[blockId], [String(element['action_id'])]: value };
}
