/** Colour is only ever a second sign: words beside it say the same. */
export type Tone = 'new' | 'late' | 'active' | 'done';
