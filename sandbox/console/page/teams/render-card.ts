import {
  AdaptiveCard,
  ChoiceSetInput,
  ExecuteAction,
  GlobalRegistry,
  type Input,
  OpenUrlAction,
  SubmitAction,
  Table,
  Versions,
} from 'adaptivecards';
import type { CardState, FoundOption, PressAct } from '../../protocol.ts';
import { Bars } from './bars.ts';
import { hostConfig } from './host-config.ts';
import { markdownHtml } from './markdown.ts';

/** What a pressed button tells; its inputs by id, empty ones included. */
export type Pressed = Pick<PressAct, 'verb' | 'data' | 'inputs'>;

/** What happens in a card that concerns others. */
export type CardEvents = {
  /** A button that tells the bot. */
  onPress: (pressed: Pressed) => void;
  /** Letters in an input that asks the bot for its choices. */
  onSearch: (inputId: string, text: string) => Promise<readonly FoundOption[]>;
  /** A button or a link that leads elsewhere. */
  onOpen: (url: string) => void;
};

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownHtml(text);
  result.didProcess = true;
};
// The package registers its tables where a bundler takes them for unused.
GlobalRegistry.elements.register('Table', Table, Versions.v1_5);
GlobalRegistry.elements.register(Bars.typeName, Bars, Versions.v1_5);

/**
 * A card as an element of the page, which checks its inputs and unfolds by itself.
 */
export function renderCard(card: CardState, { onPress, onSearch, onOpen }: CardEvents): HTMLElement {
  /** What searches have found, by what it is called: the package knows no other value of it. */
  const found = new Map<string, string>();
  const rendered = new AdaptiveCard();
  rendered.hostConfig = hostConfig;
  rendered.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) onOpen(action.url ?? '');
    else if (action instanceof ExecuteAction || action instanceof SubmitAction) {
      onPress({
        verb: verbOf(action),
        data: dataOf(action),
        inputs: valuesOf(action.getReferencedInputs(), found),
      });
    }
  };
  rendered.onInputValueChanged = async (input) => {
    if (!(input instanceof ChoiceSetInput) || !input.isDynamicTypeahead()) return;
    const text = input.getFilterForDynamicSearch() ?? '';
    if (text === '' || input.id === undefined || found.has(text)) return;
    const options = await onSearch(input.id, text);
    for (const { value, label } of options) found.set(label, value);
    input.renderChoices(
      text,
      options.map(({ value, label }) => ({ title: label, value })),
    );
  };
  rendered.onAnchorClicked = (_element, anchor) => {
    onOpen(anchor.href);
    return true;
  };
  rendered.onInlineCardExpanded = (action, isExpanded) => {
    if (isExpanded) action.card.renderedElement?.scrollIntoView({ block: 'nearest' });
  };
  rendered.parse(card);
  const element = rendered.render();
  if (element === undefined) throw new Error('The card has nothing to show: expected a body or actions');
  for (const input of rendered.getAllInputs()) if (input instanceof ChoiceSetInput) nameChoice(input);
  return element;
}

/** A choice that an input begins with, by its title: the package shows its value. */
function nameChoice(input: ChoiceSetInput): void {
  const box = input.isDynamicTypeahead() ? input.renderedElement?.querySelector('input') : null;
  const title = input.choices.find(({ value }) => value === input.defaultValue)?.title;
  if (box && title) box.value = title;
}

/** An `Action.Submit` knows no verb; the bot writes it among the data. */
function verbOf(action: ExecuteAction | SubmitAction): string {
  return action instanceof ExecuteAction ? action.verb : String(dataOf(action)['verb'] ?? '');
}

function dataOf({ data }: ExecuteAction | SubmitAction): Record<string, unknown> {
  return typeof data === 'object' ? { ...data } : {};
}

/** An emptied input has to say so, or what it held at first would count. */
function valuesOf(
  inputs: Readonly<Record<string, Input>> | undefined,
  found: ReadonlyMap<string, string>,
): Record<string, string> {
  const entries = Object.entries(inputs ?? {});
  const chosen = (input: Input): string => {
    const value = input.isSet() ? String(input.value) : '';
    return input instanceof ChoiceSetInput && input.isDynamicTypeahead()
      ? (found.get(value) ?? value)
      : value;
  };
  return Object.fromEntries(entries.map(([id, input]) => [id, chosen(input)]));
}
