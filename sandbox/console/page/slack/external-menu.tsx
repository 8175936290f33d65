import { type AriaAttributes, useRef, useState } from 'react';
import type { Entered, FoundOption } from '../../protocol.ts';

/** A menu whose options the app finds by what is typed; one that takes several keeps those that are chosen. */
export function ExternalMenu({
  value,
  known,
  leastTyped,
  placeholder,
  onEnter,
  onSuggest,
  shared: { id, ...described },
}: {
  value: Entered;
  /** What it held at first. */
  known: readonly FoundOption[];
  leastTyped: number;
  placeholder: string;
  onEnter: (value: Entered) => void;
  onSuggest: (text: string) => Promise<readonly FoundOption[]>;
  shared: AriaAttributes & { id: string; required: boolean };
}) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly FoundOption[] | null>(null);
  const [labels, setLabels] = useState(() => new Map(known.map((option) => [option.value, option.label])));
  const newest = useRef(0);
  const chosen = Array.isArray(value) ? value : value === null ? [] : [value];

  const search = async (typed: string) => {
    setText(typed);
    newest.current += 1;
    const asked = newest.current;
    if (typed.length < leastTyped) {
      setFound(null);
      return;
    }
    const options = await onSuggest(typed);
    // An answer to fewer letters may come last.
    if (asked === newest.current) setFound(options);
  };
  const choose = (option: FoundOption) => {
    setLabels((all) => new Map(all).set(option.value, option.label));
    setText('');
    setFound(null);
    onEnter(Array.isArray(value) ? [...new Set([...value, option.value])] : option.value);
  };
  const drop = (one: string) => onEnter(Array.isArray(value) ? value.filter((other) => other !== one) : null);

  return (
    <div className="external">
      {chosen.map((one) => (
        <button key={one} type="button" className="external-chosen" onClick={() => drop(one)}>
          {labels.get(one) ?? one} <span aria-hidden="true">×</span>
        </button>
      ))}
      <input
        {...described}
        id={id}
        type="text"
        role="combobox"
        aria-expanded={found !== null}
        aria-controls={`${id}-options`}
        autoComplete="off"
        placeholder={placeholder}
        value={text}
        onFocus={() => leastTyped === 0 && void search(text)}
        onChange={(event) => void search(event.target.value)}
      />
      <div className="external-options" id={`${id}-options`} role="listbox" hidden={found === null}>
        {found?.length === 0 && <p>No results</p>}
        {found?.map((option) => (
          <button
            key={option.value}
            type="button"
            role="option"
            aria-selected={chosen.includes(option.value)}
            onClick={() => choose(option)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </div>
  );
}
