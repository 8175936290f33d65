import type { Touch } from './handoff.ts';

/** What people say they did, each with how it went. */
export const touchSorts = [
  'talked',
  'noAnswer',
  'voicemail',
  'emailed',
  'met',
  'booked',
  'messaged',
  'other',
] as const;
export type TouchSort = (typeof touchSorts)[number];

type Sorted = Pick<Touch, 'kind' | 'outcome'>;

const touches: Readonly<Record<TouchSort, Sorted>> = {
  talked: { kind: 'call', outcome: 'connected' },
  noAnswer: { kind: 'call', outcome: 'noAnswer' },
  voicemail: { kind: 'call', outcome: 'leftMessage' },
  emailed: { kind: 'email', outcome: 'sent' },
  met: { kind: 'meeting', outcome: 'connected' },
  booked: { kind: 'meeting', outcome: 'booked' },
  messaged: { kind: 'message', outcome: 'sent' },
  other: { kind: 'other', outcome: 'sent' },
};

/** The touch that somebody means. */
export function touchOf(sort: TouchSort): Sorted {
  return touches[sort];
}

/** What a touch is called; one of before, when any kind went with any outcome, by what can be said of it. */
export function sortOf({ kind, outcome }: Sorted): TouchSort {
  if (outcome === 'booked') return 'booked';
  switch (kind) {
    case 'call':
      if (outcome === 'connected') return 'talked';
      return outcome === 'leftMessage' ? 'voicemail' : 'noAnswer';
    case 'email':
      return 'emailed';
    case 'meeting':
      return outcome === 'connected' ? 'met' : 'other';
    case 'message':
      return 'messaged';
    case 'other':
      return 'other';
    default:
      return kind satisfies never;
  }
}
