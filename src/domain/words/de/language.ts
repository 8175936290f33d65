/** Welche Sprache jemand liest, und warum. */
export const language = {
  title: 'Deine Sprache: {$language}',
  chosen: 'So hast du es gewählt. Karten, Nachrichten und Antworten kommen in jedem Chat auf Deutsch.',
  fromChat: 'So nutzt du {$chat}. Wählst du eine andere, gilt sie in jedem Chat.',
  fromCompany: 'Es ist die deiner Firma: Dein Chat nennt keine, die ich kenne. Du kannst eine andere wählen.',
  auto: 'Wie im Chat',
  unknown: 'Die Sprache „{$said}“ kenne ich noch nicht',
  choose: 'Wähle eine davon:',
  button: 'Sprache…',
} as const;
