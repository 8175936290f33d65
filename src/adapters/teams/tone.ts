import type { Tone } from '../../domain/card/tone.ts';
import type { TextStyle } from './adaptive-card.ts';

/**
 * A second sign beside the words of the status: a look over many cards finds the late ones. Only a dot is green, as
 * Teams' green is too pale for words on white.
 */
export const toneStyles: Readonly<Record<Tone, { dot: TextStyle; words: TextStyle }>> = {
  new: { dot: { color: 'accent' }, words: { color: 'accent' } },
  late: { dot: { color: 'attention' }, words: { color: 'attention' } },
  active: { dot: { color: 'good' }, words: {} },
  done: { dot: { isSubtle: true }, words: {} },
};
