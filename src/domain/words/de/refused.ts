/** Warum aus etwas nichts wurde, und was man tun kann. */
export const refused = {
  closed:
    '.input {$outcome :string} .match $outcome disqualified {{Dieser Lead wurde disqualifiziert. Nichts wurde geändert.}} unresponsive {{Dieser Lead wurde aufgegeben, weil er nicht antwortet. Nichts wurde geändert.}} recycled {{Dieser Lead ist zurück im Nurturing. Nichts wurde geändert.}} converted {{Aus diesem Lead wurde ein Deal. Nichts wurde geändert.}} withdrawn {{Dieser Lead wurde zurückgezogen. Nichts wurde geändert.}} * {{Diese Übergabe ist abgeschlossen ({$outcome}). Nichts wurde geändert.}}',
  notYours: 'Diesen Lead hat jetzt {$holder}. Nichts wurde geändert.',
  managersOnly: 'Das kann nur {$manager} entscheiden. Nichts wurde geändert.',
  alreadyAccepted: 'Schon angenommen, {$at}. Trage den Kontakt ein, sobald es einen gab.',
  alreadyHolds: 'Diesen Lead hat schon {$rep}. Wähle jemand anderen.',
  unknownReason: '„{$reason}“: Diesen Grund gibt es nicht mehr; wähle einen anderen.',
  noteMissing: '„{$reason}“ braucht eine Notiz: ein paar Worte, was dahintersteckt.',
  otherMissing: '„{$reason}“ braucht den anderen Kontakt: Suche ihn und wähle ihn aus.',
  unfitDay: 'Wähle einen Tag nach heute, innerhalb von zwei Jahren.',
  tooLate:
    'Das ging bis {$until}. Soll weiter an dem Lead gearbeitet werden, übergib ihn in HubSpot noch einmal.',
  notSentBack: 'Niemand hat diesen Lead zurückgeschickt. Nichts wurde geändert.',
  elsewhere: 'Dieser Lead ist schon wieder beim Vertrieb. Nichts wurde geändert.',
  attemptsMissing:
    'Bisher {$made :number} von {$atLeast :number} Versuchen innerhalb von {$within}: Versuche es weiter oder wähle einen anderen Grund.',
  workingDays: '.input {$days :number} .match $days one {{{$days} Arbeitstag}} * {{{$days} Arbeitstagen}}',
  workingTime: '{$duration} Arbeitszeit',
  unknownPerson: '{$person} bekommt keine Leads. Wähle jemanden aus der Liste.',
  nobodyElse:
    'Gerade kann niemand anderes diesen Lead nehmen, also bleibt er bei dir. Deine Teamleitung kann ihn neu zuweisen.',
  unknownGrace: 'Das geht nicht mehr. Öffne das Formular noch einmal und wähle, wie viel länger.',
  alreadyLonger: 'Er ist ohnehin erst {$due} fällig. Wähle eine längere Zeit.',
  nothingRunning: 'Es läuft keine Frist, also gibt es nichts zu verlängern.',
  nothingWanted: 'HubSpot hat alles, was es wollte. Es ist nichts mehr auszufüllen.',
  snoozedEnough:
    '.input {$times :number} .match $times one {{Du hast diesen Lead schon einmal verschoben. Beantworte ihn, bitte um Zeit über die Frist hinaus oder gib ihn zurück.}} * {{Du hast diesen Lead schon {$times}-mal verschoben. Beantworte ihn, bitte um Zeit über die Frist hinaus oder gib ihn zurück.}}',
  pastTarget:
    'Das ist nach der Frist ({$due}), und über dir ist niemand, der gefragt werden könnte. Wähle eine kürzere Zeit.',
  askedAlready: 'Du hast {$manager} schon um Zeit gebeten. Bis zur Entscheidung bleibt die Frist.',
  pingedAlready: 'Schon angestupst, {$at}. Warte einen Moment, weise den Lead neu zu oder übernimm ihn.',
  stale: 'Die Übergabe ist inzwischen weiter. Nichts wurde geändert.',
} as const;
