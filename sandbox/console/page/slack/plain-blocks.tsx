import type { BlockState } from '../../protocol.ts';
import { areControls, Controls } from './controls.tsx';
import { type BlockElement, isElement, isPlainText, textIn } from './elements.ts';

/**
 * Whether a block is drawn by this page: those of plain text, which the renderer takes for markup, so that a lead
 * called `<!channel>` would become a mention; and those whose buttons are to be heard.
 */
export function isPlain({ type, text, fields, accessory, elements }: BlockState): boolean {
  switch (type) {
    case 'header':
      return true;
    case 'section':
      return (
        [text, ...listOf(fields)].every((one) => one === undefined || isPlainText(one)) &&
        (accessory === undefined || areControls([accessory]))
      );
    case 'context':
      return listOf(elements).every(isPlainText);
    case 'actions':
      return areControls(elements);
    default:
      return false;
  }
}

/** A block for which `isPlain` is true. */
export function PlainBlock({ block }: { block: BlockState }) {
  const { type, block_id, accessory, fields, elements } = block;
  switch (type) {
    case 'header':
      return (
        <h3 className="block-header" id={block_id}>
          {textIn(block)}
        </h3>
      );
    case 'context':
      return (
        <p className="block-context" id={block_id}>
          {listOf(elements)
            .map((element) => String(element['text']))
            .join(' ')}
        </p>
      );
    case 'actions':
      return areControls(elements) && <Controls blockId={block_id} elements={elements} />;
    default:
      return (
        <div className="block-section">
          {textIn(block) !== null && <p>{textIn(block)}</p>}
          {listOf(fields).length > 0 && (
            <ul className="block-fields">
              {listOf(fields).map((field) => (
                <li key={String(field['text'])}>{String(field['text'])}</li>
              ))}
            </ul>
          )}
          {isElement(accessory) && <Controls blockId={block_id} elements={[accessory]} />}
        </div>
      );
  }
}

function listOf(value: unknown): BlockElement[] {
  return Array.isArray(value) ? value.filter(isElement) : [];
}
