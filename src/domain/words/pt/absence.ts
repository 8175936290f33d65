/** Quem se ausenta e quem volta. */
export const absence = {
  askTitle: 'Pausar seus leads?',
  fromNow: 'Ausente de agora até {$until}.',
  fromNowOpen: 'Ausente a partir de agora, até você avisar que voltou.',
  later: 'Ausente de {$from} até {$until}. Até lá você recebe leads normalmente.',
  laterOpen: 'Ausente a partir de {$from}, até você avisar que voltou. Até lá você recebe leads normalmente.',
  nothingGoes: 'Nenhum lead espera sua resposta.',
  wouldGo:
    '.input {$count :number} .match $count one {{1 lead sem resposta iria para outra pessoa: {$leads}.}} * {{{$count} leads sem resposta iriam para outras pessoas: {$leads}.}}',
  wouldStay:
    '.input {$count :number} .match $count one {{{$leads} fica com você: ninguém mais pode assumir agora.}} * {{{$leads} ficam com você: ninguém mais pode assumir agora.}}',
  acceptedStay: 'O que você aceitou continua com você.',
  goAway: 'Ausentar-se',
  fromTomorrow: 'A partir de amanhã',
  cancel: 'Cancelar',
  undo: 'Desfazer',
  imBack: 'Voltei',

  awayTitle: 'Você está ausente',
  awayUntil: 'Até {$until} você não recebe novos leads.',
  awayOpen: 'Você não recebe novos leads até voltar.',
  awayLaterTitle: 'Sua ausência está anotada',
  awayLater: 'De {$from} até {$until} você não recebe novos leads.',
  awayLaterOpen: 'A partir de {$from} você não recebe novos leads, até voltar.',
  went: '{$lead} foi para {$rep}',
  andMore: '.input {$count :number} {{mais {$count}}}',

  cancelled: 'Nada mudou',
  isPast: 'Isso seria até {$until}. Peça de novo com outro horário.',
  cancelledText: 'Você continua recebendo leads.',

  undoneTitle: 'Desfeito: você volta a receber leads',
  cameBack:
    '.input {$count :number} .match $count one {{{$leads} é seu de novo.}} * {{{$leads} são seus de novo.}}',
  stayedWith: '{$lead} fica com {$rep}, que já respondeu.',
  isOver: '{$lead} já foi encerrado.',
  tooLateTitle: 'Tarde demais para desfazer',
  tooLate: 'Só dá para desfazer por cinco minutos. Você ainda pode voltar; os leads ficam onde estão.',
  nothingToUndo: 'Você não está mais ausente.',

  backTitle: 'Bem-vindo de volta',
  back: 'Você está de volta ao rodízio. Leads perdidos não são compensados.',
  stillAwayTitle: 'O HubSpot ainda mostra você como ausente',
  stillAway: 'Mude isso no seu perfil do HubSpot.',

  notATime: 'Não sei até quando é “{$said}”. Tente um destes:',
  notACount: '“{$said}” o quê? Tente um destes:',
  hasPassed: '“{$said}” já passou. Tente um destes:',
  endsFirst: '“{$said}” termina antes de começar. Tente um destes:',
  tomorrow: 'Amanhã',
  untilFriday: 'Até sexta',
  nextWeek: 'Até a próxima semana',
  sayTime: 'Amanhã, {$time}',
  sayDays: '.input {$days :number} .match $days one {{1 dia}} * {{{$days} dias}}',
  sayAt: 'Às {$time}',
  orType: 'Ou digite um dia ou horário: sexta, 14h, amanhã 15h, 24/12, 24/12 - 2/1.',

  pausedTitle: 'Seus leads estão pausados',
  paused:
    '.input {$count :number} {{Você não respondeu aos últimos {$count} cards, por isso não recebe novos leads. O que você aceitou continua com você.}}',
  repPausedTitle: 'Os leads de {$rep} estão pausados',
  repPaused:
    '.input {$count :number} {{Os últimos {$count} cards ficaram sem resposta. Novos leads só voltam quando a pessoa avisar que voltou.}}',
} as const;
