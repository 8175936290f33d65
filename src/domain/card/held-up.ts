import type { FilledIn, HeldUp, HeldUpField } from '../handoff/handoff.ts';
import { type Line, line } from '../words/line.ts';

const fieldWords: Readonly<Record<HeldUpField, string>> = {
  ownerId: 'the owner',
  lifecycleStage: 'the stage',
  leadStatus: 'the lead status',
};

/** What HubSpot would not take, and what it wants, in a sentence. */
export function heldUpWords({ fields, wants }: HeldUp): Line {
  const what = listed(fields.map((field) => fieldWords[field])) || 'what was written';
  return wants.length > 0
    ? line`HubSpot wants ${listed(wants.map(({ label }) => label))} before it takes ${what}.`
    : line`HubSpot would not take ${what}: a rule of its admin stands against it.`;
}

/** "Budget to 50,000 and Timeline to This year". */
export function filledInWords(values: readonly FilledIn[]): string {
  return listed(values.map(({ label, shown }) => (shown ? `${label} to ${shown}` : `${label} to nothing`)));
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function listed(words: readonly string[]): string {
  return list.format(words);
}
