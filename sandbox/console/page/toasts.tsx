import { useCallback, useRef, useState } from 'react';

export type Toast = {
  id: number;
  text: string;
};

const shownForMs = 8000;

/** Messages that come up and go again. */
export function useToasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const lastId = useRef(0);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (text: string) => {
      lastId.current += 1;
      const id = lastId.current;
      setToasts((all) => [...all, { id, text }]);
      setTimeout(() => dismiss(id), shownForMs);
    },
    [dismiss],
  );
  return { toasts, show, dismiss };
}

export function Toasts({ toasts, onDismiss }: { toasts: readonly Toast[]; onDismiss: (id: number) => void }) {
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text }) => (
        <div className="toast" key={id}>
          <span>{text}</span>
          <button type="button" aria-label="Dismiss" onClick={() => onDismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
