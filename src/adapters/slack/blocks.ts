import type { Button, HeaderBlock } from '@slack/types';
import { oneLine } from '../../domain/words/line.ts';
import { plainText } from './text.ts';

const headerMaxLength = 150;
const buttonMaxLength = 75;

/** How much of a message stands in its notification, which is also what a screen reader reads. */
export const notificationMaxLength = 400;

/** A message's title as Slack's headers take it. */
export function headline(title: string, otherwise: string): string {
  return oneLine(title, headerMaxLength) || otherwise;
}

export function header(title: string): HeaderBlock {
  return { type: 'header', text: plainText(title, headerMaxLength) };
}

/** @param about tells it from the same button of another card: in one conversation only sight says which belongs where */
export function buttonFor(
  about: string,
  label: string,
): Pick<Button, 'type' | 'text' | 'accessibility_label'> {
  const text = plainText(label, buttonMaxLength);
  return { type: 'button', text, accessibility_label: oneLine(`${text.text}: ${about}`, buttonMaxLength) };
}

/** What Slack counts when it refuses blocks as too long: about 13,000 characters of JSON together. */
export function jsonLength(value: unknown): number {
  return JSON.stringify(value).length;
}
