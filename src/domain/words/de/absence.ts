/** Wer weggeht und wiederkommt. */
export const absence = {
  askTitle: 'Deine Leads pausieren?',
  fromNow: 'Abwesend ab jetzt bis {$until}.',
  fromNowOpen: 'Abwesend ab jetzt, bis du dich zurückmeldest.',
  later: 'Abwesend von {$from} bis {$until}. Bis dahin bekommst du Leads wie gewohnt.',
  laterOpen: 'Abwesend ab {$from}, bis du dich zurückmeldest. Bis dahin bekommst du Leads wie gewohnt.',
  nothingGoes: 'Kein Lead wartet auf deine Antwort.',
  wouldGo:
    '.input {$count :number} .match $count one {{1 unbeantworteter Lead ginge an jemand anderen: {$leads}.}} * {{{$count} unbeantwortete Leads gingen an andere: {$leads}.}}',
  wouldStay:
    '.input {$count :number} .match $count one {{{$leads} bleibt bei dir: Sonst ist gerade niemand frei.}} * {{{$leads} bleiben bei dir: Sonst ist gerade niemand frei.}}',
  acceptedStay: 'Was du angenommen hast, bleibt bei dir.',
  goAway: 'Abmelden',
  fromTomorrow: 'Ab morgen',
  cancel: 'Abbrechen',
  undo: 'Rückgängig',
  imBack: 'Bin zurück',

  awayTitle: 'Du bist abwesend',
  awayUntil: 'Bis {$until} bekommst du keine neuen Leads.',
  awayOpen: 'Bis du zurück bist, bekommst du keine neuen Leads.',
  awayLaterTitle: 'Deine Abwesenheit ist notiert',
  awayLater: 'Von {$from} bis {$until} bekommst du keine neuen Leads.',
  awayLaterOpen: 'Ab {$from} bekommst du keine neuen Leads, bis du zurück bist.',
  went: '{$lead} ging an {$rep}',
  andMore: '.input {$count :number} {{{$count} weitere}}',

  cancelled: 'Nichts geändert',
  isPast: 'Das wäre bis {$until} gewesen. Frag noch einmal mit einer anderen Zeit.',
  cancelledText: 'Du bekommst Leads wie bisher.',

  undoneTitle: 'Rückgängig: Du bekommst wieder Leads',
  cameBack:
    '.input {$count :number} .match $count one {{{$leads} ist wieder deiner.}} * {{{$leads} sind wieder deine.}}',
  stayedWith: '{$lead} bleibt bei {$rep}: schon beantwortet.',
  isOver: '{$lead} ist inzwischen abgeschlossen.',
  tooLateTitle: 'Zu spät zum Zurücknehmen',
  tooLate:
    'Rückgängig geht fünf Minuten lang. Du kannst dich trotzdem zurückmelden; die Leads bleiben, wo sie sind.',
  nothingToUndo: 'Du bist nicht mehr abwesend.',

  backTitle: 'Willkommen zurück',
  back: 'Du bist wieder an der Reihe. Verpasste Leads werden nicht nachgeholt.',
  stillAwayTitle: 'HubSpot führt dich noch als abwesend',
  stillAway: 'Ändere das in deinem HubSpot-Profil.',

  notATime: 'Ich weiß nicht, bis wann „{$said}“ ist. Probier eines davon:',
  notACount: '„{$said}“ was? Probier eines davon:',
  hasPassed: '„{$said}“ ist vorbei. Probier eines davon:',
  endsFirst: '„{$said}“ endet, bevor es beginnt. Probier eines davon:',
  tomorrow: 'Morgen',
  untilFriday: 'Bis Freitag',
  nextWeek: 'Bis nächste Woche',
  sayTime: 'Morgen, {$time}',
  sayDays: '.input {$days :number} .match $days one {{1 Tag}} * {{{$days} Tage}}',
  sayAt: 'Um {$time}',
  orType: 'Oder tippe einen Tag oder eine Zeit: Freitag, 14 Uhr, morgen 15 Uhr, 24.12., 24.12. - 2.1.',

  pausedTitle: 'Deine Leads sind pausiert',
  paused:
    '.input {$count :number} {{Du hast die letzten {$count} Karten nicht beantwortet, deshalb bekommst du keine neuen Leads. Was du angenommen hast, bleibt bei dir.}}',
  repPausedTitle: 'Die Leads von {$rep} sind pausiert',
  repPaused:
    '.input {$count :number} {{Die letzten {$count} Karten blieben unbeantwortet. Neue Leads kommen erst wieder nach der Rückmeldung.}}',
} as const;
