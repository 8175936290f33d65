import type { Line } from '../../domain/words/line.ts';
import type { AdaptiveCard, Choice } from './adaptive-card.ts';

/** The answer to an `adaptiveCard/action`: a card in place of the one that was pressed, or words. */
export type Shown = AdaptiveCard | string;

/** The answer to an `application/search`. */
export type Found = { found: readonly Choice[] };

/** What came of something that Teams sent. */
export type Outcome = {
  /** Null where Teams shows no answer. */
  shown: Shown | Found | null;
  /** What the sender would miss if the answer came too late to be shown. */
  untold: Line | null;
  /** Of the HTTP answer, unless 200: Teams should send it again, or it is meant for another kind of app. */
  status?: 500 | 501;
};

export const nothing: Outcome = { shown: null, untold: null };
