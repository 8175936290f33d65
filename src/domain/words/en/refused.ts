/** Why nothing came of what somebody did, and what they can do. */
export const refused = {
  closed:
    '.input {$outcome :string} .match $outcome disqualified {{This lead was disqualified. Nothing was changed.}} unresponsive {{This lead was given up as unresponsive. Nothing was changed.}} recycled {{This lead is back in nurture. Nothing was changed.}} converted {{This lead has become a deal. Nothing was changed.}} withdrawn {{This lead was withdrawn. Nothing was changed.}} * {{This handoff is closed ({$outcome}). Nothing was changed.}}',
  notYours: '{$holder} holds this lead now. Nothing was changed.',
  managersOnly: 'Only {$manager} can decide this. Nothing was changed.',
  alreadyAccepted: 'Already accepted {$at}. Log a touch when you have reached out.',
  alreadyHolds: '{$rep} holds this lead already. Choose somebody else.',
  unknownReason: '"{$reason}": this reason was removed; choose another.',
  noteMissing: '"{$reason}" needs a note: a few words on what is behind it.',
  otherMissing: '"{$reason}" needs the other contact: search for it and choose one.',
  unfitDay: 'Choose a day after today, within two years.',
  tooLate: 'That was possible until {$until}. Hand the lead over again in HubSpot if it should be worked on.',
  notSentBack: 'Nobody has sent this lead back. Nothing was changed.',
  elsewhere: 'This lead is with sales again already. Nothing was changed.',
  attemptsMissing:
    '{$made :number} of {$atLeast :number} attempts within {$within} so far: keep trying, or pick another reason.',
  workingDays: '.input {$days :number} .match $days one {{{$days} working day}} * {{{$days} working days}}',
  workingTime: '{$duration} of working time',
  unknownPerson: '{$person} takes no leads. Choose somebody from the list.',
  nobodyElse:
    'There is nobody else who could take this lead now, so it stays with you. Your manager can reassign it.',
  unknownGrace: 'This cannot be given any more. Open the form again and choose how much longer.',
  alreadyLonger: 'It is not due before {$due} as it is. Choose a longer time.',
  nothingRunning: 'No deadline is running, so there is nothing to extend.',
  nothingWanted: 'HubSpot has all that it wanted. There is nothing left to fill in.',
  snoozedEnough:
    '.input {$times :number} .match $times one {{You have snoozed this lead once. Answer it, ask for time past the target, or hand it back.}} * {{You have snoozed this lead {$times} times. Answer it, ask for time past the target, or hand it back.}}',
  pastTarget: 'That is past the target ({$due}), and nobody is above you to ask. Choose a shorter time.',
  askedAlready: 'You have asked {$manager} for time already. Until they decide, the target stays.',
  pingedAlready: 'They were nudged {$at}. Give them a minute, reassign it, or take it.',
  stale: 'The handoff has moved on. Nothing was changed.',
} as const;
