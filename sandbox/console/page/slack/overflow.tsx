import { useId, useRef } from 'react';

type Option = { label: string; value: string; url: string | null };

/** The menu behind three dots. The browser closes it when somebody presses elsewhere, or Escape. */
export function Overflow({
  options,
  onChoose,
}: {
  options: readonly Option[];
  onChoose: (option: Option) => void;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  /** Below its button, or above it where there is no room. */
  const place = () => {
    if (button.current === null || menu.current === null) return;
    const { left, top, bottom } = button.current.getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = menu.current;
    const fitsBelow = bottom + offsetHeight + 4 < window.innerHeight;
    style.left = `${Math.max(4, Math.min(left, window.innerWidth - offsetWidth - 4))}px`;
    style.top = `${fitsBelow ? bottom + 4 : top - offsetHeight - 4}px`;
    menu.current.querySelector('button')?.focus();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className="block-button block-overflow"
        aria-label="More actions"
        aria-haspopup="menu"
        popoverTarget={id}
      >
        ⋯
      </button>
      <div
        ref={menu}
        id={id}
        className="overflow-menu"
        role="menu"
        popover="auto"
        onToggle={({ newState }) => newState === 'open' && place()}
      >
        {options.map((option) => (
          <button
            key={option.value}
            type="button"
            role="menuitem"
            popoverTarget={id}
            popoverTargetAction="hide"
            onClick={() => onChoose(option)}
          >
            {option.label}
          </button>
        ))}
      </div>
    </>
  );
}
