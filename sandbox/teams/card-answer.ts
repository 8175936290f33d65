import { isFields, stringAt } from '../fields.ts';
import { type AdaptiveCardJson, findCardIssues } from './adaptive-card.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';
const messageType = 'application/vnd.microsoft.activity.message';
const errorType = 'application/vnd.microsoft.error';

/** What a bot answered an `adaptiveCard/action` with; `unusable` when Teams can make nothing of it. */
export type CardAnswer =
  | { readonly kind: 'card'; readonly card: AdaptiveCardJson }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'error'; readonly words: string }
  | { readonly kind: 'unusable'; readonly reason: string };

export function readCardAnswer(body: unknown): CardAnswer {
  if (!isFields(body))
    return unusable('the answer is not a JSON object: expected statusCode, type and value');
  const { statusCode, type, value } = body;
  if (typeof statusCode !== 'number') return unusable(`statusCode is ${statusCode}: expected a number`);
  const isFine = statusCode === 200;
  switch (type) {
    case cardType: {
      if (!isFine) return unusable(`statusCode ${statusCode} with a card: expected 200`);
      const issues = findCardIssues(value);
      if (issues.length > 0) return unusable(`the card is not valid: ${issues.join('; ')}`);
      return { kind: 'card', card: value as AdaptiveCardJson };
    }
    case messageType:
      if (!isFine) return unusable(`statusCode ${statusCode} with a message: expected 200`);
      if (typeof value !== 'string' || value === '') return unusable('value is no text: expected a message');
      return { kind: 'message', text: value };
    case errorType: {
      if (statusCode < 400) return unusable(`statusCode ${statusCode} with an error: expected 400 or more`);
      const code = isFields(value) ? stringAt(value, 'code') : null;
      const message = isFields(value) ? stringAt(value, 'message') : null;
      if (code === null || message === null) return unusable('value has no code and message: expected both');
      return { kind: 'error', words: `${code}: ${message}` };
    }
    default:
      return unusable(`type "${type}": expected ${cardType}, ${messageType} or ${errorType}`);
  }
}

function unusable(reason: string): CardAnswer {
  return { kind: 'unusable', reason };
}
