import { type Fields, fieldsAt, isFields, stringAt } from '../fields.ts';
import { type Block, listAt } from './wire.ts';

type Placed = {
  readonly block: Fields;
  readonly element: Fields;
  /** JSON pointer to the element. */
  readonly pointer: string;
};

/** Every element that a person can use, with the block that it stands in. */
export function interactiveElements(blocks: readonly unknown[], base = '/blocks'): Placed[] {
  return blocks.flatMap((block, index) => (isFields(block) ? elementsOf(block, `${base}/${index}`) : []));
}

function elementsOf(block: Fields, pointer: string): Placed[] {
  const placed = (element: Fields | null, at: string): Placed[] =>
    element === null || element['type'] === 'image' ? [] : [{ block, element, pointer: `${pointer}/${at}` }];
  const all = (name: string): Placed[] =>
    listAt(block, name).flatMap((element, index) => placed(element, `${name}/${index}`));

  switch (block['type']) {
    case 'section':
      return placed(fieldsAt(block, 'accessory'), 'accessory');
    case 'input':
      return placed(fieldsAt(block, 'element'), 'element');
    case 'actions':
      return all('elements');
    case 'card':
      return all('actions');
    case 'carousel':
      return interactiveElements(listAt(block, 'elements'), `${pointer}/elements`);
    case 'container':
      return interactiveElements(listAt(block, 'child_blocks'), `${pointer}/child_blocks`);
    default:
      return [];
  }
}

/** A copy of blocks that passed the checks, with the ids that Slack adds where the app gave none. */
export function withIds(blocks: readonly unknown[], nextId: () => string): Block[] {
  const copy = structuredClone(blocks).filter(isFields);
  const labelled = copy.map((block) => {
    const type = stringAt(block, 'type') ?? '';
    return Object.assign(block, { type, block_id: stringAt(block, 'block_id') ?? nextId() });
  });
  for (const { block, element } of interactiveElements(labelled)) {
    block['block_id'] ??= nextId();
    element['action_id'] ??= nextId();
  }
  return labelled;
}
