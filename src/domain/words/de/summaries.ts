/** Was von selbst kommt: was am Morgen auf jemanden wartet, und wie die Woche des Teams war. */
export const summaries = {
  morning: 'Guten Morgen, {$name}: heute {$count :number} anzurufen',
  laterInTheDay: 'Hallo {$name}: heute {$count :number} anzurufen',
  woke: `.input {$count :number}
.match $count
one {{{#b}{$who}{/b} hat geruht und ist wieder da}}
*   {{{#b}{$count}{/b} haben geruht und sind wieder da: {$who}}}`,
  wokeTitle: 'Wieder da ({$count :number})',
  all: 'Alle meine Leads',
  change: 'Zusammenfassung ändern',
  week: '{$whose}, {$dates}',
  weekText: '{#b}{$leads}{/b}, in der Woche davor {$before}.',
  toLookAt: 'Sieh dir das an',
  fine: 'Nichts ist zu spät, und niemandes Leads warten, während er weg ist.',
  held: 'wird seit {$since} zurückgehalten: {$why}',
  heldMore: '{$count :number} weitere werden zurückgehalten',
  why: 'Warum',
  byRep: 'Zahlen je Rep',
  title: 'Deine Zusammenfassungen',
  help: 'Was von selbst zu dir kommt: deine Liste am Morgen, die Woche deines Teams. Aus und wieder an.',
  mornings:
    '{#b}Deine Liste am Morgen{/b} um {$at}, an den Tagen, an denen du arbeitest, wenn etwas auf dich wartet',
  weeks: '{#b}Die Woche deines Teams{/b}, {$day} {$at}',
  reports: '{#b}Was aus den Leads des Marketings wurde{/b}, {$day} {$at}',
  none: 'Nach der Policy deiner Firma kommt keine zu dir.',
  isOff: 'Sie sind abgeschaltet: Von selbst kommt nichts.',
  off: 'Abschalten',
  on: 'Anschalten',
  unknown: '„{$said}“ verstehe ich da nicht: Sag {$off} oder {$on}.',
  setting: 'Zusammenfassungen',
  settingOff: 'abgeschaltet',
  button: 'Zusammenfassungen…',
} as const;
