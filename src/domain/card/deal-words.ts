import { dealMadeIn, type MadeDeal } from '../handoff/deal.ts';
import type { HandoffEvent, Logged } from '../handoff/handoff.ts';
import { type Line, line, type Span } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import type { CardView, Paragraph, Section } from './card.ts';

/** The deal that the bot made, with a link and its stage; nothing when there is none. */
export function dealSection({ log, words }: Pick<CardView, 'log' | 'words'>): Section[] {
  const made = dealMadeIn(log);
  return made
    ? [{ kind: 'text', title: words.text('card.deal'), text: line`${linkTo(made)}, ${made.stage.label}` }]
    : [];
}

/** The same of a handoff that is over: where the deal stands by then is to be seen in HubSpot. */
export function dealLine({ log, words }: Pick<CardView, 'log' | 'words'>): Paragraph[] {
  const made = dealMadeIn(log);
  return made ? [{ kind: 'line', text: words.line('card.dealNamed', { deal: linkTo(made) }) }] : [];
}

export function dealMadeWords(made: MadeDeal): Line {
  return line`A deal was made in HubSpot: ${linkTo(made)}, ${made.stage.label}.`;
}

export function dealNotMadeWords(
  { because }: Extract<HandoffEvent, { type: 'dealNotMade' }>,
  words: Words,
): Line {
  if ('refused' in because) {
    return line`HubSpot did not take the deal: ${whyLine(because.refused, words)}. Please make it by hand.`;
  }
  const open: Span = { kind: 'link', text: 'an open one', url: because.open };
  return line`No deal was made: there is ${open} already.`;
}

const givenUp: ReadonlySet<HandoffEvent['type']> = new Set(['disqualified', 'gaveUp', 'recycled']);

/** What becomes of the deal of a lead that is given up. */
export function dealLeftWords({ event, seq }: Logged, log: readonly Logged[]): Line {
  const made = dealMadeIn(log.filter((entry) => entry.seq < seq));
  if (!made || !givenUp.has(event.type)) return [];
  const { ifDisqualified: end } = made;
  return end === 'leave'
    ? line` Its deal stays in HubSpot: ${linkTo(made)}.`
    : line` Its deal goes to ${end.moveTo.label}, unless somebody has moved it on: ${linkTo(made)}.`;
}

function linkTo({ name, url }: MadeDeal): Span {
  return { kind: 'link', text: name, url };
}
