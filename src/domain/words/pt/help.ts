/** Tudo o que se pode perguntar, e o que os botões dos cards fazem. */
export const help = {
  home: 'O que espera por você, o mais urgente primeiro, com um botão para cada lead.',
  stats: 'Rapidez e qualidade das suas respostas ou das do seu time.',
  why: 'Por que um lead foi para quem foi, ou para ninguém. Por e-mail, ID do HubSpot ou pelo menos três letras do nome.',
  opener: 'Uma primeira frase para um lead, pronta para copiar: uma para escrever, outra para dizer.',
  sentBack:
    'Para marketing, gestores e administradores: o que vendas devolveu, e por quê, por origem e campanha.',
  suppressions: 'Para quais dos seus leads a nutrição está pausada, e até quando no máximo.',
  recycled: 'Quais leads voltaram à nutrição porque ainda não era hora, e até quando.',
  overturn: 'Para gestores: um lead devolvido segue de onde parou.',
  ooo: 'Nenhum lead para você até lá: hoje, amanhã 14h, sexta, 3 dias, 24/12 ou 24/12 - 2/1. Sem horário, vale até você avisar que voltou. Você confirma antes.',
  back: 'Você volta a receber leads.',
  settings: 'Onde seus cards chegam e quando você trabalha.',
  sample: 'Um card para olhar; nada do que você fizer nele tem efeito.',
  help: 'Esta lista.',
  cardsTitle: 'Nos cards',
  cards:
    'Aceitar diz que o lead fica com você. Registrar contato diz que você entrou em contato; uma ligação ou um e-mail no HubSpot também conta. Desqualificar devolve o lead com o motivo. Adiar segura os lembretes, no máximo duas vezes. Devolver passa o lead a outra pessoa na hora. Assumir pega um lead oferecido ao seu time.',
  managersTitle: 'Nos cards de quem gerencia',
  managers:
    'Reatribuir, Ficar com ele e Dar mais tempo decidem o que acontece com um lead que espera. Cutucar pede a quem está com ele que dê uma olhada.',
} as const;
