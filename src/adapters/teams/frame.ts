import { oneLine } from '../../domain/words/line.ts';
import type { AdaptiveCard, CardElement, TextElement } from './adaptive-card.ts';
import { literal, textBlock, textRun } from './text.ts';

const spokenMaxLength = 250;

/** A card with this on it. @param speak plain words for whoever hears it */
export function frame(body: readonly CardElement[], speak: string): AdaptiveCard {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    // Clients draw this as markdown: it must not quote anybody.
    fallbackText: 'This version of Teams is too old to show the card. Please update it.',
    // May be read as markup for speech.
    speak: literal(oneLine(speak, spokenMaxLength).replaceAll(/[<>&]/g, ' ')),
    body,
    msteams: { width: 'Full' },
  };
}

/** What a card is about, at its top. */
export function titleBlock(title: string): TextElement {
  return textBlock(textRun(title, { size: 'large', weight: 'bolder' }));
}
