import type { BlockState, SlackMessageState } from '../../protocol.ts';
import { type BlockElement, isElement, textIn } from './elements.ts';

export type PressedButton = {
  ids: { blockId: string; actionId: string };
  url: string | null;
};

/**
 * The button of a message that was clicked. The renderer gives a button its action's id and the element around it
 * the block's; the rest is looked up in the blocks.
 */
export function buttonAt(target: EventTarget, blocks: readonly BlockState[]): PressedButton | null {
  const pressed = target instanceof Element ? target.closest('button') : null;
  if (pressed === null) return null;
  for (let place: Element | null = pressed.parentElement; place !== null; place = place.parentElement) {
    const block = blocks.find(({ block_id }) => block_id === place?.id);
    if (block === undefined) continue;
    const button = elementsOf(block).find((element) => element['action_id'] === pressed.id);
    if (button === undefined) return null;
    const url = button['url'];
    return {
      ids: { blockId: block.block_id, actionId: pressed.id },
      url: typeof url === 'string' ? url : null,
    };
  }
  return null;
}

function elementsOf(block: BlockState): BlockElement[] {
  return [block['elements'], block['accessory']].flat().filter(isElement);
}

/** What stands above a message. */
export function headlineOf({ blocks }: Pick<SlackMessageState, 'blocks'>): string | null {
  const header = blocks.find(({ type }) => type === 'header');
  return header ? textIn(header) : null;
}
