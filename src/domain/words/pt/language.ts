/** Que idioma a pessoa lê, e por quê. */
export const language = {
  title: 'Seu idioma: {$language}',
  chosen: 'Você escolheu. Cards, mensagens e respostas chegam em português em todos os chats.',
  fromChat: 'É o que você usa no {$chat}. Se escolher outro, ele vale em todos os chats.',
  fromCompany: 'É o da sua empresa: seu chat não informa um que eu conheça. Se quiser, escolha outro.',
  auto: 'Como no chat',
  unknown: 'Ainda não conheço o idioma “{$said}”',
  choose: 'Escolha um destes:',
  button: 'Idioma…',
} as const;
