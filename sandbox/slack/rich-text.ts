import {
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
  url,
  whole,
} from './block-checks.ts';

const style = shape({
  optional: { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag },
});

const LEAVES: Readonly<Record<string, Kind>> = {
  text: { required: { text: text(Number.POSITIVE_INFINITY) }, optional: { style } },
  link: { required: { url }, optional: { text: text(3000), unsafe: flag, style } },
  emoji: { required: { name: text(255) }, optional: { unicode: text(255), style } },
  user: { required: { user_id: text(255) }, optional: { style } },
  usergroup: { required: { usergroup_id: text(255) }, optional: { style } },
  channel: { required: { channel_id: text(255) }, optional: { style } },
  broadcast: { required: { range: oneOf('here', 'channel', 'everyone') }, optional: { style } },
  color: { required: { value: matching(/^#[0-9a-f]{6}$/i, 'a hex colour') }, optional: { style } },
  date: {
    required: { timestamp: number, format: text(3000) },
    optional: { url, fallback: text(3000), style },
  },
};

const MANY = 1000;
const border = oneOf(0, 1);
const SECTION: Kind = { required: { elements: list(typed(LEAVES), 0, MANY) } };

const PARTS: Readonly<Record<string, Kind>> = {
  rich_text_section: SECTION,
  rich_text_quote: { ...SECTION, optional: { border } },
  rich_text_preformatted: {
    required: { elements: list(typed(LEAVES, ['text', 'link']), 0, MANY) },
    optional: { border, language: text(255) },
  },
  rich_text_list: {
    required: {
      elements: list(typed({ rich_text_section: SECTION }), 1, MANY),
      style: oneOf('bullet', 'ordered'),
    },
    optional: { border, indent: whole(0, 8), offset: whole(0, 100_000) },
  },
};

/** The fields of a `rich_text` block, which is a block, a table cell, and an input's initial value. */
export const RICH_TEXT_KIND: Kind = {
  required: { elements: list(typed(PARTS), 0, MANY) },
  optional: { block_id: text(255) },
};

export const RICH_TEXT: Check = typed({ rich_text: RICH_TEXT_KIND });
