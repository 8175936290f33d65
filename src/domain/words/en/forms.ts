/** What people fill in, and what comes of it. */
export const forms = {
  // Log a Touch
  logTouch: 'Log a Touch',
  logTouchSubmit: 'Log Touch',
  did: 'What did you do?',
  when: 'When?',
  now: 'Just now',
  minutesAgo: '.input {$minutes :number} .match $minutes 60 {{1 hour ago}} * {{{$minutes} minutes ago}}',
  earlierToday: 'Earlier today at …',
  atWhatTime: 'At what time today?',
  meetingDay: 'On which day is the meeting?',
  meetingTime: 'At what time?',
  toRemember: 'What should we remember?',
  nextTry: 'When do you try again?',
  inWorkingDays:
    '.input {$days :number} .match $days one {{In {$days} working day, {$day}}} * {{In {$days} working days, {$day}}}',
  noNextTry: 'Not planned',
  // Snooze
  halfHour: '30 minutes (until {$until})',
  twoHours: '2 hours (until {$until})',
  tomorrow: 'Tomorrow morning ({$until})',
  halfHourAsked: 'Ask {$manager} for 30 minutes (until {$until})',
  twoHoursAsked: 'Ask {$manager} for 2 hours (until {$until})',
  tomorrowAsked: 'Ask {$manager} for time until {$until}',
  // Disqualify, hand back, reassign
  disqualify: 'Disqualify',
  passOn: 'Pass On',
  backToNurture: 'Back to Nurture',
  nurtureUntil: 'Nurture until {$day}',
  forMarketing: 'What should marketing know?',
  forNextRep: 'Note for the next rep',
  forThen: 'What to say then',
  recommended: '{$who} (recommended)',
  // What became of it, in the thread
  attemptDue: '{$rep}, time to try again: you planned it for {$due}.',
  undidAccepted: '{$who} took that back: not accepted yet.',
  undidTouched: '{$who} took that back: the touch does not count.',
  undidEnd: '{$who} took that back: the lead goes on as before.',
  // What somebody reads who did it
  touchLogged: 'Touch logged.',
  touchLoggedNext: 'Touch logged. Try again by {$next}.',
  undone: 'Undone: it is as it was.',
  // Refusals
  chooseDid: 'Choose what you did.',
  nothingToUndo: 'There is nothing to undo any more. Nothing was changed.',
  undoneTooLate: 'Undo works for {$seconds :number} seconds, and they are over. Nothing was changed.',
  touchTooEarly: 'You have had this lead since {$since}. Choose a later time.',
  touchToCome: 'That is still to come. Choose a time of today that has passed.',
  unfitMeeting: 'That has passed. Choose a day and time to come.',
} as const;
