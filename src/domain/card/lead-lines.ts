import type { Briefing } from '../briefing/briefing.ts';
import { type CardPart, cardLayout, cardParts } from '../policy/card-layout.ts';
import { apart, cut, type Line, line, plain, spanText } from '../words/line.ts';
import type { CardView, Paragraph, Section } from './card.ts';

/** On a phone: characters of a line, and lines between the title and the buttons. */
const lineLength = 40;
const mostLines = 6;
const mostQuoted = 76;

/** What stands above the buttons unless the policy says otherwise; what has no room there stands behind the fold. */
const usual: readonly CardPart[] = ['role', 'words', 'signals', 'memory', 'warnings'];
/** What keeps its place when there is not room for all. */
const importance: readonly CardPart[] = ['role', 'words', 'warnings', 'memory', 'signals'];

/** What a card tells of the lead: `body` above the buttons, `folded` behind the fold. */
export type LeadLines = { body: Paragraph[]; folded: Section[] };

/**
 * What has to be known before anything is pressed: what they are, what they said and did, how it was before, and last how
 * to reach them; and everything else. The policy may have more of it above, something first, or something not at all.
 */
export function leadLines(briefing: Briefing, view: CardView): LeadLines {
  return arranged(briefing, view, 'whole');
}

/** Who it is alone above the buttons, for whoever has read the rest before, or does not call. */
export function shortLines(briefing: Briefing, view: CardView): LeadLines {
  return arranged(briefing, view, 'short');
}

function arranged(briefing: Briefing, view: CardView, length: 'whole' | 'short'): LeadLines {
  const { handoff, policy } = view;
  const { show, first, hide } = cardLayout(policy.cards, {
    trigger: handoff.trigger,
    team: handoff.assignment.team,
  });
  const shown = cardParts
    .filter((part) => !hide.includes(part))
    .toSorted((a, b) => rank(a, first) - rank(b, first));
  const isShort = length === 'short';
  const above = shown.filter((part) => (isShort ? ['role'] : [...usual, ...show, ...first]).includes(part));
  const links = isShort ? [] : waysToReach(briefing, view);
  const kept = fittingParts(
    above,
    [...first, ...show, ...importance],
    briefing,
    view,
    mostLines - linesOf(links),
  );
  return {
    body: [...above.flatMap((part) => kept.get(part) ?? []), ...links],
    folded: [
      ...shown.flatMap((part) => {
        const paragraphs = kept.get(part);
        if (!paragraphs) return folded(part, briefing, view);
        // Of several lines the later ones may have had no room.
        return asTexts(paragraphsOf(part, briefing, view).slice(paragraphs.length));
      }),
      ...reachFacts(briefing, links),
    ],
  };
}

/** What stands first goes first, in its order. */
function rank(part: CardPart, first: readonly CardPart[]): number {
  const at = first.indexOf(part);
  return at === -1 ? first.length + cardParts.indexOf(part) : at;
}

/** As many lines of the parts as there is room for, the most important parts first. */
function fittingParts(
  parts: readonly CardPart[],
  order: readonly CardPart[],
  briefing: Briefing,
  view: CardView,
  room: number,
): Map<CardPart, Paragraph[]> {
  const kept = new Map<CardPart, Paragraph[]>();
  let left = room;
  for (const part of new Set(order)) {
    if (!parts.includes(part)) continue;
    for (const paragraph of paragraphsOf(part, briefing, view)) {
      left -= linesOf([paragraph]);
      if (left < 0) return kept;
      kept.set(part, [...(kept.get(part) ?? []), paragraph]);
    }
  }
  return kept;
}

/** A part as lines above the buttons. */
function paragraphsOf(part: CardPart, briefing: Briefing, view: CardView): Paragraph[] {
  switch (part) {
    case 'role':
      return lines([whatTheyAre(briefing)]);
    case 'words':
      return briefing.words ? [{ kind: 'quote', text: line`“${cut(briefing.words.text, mostQuoted)}”` }] : [];
    case 'signals':
      return lines(briefing.signals ? [briefing.signals.line] : []);
    case 'memory':
      return lines(briefing.memory.map((told) => told.line));
    case 'warnings':
      return lines(warnings(briefing));
    case 'summary':
      return lines(briefing.summary ? [briefing.summary.line] : []);
    case 'openers':
    case 'answers':
    case 'fit':
    case 'about':
    case 'activity':
      return folded(part, briefing, view).flatMap((section) =>
        section.kind === 'facts'
          ? lines(
              section.facts.map(
                ({ label, value }) => line`${{ kind: 'text', text: label, bold: true }} ${value}`,
              ),
            )
          : [],
      );
    default:
      return part satisfies never;
  }
}

/** A part behind the fold. */
function folded(part: CardPart, briefing: Briefing, view: CardView): Section[] {
  const { words } = view;
  switch (part) {
    case 'role':
    case 'words':
    case 'signals':
    case 'warnings':
    case 'summary':
      return asTexts(paragraphsOf(part, briefing, view));
    case 'openers':
      return [
        {
          kind: 'facts',
          facts: [
            { label: words.text('card.openerMail'), value: briefing.openers.mail },
            { label: words.text('card.openerCall'), value: briefing.openers.call },
          ],
        },
      ];
    case 'memory':
      return [
        ...asTexts(paragraphsOf(part, briefing, view)),
        ...groups(part, briefing),
        ...nurture(briefing),
      ];
    case 'answers':
    case 'fit':
    case 'about':
      return groups(part, briefing);
    case 'activity':
      return [
        ...groups(part, briefing),
        ...(briefing.notShared
          ? [{ kind: 'text', title: '', text: line`${briefing.notShared}` } as const]
          : []),
      ];
    default:
      return part satisfies never;
  }
}

function groups(part: CardPart, { more }: Briefing): Section[] {
  return more
    .filter((group) => group.part === part)
    .map(({ kind, title, facts }): Section => {
      if (kind === 'facts')
        return { kind, title, facts: facts.map(({ label, value }) => ({ label, value })) };
      const moments = facts.flatMap(({ label, value, at }) =>
        at ? [{ at, text: label ? `${label}: ${apart(value)}` : value }] : [],
      );
      return { kind, title, moments };
    });
}

function nurture({ reach }: Briefing): Section[] {
  return asTexts(lines(reach.flags.filter(isOurs).map((told) => told.line)));
}

/** What stands against writing to them; that nurture is paused does not. */
function warnings({ reach }: Briefing): Line[] {
  return reach.flags.filter((told) => !isOurs(told)).map((told) => told.line);
}

function isOurs({ facts }: Briefing['reach']['flags'][number]): boolean {
  return facts.some(({ source }) => source.kind === 'log');
}

function lines(texts: readonly Line[]): Paragraph[] {
  return texts.flatMap((text) => (text.length > 0 ? [{ kind: 'line', text } as const] : []));
}

function asTexts(paragraphs: readonly Paragraph[]): Section[] {
  return paragraphs.flatMap((one) =>
    one.kind === 'links' ? [] : [{ kind: 'text', title: '', text: one.text } as const],
  );
}

function linesOf(paragraphs: readonly Paragraph[]): number {
  const lengths = paragraphs.map((paragraph) =>
    paragraph.kind === 'links'
      ? [...paragraph.links.map(({ text }) => text), paragraph.after ?? ''].join(' · ').length
      : paragraph.text.map((span) => spanText(span, () => '12:00 AM')).join('').length,
  );
  return lengths.reduce((sum, length) => sum + Math.ceil(length / lineLength), 0);
}

/** "VP Revenue Operations · Trucking, 640 people · Illinois" */
export function whatTheyAre({ role }: Briefing): Line {
  return role?.line ?? [];
}

/** What people and phones write a number with, and as much of it as any number has. */
const number = /^\+?[\d ()./-]{4,30}$/;
const address = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/**
 * A number to call, and a mail in which the first sentence stands already, with what time it is there. What looks like no
 * number or address is shown behind the fold.
 */
function waysToReach({ reach, openers }: Briefing, { lead, words }: CardView): Paragraph[] {
  const [phone, email] = [reach.phone?.value ?? '', reach.email?.value ?? ''];
  const links = [
    ...(number.test(phone) ? [{ text: phone, url: `tel:${phone.replaceAll(/[^+\d]/g, '')}` }] : []),
    ...(address.test(email) && lead.consent.optedOut !== true
      ? [{ text: words.text('card.email'), url: `mailto:${inUrl(email)}?body=${inUrl(openers.mail)}` }]
      : []),
  ];
  return links.length > 0 ? [{ kind: 'links', links, after: reach.localTime && plain(reach.localTime) }] : [];
}

/** Those ways that no link shows. */
function reachFacts({ reach: { phone, email } }: Briefing, links: readonly Paragraph[]): Section[] {
  const linked = links.flatMap((one) => (one.kind === 'links' ? one.links.map(({ text }) => text) : []));
  const facts = [phone, email].flatMap((fact) =>
    fact && !linked.includes(fact.value) ? [{ label: fact.label, value: fact.value }] : [],
  );
  return facts.length > 0 ? [{ kind: 'facts', facts }] : [];
}

/** Without the signs that mean something in markdown. */
function inUrl(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*~_]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
