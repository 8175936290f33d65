import { use } from 'react';
import { type BlockElement, isElement, stringIn, textIn } from './elements.ts';
import { Overflow } from './overflow.tsx';
import { PressContext } from './press.ts';

/** Whether all that can be pressed in a list of elements is drawn by this page. */
export function areControls(elements: unknown): elements is BlockElement[] {
  return (
    Array.isArray(elements) && elements.every((one) => isElement(one) && drawn.includes(String(one['type'])))
  );
}

const drawn = ['button', 'overflow'];

/** Buttons and menus in a row. */
export function Controls({ blockId, elements }: { blockId: string; elements: readonly BlockElement[] }) {
  return (
    <div className="block-actions" id={blockId}>
      {elements.map((element, index) => (
        <Control key={stringIn(element, 'action_id') ?? index} blockId={blockId} element={element} />
      ))}
    </div>
  );
}

function Control({ blockId, element }: { blockId: string; element: BlockElement }) {
  const press = use(PressContext);
  const ids = { blockId, actionId: stringIn(element, 'action_id') ?? '' };
  if (element['type'] === 'overflow') {
    return (
      <Overflow options={optionsOf(element)} onChoose={({ value, url }) => press({ ids, value, url })} />
    );
  }
  return (
    <button
      type="button"
      className="block-button"
      data-style={stringIn(element, 'style')}
      aria-label={stringIn(element, 'accessibility_label') ?? undefined}
      onClick={() => press({ ids, value: null, url: stringIn(element, 'url') })}
    >
      {textIn(element)}
    </button>
  );
}

function optionsOf({ options }: BlockElement) {
  return (Array.isArray(options) ? options.filter(isElement) : []).map((option) => ({
    label: textIn(option) ?? '',
    value: stringIn(option, 'value') ?? '',
    url: stringIn(option, 'url'),
  }));
}
