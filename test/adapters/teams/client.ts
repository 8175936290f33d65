import { createRequire } from 'node:module';
import type * as Renderer from 'adaptivecards';
import { findCardIssues } from '../../../sandbox/teams/adaptive-card.ts';
import type {
  Action,
  CardElement,
  AdaptiveCard as OurCard,
} from '../../../src/adapters/teams/adaptive-card.ts';

// The package's entry for Node cannot be loaded, and its bundle has no types that can be imported.
const { AdaptiveCard, HostConfig, SerializationContext, Versions }: typeof Renderer = createRequire(
  import.meta.url,
)('adaptivecards/dist/adaptivecards.js');

/** Teams takes it in cards of any version, as its own examples show ("Typeahead search in Adaptive Cards"). */
const knownToTeams = 'Property "choices.data" is supported in version 1.6, but you are using version 1.5.';

/** What keeps a card from being shown as it is meant: to Microsoft's renderer, and to the sandbox, which is stricter. */
export function problemsOf(card: OurCard): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  // Six in a row, and six behind its menu: the renderer draws them so, but counts them together.
  parsed.hostConfig = new HostConfig({ actions: { maxActions: 12 } });
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  const invalid = parsed.validateProperties().validationEvents;
  const messages = [...events, ...invalid].map(({ message }) => message);
  return [...messages.filter((message) => message !== knownToTeams), ...findCardIssues(card)];
}

/** What a person reads on a card, a line for each row; `*` is bold, `~` folded. */
export function read(elements: readonly CardElement[]): string[] {
  return elements.flatMap((element): string[] => {
    const rule = element.separator ? ['---'] : [];
    return [...rule, ...rows(element).map((row) => (element.isVisible === false ? `~ ${row}` : row))];
  });
}

function rows(element: CardElement): string[] {
  switch (element.type) {
    case 'RichTextBlock':
      return [element.inlines.map(({ text, weight }) => (weight ? `*${text}*` : text)).join('')];
    case 'TextBlock':
      return [element.text];
    case 'Container':
      return read(element.items);
    case 'ColumnSet':
      return [element.columns.map(({ items }) => read(items).join(' / ')).join(' | ')];
    case 'Table':
      return element.rows.map(({ cells }) => cells.map(({ items }) => read(items).join(' / ')).join(' | '));
    case 'Chart.VerticalBar.Grouped':
      return [
        `[${element.stacked ? 'stacked ' : ''}bars] ${element.title} (${element.yAxisTitle})`,
        ...element.data.map(
          ({ legend, values }) => `${legend}: ${values.map(({ x, y }) => `${x} ${y}`).join(', ')}`,
        ),
      ];
    case 'ActionSet':
      return [
        element.actions
          .map((action) => (action.mode ? `[… ${action.title}]` : `[${action.title}]`))
          .join(' '),
      ];
    case 'Input.ChoiceSet':
    case 'Input.Text':
    case 'Input.Date':
    case 'Input.Time':
    case 'Input.Number':
      return [`<${element.label}>${element.value ? ` ${element.value}` : ''}`];
    default:
      return element satisfies never;
  }
}

/** Every element of a card, those inside others too. */
export function everyElement(elements: readonly CardElement[]): CardElement[] {
  return elements.flatMap((element): CardElement[] => {
    const inside =
      element.type === 'Container'
        ? element.items
        : element.type === 'ColumnSet'
          ? element.columns.flatMap(({ items }) => items)
          : element.type === 'Table'
            ? element.rows.flatMap(({ cells }) => cells.flatMap(({ items }) => items))
            : [];
    return [element, ...everyElement(inside)];
  });
}

/** The buttons of a card. */
export function buttonsOf(elements: readonly CardElement[]): readonly Action[] {
  return elements.flatMap((element) => {
    if (element.type === 'Container') return buttonsOf(element.items);
    if (element.type === 'ColumnSet') return element.columns.flatMap(({ items }) => buttonsOf(items));
    return element.type === 'ActionSet' ? element.actions : [];
  });
}
