import type { Databases } from './databases.ts';
import type { Figure } from './figure.ts';

/** What a measure has at hand. */
export type Bench = {
  databases: Databases;
  /** For the process of the bot, besides. */
  nodeArguments: readonly string[];
  /** Prints figures as soon as they are there: what comes after them may fail. */
  tell(...figures: readonly Figure[]): void;
  /** What has to be let go of at the end of the measure, however it ends. */
  unwinding: AsyncDisposableStack;
};

export type Measure = (bench: Bench) => Promise<void>;
