import {
  address,
  type Check,
  flag,
  type Kind,
  list,
  matching,
  number,
  oneOf,
  shape,
  text,
  typed,
  whole,
} from './block-checks.ts';

const style = shape({
  optional: { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag },
});

/** People's clients make links of addresses and numbers by themselves; an app's are taken likewise. */
const link = address('https:', 'http:', 'mailto:', 'tel:');

const inlineKinds: Readonly<Record<string, Kind>> = {
  text: { required: { text: text(Number.POSITIVE_INFINITY) }, optional: { style } },
  link: { required: { url: link }, optional: { text: text(3000), unsafe: flag, style } },
  emoji: { required: { name: text(255) }, optional: { unicode: text(255), style } },
  user: { required: { user_id: text(255) }, optional: { style } },
  usergroup: { required: { usergroup_id: text(255) }, optional: { style } },
  channel: { required: { channel_id: text(255) }, optional: { style } },
  broadcast: { required: { range: oneOf('here', 'channel', 'everyone') }, optional: { style } },
  color: { required: { value: matching(/^#[0-9a-f]{6}$/i, 'a hex colour') }, optional: { style } },
  date: {
    required: { timestamp: number, format: text(3000) },
    optional: { url: link, fallback: text(3000), style },
  },
};

const maxElements = 1000;
const border = oneOf(0, 1);
const sectionKind: Kind = { required: { elements: list(typed(inlineKinds), 0, maxElements) } };

const partKinds: Readonly<Record<string, Kind>> = {
  rich_text_section: sectionKind,
  rich_text_quote: { ...sectionKind, optional: { border } },
  rich_text_preformatted: {
    required: { elements: list(typed(inlineKinds, ['text', 'link']), 0, maxElements) },
    optional: { border, language: text(255) },
  },
  rich_text_list: {
    required: {
      elements: list(typed({ rich_text_section: sectionKind }), 1, maxElements),
      style: oneOf('bullet', 'ordered'),
    },
    optional: { border, indent: whole(0, 8), offset: whole(0, 100_000) },
  },
};

/** The fields of a `rich_text` block, which is a block, a table cell, and an input's initial value. */
export const richTextKind: Kind = {
  required: { elements: list(typed(partKinds), 0, maxElements) },
  optional: { block_id: text(255) },
};

export const richText: Check = typed({ rich_text: richTextKind });
