import { denial } from '../handoff/rights.ts';
import { whoIs } from '../lead/who-is.ts';
import type { PersonId } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import type { RouteReason } from '../routing/route.ts';
import { apart, joined, type Line } from '../words/line.ts';
import type { Card, CardAction, CardView, Paragraph, Section } from './card.ts';
import type { CommandName } from './command-name.ts';
import { type FormName, formNames } from './form.ts';
import { formFor } from './form-for.ts';
import { heldUpWords } from './held-up.ts';
import { reasonInWords } from './reasons.ts';
import { tell } from './story.ts';

/** Who and why, in a line by itself: "Demo request: Lena Fischer · Northwind Robotics". */
export function titleOf({ handoff, lead, policy }: Pick<CardView, 'handoff' | 'lead' | 'policy'>): string {
  return `${triggerLabel({ handoff, policy })}: ${apart(whoIs(lead))}`;
}

function triggerLabel({ handoff, policy }: Pick<CardView, 'handoff' | 'policy'>): string {
  return triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
}

/** What a locked phone shows: what the status stresses, what it is, who, and how large. */
export function notificationOf(view: CardView, status: Line): Line {
  const { handoff, lead, words } = view;
  const stressed = status.filter(({ bold: isBold }) => isBold);
  const said = stressed.length > 0 ? stressed : status;
  const size = lead.account?.employees;
  const who = size ? `${whoIs(lead)} (${size.toLocaleString(words.language)})` : whoIs(lead);
  if (handoff.status === 'closed') return words.line('card.notifyClosed', { status: said, lead: who });
  return words.line('card.notify', { status: said, trigger: triggerLabel(view), lead: who });
}

/** What HubSpot did not take of what was done, above the button for it. */
export function notInHubSpot({ handoff, words }: Pick<CardView, 'handoff' | 'words'>): Paragraph[] {
  return handoff.heldUp ? [{ kind: 'line', text: heldUpWords(handoff.heldUp, words) }] : [];
}

/** What decided, and who was looked at and could not take it; rules that found nobody at all say nothing to a rep. */
export function whyHolder({ handoff, names, words }: Pick<CardView, 'handoff' | 'names' | 'words'>): Line {
  const worthSaying = handoff.assignment.reasons.filter(isWorthSaying).toReversed();
  return joined(
    worthSaying.map((reason) => reasonInWords(reason, { names, words })),
    '; ',
  );
}

function isWorthSaying(reason: RouteReason): boolean {
  if (reason.taken) return true;
  switch (reason.kind) {
    case 'contactOwner':
    case 'accountOwner':
      return reason.ownerId !== null;
    case 'rep':
    case 'hadBefore':
    case 'rotation':
    case 'pool':
      return true;
    case 'notForThis':
      return false;
    default:
      return reason satisfies never;
  }
}

const titlesNamed = 2;

/** What is folded. Its label says what there is. */
export function foldedAway({ words }: CardView, sections: readonly Section[]): Card['more'] {
  if (sections.length === 0) return null;
  const titles = sections.flatMap((section) => ('title' in section && section.title ? [section.title] : []));
  const named = [...new Set(titles)].slice(0, titlesNamed).join(', ').toLowerCase();
  return { label: words.text('card.more', { what: named }), sections };
}

/** What happened since the first card. */
export function historyOf(
  view: Pick<CardView, 'reader' | 'log' | 'policy' | 'names' | 'words'>,
): Card['history'] {
  return view.log.flatMap((entry) => {
    const storyLine = tell(entry, view);
    return storyLine ? [{ at: entry.at, text: storyLine.text }] : [];
  });
}

/** A button that a card would have, by the name of its words. */
export type Offer = {
  act: Exclude<CommandName, 'allow'> | FormName;
  called?: ButtonLabel;
  primary?: boolean;
};
type ButtonLabel = 'claim' | 'someoneElse';

/** Of the buttons those for what the reader may do; none of a form in which there is nothing to choose. */
export function buttons(reader: PersonId, view: CardView, offers: readonly Offer[]): CardAction[] {
  return offers
    .filter(({ act }) => !denial(act, reader, view.handoff, view.policy))
    .flatMap(({ act, called, primary = false }): CardAction[] => {
      const label = view.words.text(`card.${called ?? act}`);
      if (!isForm(act)) return [{ kind: 'command', command: act, label, primary }];
      const form = formFor(act, view);
      return form ? [{ kind: 'form', form, label, primary }] : [];
    });
}

function isForm(act: Offer['act']): act is FormName {
  return formNames.some((name) => name === act);
}

export function openInHubSpot({ lead, words }: Pick<CardView, 'lead' | 'words'>): CardAction {
  return { kind: 'link', url: lead.url, label: words.text('card.openInHubSpot') };
}
