import type { Outcome } from './protocol.ts';

/** Nothing more to say. */
export const done: Outcome = { ok: true, problem: null, errors: {}, note: null };
