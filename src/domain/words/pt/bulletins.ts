/** Mensagens a uma pessoa sobre mais de um lead, ou nenhum. */
export const bulletins = {
  nothing: 'Nada de novo',
  clockTitle: 'O relógio ficou parado',
  clock: 'De {$from} a {$until} ({$stood}) o bot ficou parado. Tudo o que venceu foi feito agora.',
  shutOutTitle: '{$chat} não deixa o bot entrar',
  shutOut:
    'Nenhum card chega lá até que alguém mude isso: {$why}. Quem está em outro chat recebe o seu por lá; os leads dos outros esperam, e os prazos continuam correndo.',
  noIntroTitle: 'Nenhuma apresentação está saindo',
  noIntro:
    'O HubSpot não deixa o bot usar sequências: dê ao app os escopos {$scopes}. Todo o resto continua.',
  noIntroForTitle: 'Nenhuma apresentação sai para {$rep}',
  noIntroFor:
    'Esta pessoa não pode usar sequências no HubSpot: é preciso um assento do Sales ou Service Hub, Professional ou superior, e a permissão. Todo o resto continua.',
  noRecordsTitle: 'Nenhum lead é mantido no objeto Lead do HubSpot',
  noRecords:
    'A política pede isso com lead_object, mas: {$why}. Todo o resto continua. Mude isso, ou tire da política.',
  erasedTitle: 'Um lead seu foi apagado',
  erased: 'A pedido dele, nada mais é guardado. Você não precisa fazer nada.',
  pausesTitle: 'A nutrição não estava como devia',
  pauses:
    'No HubSpot alguém, ou um workflow, tinha desligado {$property} para {$paused} que vendas tem, e ligado para {$resumed} sem motivo. Já foi corrigido. Para pausar um lead à mão use {$command}; outras correções de hoje estão no log.',
  leads: '.input {$count :number} .match $count one {{{$count} lead}} * {{{$count} leads}}',
  coveredTitle:
    '.input {$count :number} .match $count one {{Um lead de {$rep}}} * {{{$count} leads de {$rep}}}',
  covered: 'O que não tinha resposta foi para outros; o que foi aceito ganhou mais prazo.',
  coveredWhy: '{$why}. O que não tinha resposta foi para outros; o que foi aceito ganhou mais prazo.',
  missedTitle:
    '.input {$count :number} .match $count one {{{$count} lead passou do prazo enquanto o bot estava parado}} * {{{$count} leads passaram do prazo enquanto o bot estava parado}}',
  missed:
    '.input {$count :number} .match $count one {{Ele ainda espera: mostre o card para agir.}} * {{Eles ainda esperam: mostre um card para agir.}}',
  missedMore: '{$said} Estes são os últimos {$shown :number}; outros {$left :number} passaram antes deles.',
  due: 'prazo {$due}, com {$rep}',
  again: 'Volta {$day} para {$rep}. {$reason}, por {$who}{$note}',
  lead: 'Lead',
  more: '.input {$count :number} {{e mais {$count}}}',
  showCard: 'Mostrar card',
  earlier: '.input {$count :number} {{{$count} antes}}',
  fellBack: '{$why}, por isso este card veio para {$chat}.',
  further: 'O card deste lead está mais abaixo.',
  erasedLead: 'Este lead foi apagado a pedido dele.',
  keptNoLonger: 'Este lead não é mais guardado.',
  otherDays: 'Outros dias: pergunte-me {$words}. Em CSV: quem opera o bot chama {$command}.',
  otherDaysTitle: 'Mais',
  insteadTitle: 'Por que isto chegou a você',
  instead: 'Não foi possível avisar o canal {$channel}. Veja se ele ainda existe, e se o bot está nele.',
} as const;
