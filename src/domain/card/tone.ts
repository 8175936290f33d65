/**
 * new: to be answered · open: whoever is first has it · waiting: somebody else is to decide · asleep: put off · late · active:
 * somebody is at it · meeting · won · recycled: back to nurture · passedOn: somebody else has it · done
 */
export const tones = [
  'new',
  'open',
  'waiting',
  'asleep',
  'late',
  'active',
  'meeting',
  'won',
  'recycled',
  'passedOn',
  'done',
] as const;
export type Tone = (typeof tones)[number];
