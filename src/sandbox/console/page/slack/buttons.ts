import type { BlockState, SlackMessageState } from '../../protocol.ts';

export interface PressedButton {
  ids: { blockId: string; actionId: string };
  url: string | null;
}

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

type BlockElement = Readonly<Record<string, unknown>>;

function elementsOf(block: BlockState): BlockElement[] {
  return [block['elements'], block['accessory']].flat().filter(isElement);
}

function isElement(value: unknown): value is BlockElement {
  return typeof value === 'object' && value !== null;
}

/** What stands above a message. */
export function headlineOf({ blocks }: Pick<SlackMessageState, 'blocks'>): string | null {
  const text = blocks.find(({ type }) => type === 'header')?.['text'];
  return isElement(text) ? String(text['text']) : null;
}
