/** O que há de errado no que foi digitado. */
export const faults = {
  fromList: 'Escolha da lista.',
  tooLong:
    'Esta nota tem {$length :number} caracteres. O máximo é {$most :number}; o resto fica melhor no próprio HubSpot.',
  noDay: 'Escolha um dia do calendário.',
  tooEarly: 'Escolha {$day} ou depois.',
  noTime: 'Escolha um horário.',
  noNumber: 'Escreva um número, como 12.5.',
  noWholeNumber: 'Escreva um número inteiro, como 12.',
  atLeastOne: 'Escolha pelo menos um.',
  aDay: 'Escolha um dia.',
  aNumber: 'Escreva um número.',
  oneMore: 'Mais uma pergunta: responda esta também, por favor.',
  wanted: 'O HubSpot também pede isto.',
  hubspotSays: 'HubSpot: {$why}',
  notTaken: 'O HubSpot não aceita isto.',
  chooseOne: 'Escolha uma opção.',
  writeSomething: 'Escreva algo aqui.',
} as const;
