import {
  AdaptiveCard,
  ExecuteAction,
  GlobalRegistry,
  type Input,
  OpenUrlAction,
  SubmitAction,
  Table,
  Versions,
} from 'adaptivecards';
import type { CardState, PressAct } from '../../protocol.ts';
import { hostConfig } from './host-config.ts';
import { markdownHtml } from './markdown.ts';

/** What a pressed button tells; its inputs by id, empty ones included. */
export type Pressed = Pick<PressAct, 'verb' | 'data' | 'inputs'>;

/** What happens in a card that concerns others. */
export type CardEvents = {
  /** A button that tells the bot. */
  onPress: (pressed: Pressed) => void;
  /** A button or a link that leads elsewhere. */
  onOpen: (url: string) => void;
};

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownHtml(text);
  result.didProcess = true;
};
// The package registers its tables where a bundler takes them for unused.
GlobalRegistry.elements.register('Table', Table, Versions.v1_5);

/**
 * A card as an element of the page, which checks its inputs and unfolds by itself.
 */
export function renderCard(card: CardState, { onPress, onOpen }: CardEvents): HTMLElement {
  const rendered = new AdaptiveCard();
  rendered.hostConfig = hostConfig;
  rendered.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) onOpen(action.url ?? '');
    else if (action instanceof ExecuteAction || action instanceof SubmitAction) {
      onPress({
        verb: verbOf(action),
        data: dataOf(action),
        inputs: valuesOf(action.getReferencedInputs()),
      });
    }
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
  return element;
}

/** An `Action.Submit` knows no verb; the bot writes it among the data. */
function verbOf(action: ExecuteAction | SubmitAction): string {
  return action instanceof ExecuteAction ? action.verb : String(dataOf(action)['verb'] ?? '');
}

function dataOf({ data }: ExecuteAction | SubmitAction): Record<string, unknown> {
  return typeof data === 'object' ? { ...data } : {};
}

/** An emptied input has to say so, or what it held at first would count. */
function valuesOf(inputs: Readonly<Record<string, Input>> | undefined): Record<string, string> {
  const entries = Object.entries(inputs ?? {});
  return Object.fromEntries(entries.map(([id, input]) => [id, input.isSet() ? String(input.value) : '']));
}
