import { type Line, line } from '../domain/words/line.ts';
import type { Answer } from '../flow/ports/chat.ts';

/** When a step fails. */
export const sorry = line`Something went wrong on our side; nothing was changed. Try again.`;

/** To a button that only old cards have. */
export const unknownAction = line`This button is out of date. Use the buttons on the newest card of this lead.`;

/** To somebody of another company, who may see a card in a channel that is shared with it. */
export const foreigner = line`Your account belongs to another company. Nothing was changed.`;

export function refusal(text: Line): Answer {
  return { done: false, text, field: null };
}
