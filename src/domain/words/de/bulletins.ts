/** Nachrichten an jemanden über mehrere Leads, oder über keinen. */
export const bulletins = {
  nothing: 'Nichts Neues',
  clockTitle: 'Die Uhr stand still',
  clock: 'Von {$from} bis {$until} ({$stood}) lief der Bot nicht. Alles Fällige ist jetzt erledigt.',
  shutOutTitle: '{$chat} lässt den Bot nicht hinein',
  shutOut:
    'Dort kommt keine Karte an, bis jemand das ändert: {$why}. Wer in einem anderen Chat erreichbar ist, bekommt seine dort; die Leads der anderen warten, und ihre Fristen laufen weiter.',
  noIntroTitle: 'Es gehen keine Begrüßungen hinaus',
  noIntro:
    'HubSpot lässt den Bot keine Sequenzen nutzen: Gib seiner App die Scopes {$scopes}. Alles andere läuft weiter.',
  noIntroForTitle: 'Für {$rep} gehen keine Begrüßungen hinaus',
  noIntroFor:
    'Diese Person darf in HubSpot keine Sequenzen nutzen: Dafür braucht es einen Platz in Sales oder Service Hub, Professional oder höher, und die Berechtigung. Alles andere läuft weiter.',
  noRecordsTitle: 'Im Lead-Objekt von HubSpot werden keine Leads geführt',
  noRecords:
    'Die Policy verlangt es mit lead_object, aber: {$why}. Alles andere läuft weiter. Ändere das, oder nimm es aus der Policy.',
  erasedTitle: 'Einer deiner Leads wurde gelöscht',
  erased: 'Auf eigenen Wunsch ist nichts mehr von ihm gespeichert. Du musst nichts tun.',
  pausesTitle: 'Das Nurturing war nicht, wie es sein soll',
  pauses:
    'In HubSpot hatte jemand, oder ein Workflow, {$property} ausgeschaltet für {$paused} beim Vertrieb und grundlos eingeschaltet für {$resumed}. Das ist berichtigt. Um einen Lead von Hand zu pausieren, nutze {$command}; weitere Korrekturen von heute stehen im Log.',
  leads: '.input {$count :number} .match $count one {{{$count} Lead}} * {{{$count} Leads}}',
  coveredTitle:
    '.input {$count :number} .match $count one {{Ein Lead von {$rep}}} * {{{$count} Leads von {$rep}}}',
  covered: 'Was unbeantwortet war, ging an andere; was angenommen war, ist später fällig.',
  coveredWhy: '{$why}. Was unbeantwortet war, ging an andere; was angenommen war, ist später fällig.',
  missedTitle:
    '.input {$count :number} .match $count one {{Bei {$count} Lead verging die Frist, während der Bot stillstand}} * {{Bei {$count} Leads verging die Frist, während der Bot stillstand}}',
  missed:
    '.input {$count :number} .match $count one {{Er wartet noch: Lass dir seine Karte zeigen.}} * {{Sie warten noch: Lass dir eine Karte zeigen.}}',
  missedMore:
    '{$said} Das sind die letzten {$shown :number}; bei {$left :number} weiteren verging sie davor.',
  due: 'fällig {$due}, bei {$rep}',
  again: 'Kommt wieder {$day}, zu {$rep}. {$reason}, von {$who}{$note}',
  lead: 'Lead',
  more: '.input {$count :number} {{und {$count} weitere}}',
  showCard: 'Karte zeigen',
  earlier: '.input {$count :number} {{{$count} davor}}',
  fellBack: '{$why}, deshalb kam diese Karte in {$chat}.',
  further: 'Die Karte dieses Leads steht weiter unten.',
  erasedLead: 'Dieser Lead wurde auf eigenen Wunsch gelöscht.',
  keptNoLonger: 'Dieser Lead ist nicht mehr gespeichert.',
  otherDays: 'Andere Tage: Frag mich {$words}. Als CSV: Wer den Bot betreibt, ruft {$command} auf.',
  otherDaysTitle: 'Mehr',
  insteadTitle: 'Warum das zu dir kommt',
  instead:
    'Der Channel {$channel} war nicht zu erreichen. Sieh nach, ob es ihn noch gibt und ob der Bot darin ist.',
} as const;
