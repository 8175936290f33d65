import type { ExecuteAction, Pressed } from './adaptive-card.ts';
import { label } from './text.ts';

/** The `verb` of each button; cards posted long ago still send them. */
export const verbs = {
  command: (command: string) => `handoff.${command}`,
  giveTo: 'handoff.giveTo',
  /** Asks for a form. */
  open: (form: string) => `handoff.open.${form}`,
  /** Sends in a form. */
  form: (form: string) => `handoff.form.${form}`,
  /** Gives up a form. */
  cancel: 'handoff.cancel',
  /** Asks for the card as it stands, which Teams does by itself when the card comes into sight. */
  refresh: 'handoff.refresh',
  /** The same of an answer. */
  renew: 'handoff.renew',
  /** Outside of a card: words as if they were typed, and a card's command. */
  say: 'handoff.say',
  act: (command: string) => `handoff.act.${command}`,
};

const titleMaxLength = 60;
/** Teams shows no more in a set. */
export const actionsMax = 6;
/** Several times as long as any that leads to a record. */
export const urlMaxLength = 500;

export function buttonTitle(text: string): string {
  return label(text, titleMaxLength);
}

type Options = Pick<ExecuteAction, 'style' | 'associatedInputs' | 'mode'>;

/** Comes back as an invoke, for which the client waits and shows the card that it gets. */
export function execute(title: string, verb: string, data: Pressed, options: Options = {}): ExecuteAction {
  return { type: 'Action.Execute', title: buttonTitle(title), verb, data, ...options };
}

/**
 * The same; a client that cannot invoke sends it as a message instead. A submitted action has no verb but what its data
 * say.
 */
export function button(title: string, verb: string, data: Pressed, options: Options = {}): ExecuteAction {
  const fallback = {
    type: 'Action.Submit',
    title: buttonTitle(title),
    data: { ...data, verb },
    ...options,
  } as const;
  return { ...execute(title, verb, data, options), fallback };
}
