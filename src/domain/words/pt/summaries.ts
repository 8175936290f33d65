/** O que chega sozinho: o que espera por alguém de manhã, e como foi a semana da equipe. */
export const summaries = {
  morning: 'Bom dia, {$name}: {$count :number} para ligar hoje',
  laterInTheDay: 'Olá, {$name}: {$count :number} para ligar hoje',
  woke: `.input {$count :number}
.match $count
one {{{#b}{$who}{/b} dormia e voltou}}
*   {{{#b}{$count}{/b} dormiam e voltaram: {$who}}}`,
  wokeTitle: 'De volta ({$count :number})',
  all: 'Todos os meus leads',
  change: 'Mudar este resumo',
  week: '{$whose}, {$dates}',
  weekText: '{#b}{$leads}{/b}, contra {$before} na semana anterior.',
  toLookAt: 'Veja isto',
  fine: 'Nada está atrasado, e nenhum lead espera por alguém ausente.',
  held: 'retido desde {$since}: {$why}',
  heldMore: 'mais {$count :number} retidos',
  why: 'Por quê',
  byRep: 'Números por vendedor',
  title: 'Seus resumos',
  help: 'O que chega a você sozinho: sua lista da manhã, a semana da sua equipe. Desligue e ligue de novo.',
  mornings: '{#b}Sua lista da manhã{/b} às {$at}, nos dias em que você trabalha, quando algo espera por você',
  weeks: '{#b}A semana da sua equipe{/b}, {$day} {$at}',
  reports: '{#b}O que foi feito dos leads do marketing{/b}, {$day} {$at}',
  none: 'Pela política da sua empresa, nenhum chega a você.',
  isOff: 'Estão desligados: nada chega sozinho.',
  off: 'Desligar',
  on: 'Ligar',
  unknown: 'Não entendo “{$said}” aqui: diga {$off} ou {$on}.',
  setting: 'Resumos',
  settingOff: 'desligados',
  button: 'Resumos…',
} as const;
