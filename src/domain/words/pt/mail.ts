/** E-mails para nossa equipe, com os horários de onde a pessoa trabalha. */
export const mail = {
  acceptSubject: 'Espera sua resposta: {$lead}',
  acceptLateSubject: 'Ainda espera uma resposta: {$lead}',
  touchSubject: 'Entre em contato: {$lead}',
  touchLateSubject: 'Ninguém entrou em contato: {$lead}',
  accept: '{$lead} espera uma resposta de {$rep}, prazo {$due}.',
  acceptLate: '{$lead} espera uma resposta de {$rep}, cujo prazo era {$due}.',
  touch: '{$rep} aceitou {$lead} e precisa entrar em contato até {$due}.',
  touchLate: '{$rep} aceitou {$lead}, mas ninguém entrou em contato. O prazo era {$due}.',
  why: 'Por que agora: {$trigger}.',
  todo: 'Responda no card em {$chat}.',
  open: 'Abrir no HubSpot',
  foot: 'Enviado pelo bot de leads porque o lead está esperando. Respostas a este e-mail não são lidas.',
} as const;
