/** A mensagem que traz vários leads de uma vez. */
export const digest = {
  title: '.input {$count :number} .match $count one {{1 lead para você}} * {{{$count} leads para você}}',
  text: 'Aceite o que vai assumir, ou veja o card primeiro.',
  accept: 'Aceitar',
  show: 'Mostrar card',
  lead: '{$trigger} · aceite até {$due}',
} as const;
