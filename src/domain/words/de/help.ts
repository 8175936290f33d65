/** Alles, was man fragen kann, und was die Buttons der Karten bedeuten. */
export const help = {
  home: 'Was auf dich wartet, das Dringendste zuerst, mit einem Button für jeden Lead.',
  stats: 'Wie schnell und wie gut du oder dein Team geantwortet habt.',
  why: 'Warum ein Lead zu wem kam, oder zu niemandem. Mit E-Mail, HubSpot-ID oder mindestens drei Buchstaben des Namens.',
  opener: 'Ein erster Satz an einen Lead zum Kopieren: einer zum Schreiben, einer zum Sagen.',
  sentBack:
    'Für Marketing, Teamleitung und Admins: was der Vertrieb zurückschickte, und warum, nach Quelle und Kampagne.',
  suppressions: 'Für welche deiner Leads das Nurturing pausiert ist, und bis wann längstens.',
  recycled: 'Welche Leads ins Nurturing zurückgingen, weil es noch zu früh war, und bis wann.',
  overturn: 'Für die Teamleitung: Ein zurückgeschickter Lead geht dort weiter, wo er war.',
  ooo: 'Keine Leads für dich bis dahin: heute, morgen 14 Uhr, Freitag, 3 Tage, 24.12. oder 24.12. - 2.1. Ohne Zeit gilt es, bis du dich zurückmeldest. Du wirst vorher gefragt.',
  back: 'Du bekommst wieder Leads.',
  settings: 'Wohin deine Karten kommen und wann du arbeitest.',
  sample: 'Eine Karte zum Ansehen; nichts, was du darauf tust, hat eine Wirkung.',
  help: 'Diese Liste.',
  cardsTitle: 'Auf den Karten',
  cards:
    'Annehmen heißt: Du übernimmst den Lead. Kontakt eintragen heißt: Du hast dich gemeldet; ein Anruf oder eine E-Mail in HubSpot zählt ebenso. Disqualifizieren schickt ihn mit dem Grund zurück. Verschieben hält die Erinnerungen fern, höchstens zweimal. Zurückgeben gibt ihn sofort jemand anderem. Zugreifen nimmt einen Lead, der deinem Team offensteht.',
  managersTitle: 'Auf den Karten der Teamleitung',
  managers:
    'Neu zuweisen, Selbst übernehmen und Mehr Zeit geben entscheiden, was aus einem wartenden Lead wird. Anstupsen bittet, sich den Lead anzusehen.',
} as const;
