import { useSyncExternalStore } from 'react';

export const themes = ['auto', 'light', 'dark'] as const;
/** `auto`: as the system has it. */
export type Theme = (typeof themes)[number];

const kept = 'theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen: Theme = themes.find((theme) => theme === localStorage.getItem(kept)) ?? 'auto';

/** Chooses the colours of the page, also for the next time. */
export function chooseTheme(theme: Theme): void {
  chosen = theme;
  localStorage.setItem(kept, theme);
  show();
  for (const listener of listeners) listener();
}

/** What is chosen, and what that comes to. */
export function useTheme(): { theme: Theme; shown: 'light' | 'dark' } {
  const theme = useSyncExternalStore(subscribe, () => chosen);
  const isDark = useSyncExternalStore(subscribe, () => prefersDark.matches);
  return { theme, shown: theme === 'auto' ? (isDark ? 'dark' : 'light') : theme };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  prefersDark.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    prefersDark.removeEventListener('change', listener);
  };
}

function show(): void {
  document.documentElement.dataset['theme'] = chosen;
}

show();
