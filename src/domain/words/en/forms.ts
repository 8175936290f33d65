/** What people fill in, and what comes of it. */
export const forms = {
  // What became of it, in the thread
  attemptDue: '{$rep}, time to try again: you planned it for {$due}.',
  undidAccepted: '{$who} took that back: not accepted yet.',
  undidTouched: '{$who} took that back: the touch does not count.',
  undidEnd: '{$who} took that back: the lead goes on as before.',
  // What somebody reads who did it
  undone: 'Undone: it is as it was.',
  // Refusals
  nothingToUndo: 'There is nothing to undo any more. Nothing was changed.',
  undoneTooLate: 'Undo works for {$seconds :number} seconds, and they are over. Nothing was changed.',
  touchTooEarly: 'You have had this lead since {$since}. Choose a later time.',
  touchToCome: 'That is still to come. Choose a time of today that has passed.',
  unfitMeeting: 'That has passed. Choose a day and time to come.',
} as const;
