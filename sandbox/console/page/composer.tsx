import { useRef } from 'react';

/** Where a person writes to the bot; Enter sends. */
export function Composer({
  label,
  placeholder,
  draft,
  onDraft,
  onSend,
}: {
  label: string;
  placeholder: string;
  draft: string;
  onDraft: (draft: string) => void;
  onSend: (text: string) => Promise<unknown>;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        const text = draft.trim();
        if (text === '') return;
        onDraft('');
        void onSend(text);
        field.current?.focus();
      }}
    >
      <input
        ref={field}
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        value={draft}
        onChange={(event) => onDraft(event.target.value)}
      />
      <button type="submit" aria-label="Send" disabled={draft.trim() === ''}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="M1.6 2.3 14.4 8 1.6 13.7 3.2 8.8 9 8 3.2 7.2z" fill="currentColor" />
        </svg>
      </button>
    </form>
  );
}
