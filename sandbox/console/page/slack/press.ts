import { createContext } from 'react';

/** What was pressed in a message. */
export type Pressed = {
  ids: { blockId: string; actionId: string };
  /** What was chosen in a menu. */
  value: string | null;
  /** Where it leads. */
  url: string | null;
};

/** Hears of what is pressed in the blocks below; without anybody who hears, nothing happens. */
export const PressContext = createContext<(pressed: Pressed) => void>(() => {});
