/** Messages to one person about more than one lead, or none. */
export const bulletins = {
  nothing: 'Nothing new',
  clockTitle: 'The clock stood still',
  clock: 'From {$from} to {$until} ({$stood}) the bot was down. Everything due was done now.',
  shutOutTitle: '{$chat} keeps the bot out',
  shutOut:
    "No card gets there until somebody changes it: {$why}. Whoever can be reached in another chat gets theirs there; the others' leads wait, and their targets run on.",
  noIntroTitle: 'No intro goes out',
  noIntro:
    'HubSpot does not let the bot use sequences: give its app the scopes {$scopes}. Everything else goes on.',
  noIntroForTitle: 'No intro goes out for {$rep}',
  noIntroFor:
    'In HubSpot they may not use sequences: that takes a seat of Sales or Service Hub, Professional or above, and the permission. Everything else goes on.',
  noRecordsTitle: 'No leads are kept in HubSpot’s Lead object',
  noRecords:
    'The policy asks for it by lead_object, but: {$why}. Everything else goes on. Change that, or take it out of the policy.',
  erasedTitle: 'A lead of yours was erased',
  erased: 'At their request nothing is kept of them any more. You need not do anything about it.',
  pausesTitle: 'Nurture was not as it should be',
  pauses:
    'In HubSpot somebody, or a workflow, had switched {$property} off for {$paused} that sales has, and on for {$resumed} without a cause. It is put right. To pause a lead by hand use {$command}; further repairs of today are in the log.',
  leads: '.input {$count :number} .match $count one {{{$count} lead}} * {{{$count} leads}}',
  coveredTitle:
    '.input {$count :number} .match $count one {{A lead of {$rep}}} * {{{$count} leads of {$rep}}}',
  covered: 'What they had not answered went to others; what they had accepted is due later.',
  coveredWhy: '{$why}. What they had not answered went to others; what they had accepted is due later.',
  missedTitle:
    '.input {$count :number} .match $count one {{{$count} lead passed its target while the bot was down}} * {{{$count} leads passed their target while the bot was down}}',
  missed:
    '.input {$count :number} .match $count one {{It still waits: show its card to act on it.}} * {{They still wait: show a card to act on it.}}',
  missedMore: '{$said} These are the latest {$shown :number}, and {$left :number} more passed before them.',
  due: 'due {$due}, with {$rep}',
  again: 'Back {$day} with {$rep}. {$reason}, by {$who}{$note}',
  lead: 'Lead',
  more: '.input {$count :number} {{and {$count} more}}',
  showCard: 'Show Card',
  earlier: '.input {$count :number} {{{$count} earlier}}',
  fellBack: '{$why}, so this card came to {$chat}.',
  further: "This lead's card is further down.",
  erasedLead: 'This lead was erased at their request.',
  keptNoLonger: 'This lead is kept no longer.',
  otherDays: 'Other days: ask me {$words}. As CSV: whoever runs the bot calls {$command}.',
  otherDaysTitle: 'More',
  insteadTitle: 'Why this comes to you',
  instead:
    'The channel {$channel} could not be told. Look whether it is still there, and whether the bot is in it.',
} as const;
