import {
  type Card,
  type CardView,
  isPrimary,
  type Paragraph,
  type Section,
} from '../../../src/domain/card/card.ts';
import { cardFor } from '../../../src/domain/card/card-for.ts';
import { noMemory } from '../../../src/domain/handoff/memory.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { ada, at, lead, logged, names, offered, policy } from '../../support/examples.ts';

/** What a card is made from: the example, ten minutes after it came, unless told otherwise. */
export function view(override: Partial<CardView> = {}): CardView {
  return {
    reader: ada,
    handoff: offered(),
    lead: lead(),
    log: logged(),
    policy: policy(),
    names,
    owners: new Map(),
    memory: noMemory,
    presence: { inactive: new Set(), absences: new Map(), load: new Map() },
    seenAt: null,
    words: wordsIn('en'),
    now: at('15:10'),
    ...override,
  };
}

/** Everything that somebody reads on their card. */
export function cardWords(reader: PersonId, override: Partial<CardView> = {}) {
  return inWords(cardFor(reader, view(override)));
}

/** A card in words; the button to press first is marked. */
export function inWords(card: Card) {
  const { notification, title, tone, status, body, actions, menu, more, foot, history } = card;
  return {
    notification: plain(notification),
    tone,
    status: plain(status),
    title,
    body: body.map(paragraphWords),
    buttons: actions.map((action) => (isPrimary(action) ? `[${action.label}]` : action.label)),
    menu: menu.map(({ label }) => label),
    more: (more?.sections ?? []).map(sectionWords),
    foot: foot && plain(foot),
    history: history.map(({ at: when, text }) => `${when.toISOString().slice(11, 16)} ${plain(text)}`),
  };
}

function paragraphWords(paragraph: Paragraph): string {
  return paragraph.kind === 'links'
    ? paragraph.links.map(({ text }) => text).join(' · ')
    : plain(paragraph.text);
}

function sectionWords(section: Section): string {
  switch (section.kind) {
    case 'facts':
      return [section.title ?? '', ...section.facts.map(({ label, value }) => `${label}: ${value}`)]
        .filter(Boolean)
        .join('\n');
    case 'text':
      return `${section.title}: ${plain(section.text)}`;
    case 'copy':
      return `${section.title}: ${section.text}`;
    case 'moments':
      return `${section.title}: ${section.moments.map(({ text }) => text).join('; ')}`;
    case 'table':
      return section.rows.map((row) => row.join(' | ')).join('\n');
    case 'chart':
      return sectionWords({ kind: 'table', ...section.table });
    case 'rows':
      return section.rows.map(({ text, detail = [] }) => plain([...text, ...detail])).join('\n');
    default:
      return section satisfies never;
  }
}
