/** Going away and coming back. */
export const absence = {
  askTitle: 'Pause your leads?',
  fromNow: 'Away from now until {$until}.',
  fromNowOpen: 'Away from now until you say that you are back.',
  later: 'Away from {$from} until {$until}. Until then you take leads as usual.',
  laterOpen: 'Away from {$from} until you say that you are back. Until then you take leads as usual.',
  nothingGoes: 'No lead waits for your answer.',
  wouldGo:
    '.input {$count :number} .match $count one {{1 unanswered lead would go to somebody else: {$leads}.}} * {{{$count} unanswered leads would go to others: {$leads}.}}',
  wouldStay:
    '.input {$count :number} .match $count one {{{$leads} stays with you: nobody else can take it now.}} * {{{$leads} stay with you: nobody else can take them now.}}',
  acceptedStay: 'What you have accepted stays yours.',
  goAway: 'Go Away',
  fromTomorrow: 'From Tomorrow',
  cancel: 'Cancel',
  undo: 'Undo',
  imBack: "I'm Back",

  awayTitle: 'You are away',
  awayUntil: 'Until {$until} no new leads come to you.',
  awayOpen: 'No new leads come to you until you are back.',
  awayLaterTitle: 'Your time away is noted',
  awayLater: 'From {$from} until {$until} no new leads come to you.',
  awayLaterOpen: 'From {$from} on no new leads come to you, until you are back.',
  went: '{$lead} went to {$rep}',
  andMore: '.input {$count :number} {{{$count} more}}',

  cancelled: 'Nothing changed',
  isPast: 'That would have been until {$until}. Ask again for another time.',
  cancelledText: 'You take leads as before.',

  undoneTitle: 'Undone: you take leads again',
  cameBack:
    '.input {$count :number} .match $count one {{{$leads} is yours again.}} * {{{$leads} are yours again.}}',
  stayedWith: '{$lead} stays with {$rep}, who has answered.',
  isOver: '{$lead} is closed meanwhile.',
  tooLateTitle: 'Too late to undo',
  tooLate: 'Undo works for five minutes. You can still come back; the leads stay where they are.',
  nothingToUndo: 'You are not away any more.',

  backTitle: 'Welcome back',
  back: "You're back in turn. Missed leads are not made up.",
  stillAwayTitle: 'HubSpot still has you away',
  stillAway: 'Change it in your HubSpot profile.',

  notATime: 'I don\'t know until when "{$said}" is. Try one of these:',
  notACount: '"{$said}" what? Try one of these:',
  hasPassed: '"{$said}" has passed. Try one of these:',
  endsFirst: '"{$said}" ends before it begins. Try one of these:',
  tomorrow: 'Tomorrow',
  untilFriday: 'Until Friday',
  nextWeek: 'Until Next Week',
  sayTime: 'Tomorrow, {$time}',
  sayDays: '.input {$days :number} .match $days one {{1 Day}} * {{{$days} Days}}',
  sayAt: 'At {$time}',
  orType: 'Or type a day or a time: friday, 14:00, tomorrow 3pm, Dec 24, 12/24 - 1/2.',

  pausedTitle: 'Your leads are paused',
  paused:
    '.input {$count :number} {{You did not answer the last {$count} cards, so no new leads come to you. What you have accepted stays yours.}}',
  repPausedTitle: 'The leads of {$rep} are paused',
  repPaused:
    '.input {$count :number} {{They did not answer the last {$count} cards. New leads come to them again when they say that they are back.}}',
} as const;
