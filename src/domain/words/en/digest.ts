/** The message that brings a rep several leads at once. */
export const digest = {
  title: '.input {$count :number} .match $count one {{1 lead for you}} * {{{$count} leads for you}}',
  text: 'Accept what you take on, or look at the card first.',
  accept: 'Accept',
  show: 'Show Card',
  lead: '{$trigger} · accept by {$due}',
} as const;
