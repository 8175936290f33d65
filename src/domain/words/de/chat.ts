/** Was die Chats selbst zu sagen haben. */
export const chat = {
  sorry: 'Bei uns ist etwas schiefgegangen; nichts wurde geändert. Versuch es noch einmal.',
  oldButton: 'Dieser Button ist veraltet. Nimm die auf der neuesten Karte dieses Leads.',
  foreigner: 'Dein Konto gehört zu einer anderen Firma. Nichts wurde geändert.',
  tooLate: 'Das hat zu lange gedauert, Slack öffnet das Formular nicht mehr. Versuch es noch einmal.',
  stillWorking: 'Das dauert länger als sonst. Die Antwort kommt hier.',
  stillLooking: 'Das dauert länger als sonst. Öffne den Chat gleich noch einmal.',
  unsure:
    'Slack sagt mir gerade nicht, ob du hier arbeitest. Nichts wurde geändert; versuch es in einer Minute noch einmal.',
  personalOnly: 'Ich antworte in unserem persönlichen Chat: Hier würden andere mitlesen.',
  companyOnly:
    'Du bist hier Gast, deshalb weiß ich nicht, wer du bist. Schreib mir mit einem Konto dieser Firma.',
  nothingChanged: 'Nichts wurde geändert.',
  further: 'Die Karte dieses Leads steht weiter unten.',
  andMore: 'und {$count :number} weitere',
  refresh: 'Aktualisieren',
  lead: 'Lead',
} as const;
