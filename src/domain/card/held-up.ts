import type { FilledIn, HeldUp } from '../handoff/handoff.ts';
import type { Line } from '../words/line.ts';
import type { Words } from '../words/words.ts';

/** What HubSpot would not take, and what it wants, in a sentence. */
export function heldUpWords({ fields, wants }: HeldUp, words: Words): Line {
  const named = words.list(fields.map((field) => words.text(`crm.${field}`)));
  const what = named || words.text('crm.whatWasWritten');
  return wants.length > 0
    ? words.line('crm.wants', { wants: words.list(wants.map(({ label }) => label)), what })
    : words.line('crm.notTaken', { what });
}

/** "Budget to 50,000 and Timeline to This year". */
export function filledInWords(values: readonly FilledIn[], words: Words): string {
  return words.list(
    values.map(({ label, shown }) =>
      shown ? words.text('crm.setTo', { label, value: shown }) : words.text('crm.setToNothing', { label }),
    ),
  );
}
