import markdownIt from 'markdown-it';

/** What Teams leaves as it is: in a card it knows bold, italic, lists and links. */
const unknownToTeams = [
  'backticks',
  'blockquote',
  'code',
  'fence',
  'heading',
  'hr',
  'html_block',
  'html_inline',
  'image',
  'lheading',
  'strikethrough',
  'table',
];

const markdown = markdownIt().disable(unknownToTeams);

/** The markdown of a card's text as HTML. A link that somebody forged is one here, as it would be in Teams. */
export function markdownHtml(text: string): string {
  return markdown.render(text);
}
