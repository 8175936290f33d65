import type { ActionData, ExecuteAction } from './adaptive-card.ts';
import { label } from './text.ts';

/** The `verb` of each button; cards posted long ago still send them. */
export const verbs = {
  command: (command: string) => `handoff.${command}`,
  form: (form: string) => `handoff.form.${form}`,
  /** Asks for the card as it stands: Teams by itself when the card comes into sight, or a person who gives up a form. */
  refresh: 'handoff.refresh',
};

const titleMaxLength = 60;

export function buttonTitle(text: string): string {
  return label(text, titleMaxLength);
}

type Options = Pick<ExecuteAction, 'style' | 'associatedInputs'>;

/** Comes back as an invoke, for which the client waits and shows the card that it gets. */
export function execute(title: string, verb: string, data: ActionData, options: Options = {}): ExecuteAction {
  return { type: 'Action.Execute', title: buttonTitle(title), verb, data, ...options };
}

/**
 * The same; a client that cannot invoke sends it as a message instead. A submitted action has no verb but what its data
 * say.
 */
export function button(title: string, verb: string, data: ActionData, options: Options = {}): ExecuteAction {
  const fallback = {
    type: 'Action.Submit',
    title: buttonTitle(title),
    data: { ...data, verb },
    ...options,
  } as const;
  return { ...execute(title, verb, data, options), fallback };
}
