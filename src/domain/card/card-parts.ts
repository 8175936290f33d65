import { denial } from '../handoff/rights.ts';
import { type Briefing, brief, type Fact, whoIs } from '../lead/briefing.ts';
import type { PersonId } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import type { RouteReason } from '../routing/route.ts';
import { capital, capitalLine, joined, type Line, line } from '../words/line.ts';
import { whyText } from '../words/why.ts';
import type { Card, CardAction, CardView, Section } from './card.ts';
import type { CommandName } from './command-name.ts';
import { dealSection } from './deal-words.ts';
import { withFilledIn } from './filled-in-facts.ts';
import { type FormName, formNames } from './form.ts';
import { formFor } from './form-for.ts';
import { heldUpWords } from './held-up.ts';
import { reasonInWords } from './reasons.ts';
import { tell } from './story.ts';

/** Who and why: "Demo request: Lena Fischer · Northwind Robotics". */
export function titleOf({
  handoff,
  lead,
  policy,
}: Pick<CardView, 'handoff' | 'lead' | 'policy' | 'now'>): string {
  const trigger = triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
  return `${trigger}: ${whoIs(lead)}`;
}

export function briefingOf({ lead, handoff, now }: Pick<CardView, 'lead' | 'handoff' | 'now'>): Briefing {
  return brief(lead, now, { touched: handoff.firstTouchAt !== null || handoff.back !== undefined });
}

/** What a rep must know before the first call. */
export function aboutLead(view: CardView): Section[] {
  const { summary, facts } = briefingOf(view);
  return [
    ...heldUpSection(view),
    { kind: 'text', title: 'In short', text: line`${summary}` },
    { kind: 'facts', facts: withFilledIn([...whyNow(view), ...facts], view.log) },
    ...dealSection(view),
  ];
}

/** What HubSpot did not take of what was done, above the button for it. */
function heldUpSection({ handoff }: Pick<CardView, 'handoff'>): Section[] {
  if (!handoff.heldUp) return [];
  return [{ kind: 'text', title: 'Not in HubSpot yet', text: heldUpWords(handoff.heldUp) }];
}

/** The last things that happened between the lead and us; nothing when nothing did. */
export function recentActivity(view: CardView): Section[] {
  const { recent } = briefingOf(view);
  return recent.length > 0 ? [{ kind: 'moments', title: 'Recent activity', moments: recent }] : [];
}

/** What made the lead qualify, or came since and is more urgent. */
export function whyNow({ log, words }: Pick<CardView, 'log' | 'words'>): Fact[] {
  const evidence = log.flatMap(({ event }) => ('evidence' in event ? [event.evidence] : [])).at(-1);
  return evidence ? [{ label: 'Why now', value: capital(whyText(evidence, words)) }] : [];
}

/** What decided, and who was looked at and could not take it; rules that found nobody at all say nothing to a rep. */
export function whyHolder({ handoff, names, words }: CardView): Line {
  const worthSaying = handoff.assignment.reasons.filter(isWorthSaying).toReversed();
  return capitalLine(
    joined(
      worthSaying.map((reason) => reasonInWords(reason, { names, words })),
      '; ',
    ),
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

/** What happened since the first card. */
export function historyOf(view: Pick<CardView, 'log' | 'policy' | 'names' | 'words'>): Card['history'] {
  return view.log.flatMap((entry) => {
    const storyLine = tell(entry, view);
    return storyLine ? [{ at: entry.at, text: storyLine.text }] : [];
  });
}

/** A button that a card would have. */
export type Offer = { act: CommandName | FormName; label: string; primary?: boolean };

/** Of the buttons those for what the reader may do; none of a form in which there is nothing to choose. */
export function buttons(reader: PersonId, view: CardView, offers: readonly Offer[]): CardAction[] {
  return offers
    .filter(({ act }) => !denial(act, reader, view.handoff, view.policy))
    .flatMap(({ act, label, primary = false }): CardAction[] => {
      if (!isForm(act)) return [{ kind: 'command', command: act, label, primary }];
      const form = formFor(act, view);
      return form ? [{ kind: 'form', form, label, primary }] : [];
    });
}

/** What people do about the lead's properties in HubSpot, last as what it takes a moment for. */
export const onItsProperties: readonly Offer[] = [
  { act: 'fillIn', label: 'Fill In', primary: true },
  { act: 'update', label: 'Update' },
];

function isForm(act: Offer['act']): act is FormName {
  return formNames.some((name) => name === act);
}

export function openInHubSpot({ lead }: Pick<CardView, 'lead'>): CardAction {
  return { kind: 'link', url: lead.url, label: 'Open in HubSpot' };
}
