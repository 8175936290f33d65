/** Was an einer Eingabe nicht stimmt. */
export const faults = {
  fromList: 'Wähle aus der Liste.',
  tooLong:
    'Diese Notiz hat {$length :number} Zeichen. Höchstens {$most :number} sind möglich; der Rest gehört direkt in HubSpot.',
  noDay: 'Wähle einen Tag, den es gibt.',
  tooEarly: 'Wähle {$day} oder später.',
  noTime: 'Wähle eine Uhrzeit.',
  noNumber: 'Schreib eine Zahl, etwa 12.5.',
  noWholeNumber: 'Schreib eine ganze Zahl, etwa 12.',
  atLeastOne: 'Wähle mindestens eines.',
  aDay: 'Wähle einen Tag.',
  aNumber: 'Schreib eine Zahl.',
  oneMore: 'Noch eine Frage: Bitte beantworte auch diese.',
  wanted: 'HubSpot will das auch wissen.',
  hubspotSays: 'HubSpot: {$why}',
  notTaken: 'HubSpot nimmt das nicht an.',
  chooseOne: 'Wähle eine Möglichkeit.',
  writeSomething: 'Schreib hier etwas.',
} as const;
