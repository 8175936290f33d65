/** Por que nada resultou do que alguém fez, e o que dá para fazer. */
export const refused = {
  closed:
    '.input {$outcome :string} .match $outcome disqualified {{Este lead foi desqualificado. Nada mudou.}} unresponsive {{Desistimos deste lead por falta de resposta. Nada mudou.}} recycled {{Este lead voltou à nutrição. Nada mudou.}} converted {{Este lead virou negócio. Nada mudou.}} withdrawn {{Este lead foi retirado. Nada mudou.}} * {{Este repasse está encerrado ({$outcome}). Nada mudou.}}',
  notYours: 'Este lead agora está com {$holder}. Nada mudou.',
  managersOnly: 'Só {$manager} pode decidir isso. Nada mudou.',
  alreadyAccepted: 'Já foi aceito {$at}. Registre um contato quando tiver falado com o lead.',
  alreadyHolds: 'Este lead já está com {$rep}. Escolha outra pessoa.',
  unknownReason: '"{$reason}": este motivo foi removido; escolha outro.',
  noteMissing: '"{$reason}" precisa de uma nota: algumas palavras sobre o que está por trás.',
  otherMissing: '"{$reason}" precisa do outro contato: busque e escolha um.',
  unfitDay: 'Escolha um dia depois de hoje, dentro de dois anos.',
  tooLate: 'Isso era possível até {$until}. Para trabalhar o lead, repasse-o de novo no HubSpot.',
  notSentBack: 'Ninguém devolveu este lead. Nada mudou.',
  elsewhere: 'Este lead já está com vendas de novo. Nada mudou.',
  attemptsMissing:
    '{$made :number} de {$atLeast :number} tentativas em {$within} até agora: continue tentando ou escolha outro motivo.',
  workingDays: '.input {$days :number} .match $days one {{{$days} dia útil}} * {{{$days} dias úteis}}',
  workingTime: '{$duration} de expediente',
  unknownPerson: '{$person} não recebe leads. Escolha alguém da lista.',
  nobodyElse:
    'Ninguém mais pode ficar com este lead agora, então ele continua com você. Seu gestor pode reatribuí-lo.',
  unknownGrace: 'Isso não é mais possível. Abra o formulário de novo e escolha quanto tempo.',
  alreadyLonger: 'O prazo já não é antes de {$due}. Escolha um tempo maior.',
  nothingRunning: 'Nenhum prazo está correndo, então não há o que prorrogar.',
  nothingWanted: 'O HubSpot já tem tudo o que queria. Não há mais nada a preencher.',
  snoozedEnough:
    '.input {$times :number} .match $times one {{Você já adiou este lead uma vez. Responda, peça mais tempo além do prazo ou devolva-o.}} * {{Você já adiou este lead {$times} vezes. Responda, peça mais tempo além do prazo ou devolva-o.}}',
  pastTarget: 'Isso passa do prazo ({$due}), e não há ninguém acima para pedir. Escolha um tempo menor.',
  askedAlready: 'Você já pediu tempo a {$manager}. Até a decisão, o prazo continua.',
  pingedAlready: 'Já levou uma cutucada {$at}. Espere um minuto, reatribua ou assuma.',
  stale: 'O repasse já avançou. Nada mudou.',
} as const;
