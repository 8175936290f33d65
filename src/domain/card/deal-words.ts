import { dealMadeIn, type MadeDeal } from '../handoff/deal.ts';
import type { HandoffEvent, Logged } from '../handoff/handoff.ts';
import type { Line, Span } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import type { Words } from '../words/words.ts';
import type { CardView, Paragraph, Section } from './card.ts';

/** The deal that the bot made, with a link and its stage; nothing when there is none. */
export function dealSection({ log, words }: Pick<CardView, 'log' | 'words'>): Section[] {
  const made = dealMadeIn(log);
  return made
    ? [
        {
          kind: 'text',
          title: words.text('card.deal'),
          text: words.line('crm.dealAt', { deal: linkTo(made), stage: made.stage.label }),
        },
      ]
    : [];
}

/** The same of a handoff that is over: where the deal stands by then is to be seen in HubSpot. */
export function dealLine({ log, words }: Pick<CardView, 'log' | 'words'>): Paragraph[] {
  const made = dealMadeIn(log);
  return made ? [{ kind: 'line', text: words.line('card.dealNamed', { deal: linkTo(made) }) }] : [];
}

export function dealMadeWords(made: MadeDeal, words: Words): Line {
  return words.line('crm.dealMade', { deal: linkTo(made), stage: made.stage.label });
}

export function dealNotMadeWords(
  { because }: Extract<HandoffEvent, { type: 'dealNotMade' }>,
  words: Words,
): Line {
  if ('refused' in because) {
    return words.line('crm.dealRefused', { why: whyLine(because.refused, words) });
  }
  const open: Span = { kind: 'link', text: words.text('crm.anOpenOne'), url: because.open };
  return words.line('crm.dealExists', { open });
}

const givenUp: ReadonlySet<HandoffEvent['type']> = new Set(['disqualified', 'gaveUp', 'recycled']);

/** What becomes of the deal of a lead that is given up. */
export function dealLeftWords({ event, seq }: Logged, log: readonly Logged[], words: Words): Line {
  const made = dealMadeIn(log.filter((entry) => entry.seq < seq));
  if (!made || !givenUp.has(event.type)) return [];
  const { ifDisqualified: end } = made;
  const deal = linkTo(made);
  return end === 'leave'
    ? words.line('crm.dealStays', { deal })
    : words.line('crm.dealGoes', { stage: end.moveTo.label, deal });
}

function linkTo({ name, url }: MadeDeal): Span {
  return { kind: 'link', text: name, url };
}
