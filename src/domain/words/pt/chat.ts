/** O que os próprios chats têm a dizer. */
export const chat = {
  sorry: 'Algo deu errado do nosso lado; nada mudou. Tente de novo.',
  oldButton: 'Este botão está desatualizado. Use os do card mais recente deste lead.',
  foreigner: 'Sua conta é de outra empresa. Nada mudou.',
  tooLate: 'Demorou demais para o Slack abrir o formulário. Tente de novo.',
  stillWorking: 'Isto está demorando mais que o normal. A resposta vem aqui.',
  stillLooking: 'Isto está demorando mais que o normal. Abra o chat de novo daqui a pouco.',
  unsure: 'O Slack não me diz agora se você trabalha aqui. Nada mudou; tente de novo em um minuto.',
  personalOnly: 'Respondo no nosso chat pessoal: aqui outras pessoas leriam.',
  companyOnly: 'Você é convidado aqui, então não sei quem você é. Escreva com uma conta desta empresa.',
  nothingChanged: 'Nada mudou.',
  further: 'O card deste lead está mais abaixo.',
  andMore: 'e mais {$count :number}',
  refresh: 'Atualizar',
  lead: 'Lead',
} as const;
