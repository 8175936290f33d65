import { type Line, line } from '../domain/card/text.ts';
import type { Answer } from '../flow/ports/chat.ts';

/** When a step fails. */
export const sorry = line`Something went wrong on our side; nothing was changed. Try again.`;

/** To a button that only old cards have. */
export const unknownAction = line`This does nothing any more. The latest card has what can be done.`;

export function refusal(text: Line): Answer {
  return { done: false, text, field: null };
}
