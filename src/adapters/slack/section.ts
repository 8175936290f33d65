import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextSection } from '@slack/types';
import type { Section } from '../../domain/card/card.ts';
import { oneLine } from '../../domain/card/text.ts';
import type { Mentions } from '../../flow/ports/chat.ts';
import { most } from '../section-limits.ts';
import { richDate, richLine, richText } from './text.ts';

/** A section of a card or a reply as one block; null when there is nothing in it. */
export function sectionBlock(section: Section, people: Mentions): RichTextBlock | null {
  const elements = elementsOf(section, people);
  return elements.length > 0 ? { type: 'rich_text', elements } : null;
}

function elementsOf(section: Section, people: Mentions): RichTextBlockElement[] {
  switch (section.kind) {
    case 'facts':
      return factElements(section.facts);
    case 'text': {
      const text = richLine(section.text, people, most.text);
      return text.length > 0 ? titled(section.title, text) : [];
    }
    case 'moments': {
      const items = section.moments.slice(0, most.moments).flatMap(({ at, text }) => {
        const what = oneLine(text, most.moment);
        return what ? [paragraph([richDate(at, '{date_short_pretty}, {time}'), richText(` · ${what}`)])] : [];
      });
      return items.length > 0
        ? [...titled(section.title, []), { type: 'rich_text_list', style: 'bullet', elements: items }]
        : [];
    }
    default:
      return section satisfies never;
  }
}

/**
 * One fact a line, its label bold. Fields of a section would stand in two columns, but can hold a lead's words only
 * without any emphasis, and on a phone two columns are two words wide.
 */
function factElements(facts: readonly { label: string; value: string }[]): RichTextBlockElement[] {
  const known = facts
    .map(({ label, value }) => ({
      label: oneLine(label, most.label),
      value: oneLine(value, most.value),
    }))
    .filter(({ value }) => value !== '');
  const lines = known
    .slice(0, most.facts)
    .map(({ label, value }) =>
      label ? [richText(`${label}:`, { bold: true }), richText(` ${value}`)] : [richText(value)],
    );
  if (known.length > most.facts) lines.push([richText(`and ${known.length - most.facts} more`)]);
  const elements = lines.flatMap((fact, index) => (index === 0 ? fact : [richText('\n'), ...fact]));
  return elements.length > 0 ? [paragraph(elements)] : [];
}

/** A bold title and, on the next line, what it is about. */
function titled(title: string, text: readonly RichTextElement[]): RichTextSection[] {
  const heading = oneLine(title, most.title);
  const elements = [
    ...(heading ? [richText(heading, { bold: true })] : []),
    ...(heading && text.length > 0 ? [richText('\n')] : []),
    ...text,
  ];
  return elements.length > 0 ? [paragraph(elements)] : [];
}

function paragraph(elements: readonly RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements: [...elements] };
}
