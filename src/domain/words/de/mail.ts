/** Mails an unsere Leute. Zeiten stehen darin, wie die Uhren dort gehen, wo gelesen wird. */
export const mail = {
  acceptSubject: 'Wartet auf deine Antwort: {$lead}',
  acceptLateSubject: 'Wartet noch auf eine Antwort: {$lead}',
  touchSubject: 'Kontakt aufnehmen: {$lead}',
  touchLateSubject: 'Noch kein Kontakt: {$lead}',
  accept: '{$lead} wartet auf eine Antwort von {$rep}, fällig {$due}.',
  acceptLate: '{$lead} wartet auf eine Antwort von {$rep}, die {$due} fällig war.',
  touch: '{$rep} hat {$lead} angenommen und muss bis {$due} Kontakt aufnehmen.',
  touchLate: '{$rep} hat {$lead} angenommen, aber noch keinen Kontakt aufgenommen. Fällig war das {$due}.',
  why: 'Warum jetzt: {$trigger}.',
  todo: 'Antworte auf der Karte in {$chat}.',
  open: 'In HubSpot öffnen',
  foot: 'Vom Bot für Lead-Übergaben gesendet, weil der Lead wartet. Antworten auf diese Mail werden nicht gelesen.',
} as const;
