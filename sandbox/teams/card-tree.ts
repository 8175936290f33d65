import { type Fields, isFields, stringAt } from '../fields.ts';

/** What is no part of the card as a client shows it: its own data, stand-ins, and what names people. */
const notShown: ReadonlySet<string> = new Set(['data', 'fallback', 'msteams', 'requires']);

export type PlacedAction = {
  readonly action: Fields;
  /** The cards that the action stands in, from the outermost to the one that holds it. */
  readonly cards: readonly Fields[];
};

/** Every object of a card with its JSON pointer, without fallbacks. */
export function nodesOf(value: unknown, pointer = ''): { node: Fields; pointer: string }[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => nodesOf(each, `${pointer}/${index}`));
  if (!isFields(value)) return [];
  const inner = shownParts(value).flatMap(([name, part]) => nodesOf(part, `${pointer}/${name}`));
  return [{ node: value, pointer }, ...inner];
}

/** Every action that a person finds in a card, those of its inner cards included. */
export function actionsIn(card: Fields, outer: readonly Fields[] = []): PlacedAction[] {
  const cards = [...outer, card];
  const search = (value: unknown): PlacedAction[] => {
    if (Array.isArray(value)) return value.flatMap(search);
    if (!isFields(value)) return [];
    if (!isAction(value)) return shownParts(value).flatMap(([, part]) => search(part));
    const inner = isFields(value['card']) ? actionsIn(value['card'], cards) : [];
    return [{ action: value, cards }, ...inner];
  };
  const { refresh, ...shown } = card;
  return shownParts(shown).flatMap(([, part]) => search(part));
}

/** The inputs of a card itself: those of a card that an action would show are not among them. */
export function inputsOf(card: Fields): Fields[] {
  const search = (value: unknown): Fields[] => {
    if (Array.isArray(value)) return value.flatMap(search);
    if (!isFields(value) || isAction(value)) return [];
    const type = stringAt(value, 'type') ?? '';
    if (type.startsWith('Input.') && type !== 'Input.Choice') return [value];
    return shownParts(value).flatMap(([, part]) => search(part));
  };
  return search(card);
}

function isAction(node: Fields): boolean {
  return stringAt(node, 'type')?.startsWith('Action.') === true;
}

function shownParts(node: Fields): [string, unknown][] {
  return Object.entries(node).filter(([name]) => !notShown.has(name));
}
