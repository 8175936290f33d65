import type { Tone } from '../../domain/card/tone.ts';
import type { TextStyle } from './adaptive-card.ts';

/**
 * A second sign beside the words of the status: a look over many cards finds the late ones. Of the colours only those
 * that are strong enough on white colour the words as well.
 */
export const toneStyles: Readonly<Record<Tone, { sign: string; dot: TextStyle; words: TextStyle }>> = {
  new: { sign: '●', dot: { color: 'accent' }, words: { color: 'accent' } },
  open: { sign: '●', dot: { color: 'warning' }, words: {} },
  waiting: { sign: '●', dot: { color: 'warning' }, words: {} },
  asleep: { sign: '☾', dot: { isSubtle: true }, words: {} },
  late: { sign: '●', dot: { color: 'attention' }, words: { color: 'attention' } },
  active: { sign: '●', dot: { color: 'good' }, words: {} },
  meeting: { sign: '●', dot: { color: 'good' }, words: {} },
  won: { sign: '★', dot: { color: 'good' }, words: {} },
  recycled: { sign: '↩', dot: { isSubtle: true }, words: {} },
  passedOn: { sign: '→', dot: { isSubtle: true }, words: {} },
  done: { sign: '✓', dot: { isSubtle: true }, words: {} },
};
