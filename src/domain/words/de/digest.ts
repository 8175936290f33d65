/** Die Nachricht, die mehrere Leads auf einmal bringt. */
export const digest = {
  title: '.input {$count :number} .match $count one {{1 Lead für dich}} * {{{$count} Leads für dich}}',
  text: 'Nimm an, was du übernimmst, oder sieh dir erst die Karte an.',
  accept: 'Annehmen',
  show: 'Karte zeigen',
  lead: '{$trigger} · annehmen bis {$due}',
} as const;
