/** The lines of a card. */
export const card = {
  // What is expected of the holder.
  acceptBy: '{#b}Accept by {$due}{/b} · {$why} {$ago}',
  raised: '{#b}Accept by {$due}{/b} · now {$why} {$ago}',
  back: '{#b}Accept by {$due}{/b} · back: {$why}',
  late: '{#b}Late since {$due}{/b}{$next}',
  lateMovesOn: ' · moves on at {$at}',
  lateOpen: ' · {$who} may claim it now',
  acceptMeeting: '{#b}Meeting booked{/b} · accept to take it on',
  waiting: '{#b}Waiting for {$who}{/b} (you asked for {$until}) · still due {$due}',
  waitingLate: '{#b}Waiting for {$who}{/b} (you asked for {$until}) · late since {$due}',
  asleep: '{#b}Back at {$until}{/b} · due {$due}',
  reachOutBy: '{#b}Yours. Reach out by {$due}{/b}',
  touchLate: '{#b}Reach out now: due {$due}{/b}{$next}',
  nextBy: '{#b}Next step by {$due}{/b}',
  tryAgainBy: '{#b}Try again by {$due}{/b}{$count}',
  onIt: '{#b}You are on it{/b}{$count}',
  working: '{#b}You are on it{/b} · last touch {$at}{$count}',
  attempts: ' · {$made} of {$atLeast}',
  meeting: '{#b}Meeting {$at}{/b} · nothing is due',
  meetingBooked: '{#b}Meeting booked{/b} · nothing is due',

  // How it ended.
  disqualified: 'Disqualified{$by} {$at}{$because}',
  gaveUp: `.input {$tries :number}
.match $tries
one {{Given up{$by} {$at} after 1 attempt{$because}}}
*   {{Given up{$by} {$at} after {$tries} attempts{$because}}}`,
  recycledUntil: 'Back to nurture{$by} {$at}{$because} · returns {$day}',
  recycled: 'Back to nurture{$by} {$at}{$because} · returns on a stronger sign alone',
  withdrawn: 'Withdrawn {$at}{$because}',
  converted: 'Became a deal {$at} with {$who}',
  won: 'Became a deal {$at} with {$who}, won {$wonAt}',
  byYou: ' by you',
  by: ' by {$who}',
  because: ': {$reason}',
  withNow: 'With {$who} since {$at}',

  // What the manager is asked.
  decideUnanswered: '{#b}Decide now: {$who} has not answered{/b} · late since {$due}',
  decideUntouched: '{#b}Decide now: {$who} accepted but has not reached out{/b} · due {$due}',
  decideAsked: '{#b}{$who} asks for time until {$until}{/b} · due {$due}',
  decideUnreachable: '{#b}{$who} cannot be reached{/b}: {$why}',
  hasUntil: '{#b}{$who} has until {$due}{/b}',
  acceptedReachOut: '{#b}{$who} accepted{/b} {$at} · reach out by {$due}',
  isAsleep: '{#b}{$who} put it off until {$until}{/b} · due {$due}',
  isOnIt: '{#b}{$who} is on it{/b}',
  hasMeeting: '{#b}{$who} has a meeting{/b} with the lead',
  seen: '{$who} saw the card {$at}.',
  notSeen: '{$who} has not opened the card.',
  notReached: 'The card has not reached {$who}.',
  movesOnByItself: '{#b}At {$at} it goes to somebody else by itself.{/b}',

  // For the team, and for a channel.
  claimBy: '{#b}Claim it by {$due}{/b} · {$why} {$ago}',
  claimLate: '{#b}Take it first{/b} · {$who} has not answered · {$why} {$ago}',
  claimUntouched: '{#b}Take it first{/b} · {$who} has not reached out · {$why} {$ago}',
  nobodyAnswered: '{#b}Nobody has answered{/b} · due {$due}, {$who} holds it',
  nobodyReachedOut: '{#b}Nobody has reached out{/b} · due {$due}, {$who} holds it',

  // The notification: it is read alone, on a locked phone.
  notify: '{$status} · {$trigger}: {$lead}',
  notifyClosed: '{$status} · {$lead}',

  // Buttons.
  accept: 'Accept',
  undo: 'Undo',
  logTouch: 'Log a Touch',
  disqualify: 'Disqualify',
  snooze: 'Snooze',
  handBack: 'Hand Back',
  reassign: 'Reassign',
  someoneElse: 'Someone Else',
  takeIt: 'Take It',
  claim: 'Claim',
  giveGrace: 'Allow More Time',
  ping: 'Nudge',
  overturn: 'Overturn',
  fillIn: 'Fill In',
  update: 'Update',
  show: 'Show Card',
  email: 'Email',
  deal: 'Deal',
  dealNamed: 'Deal: {$deal}',
  bookMeeting: 'Book Meeting',
  openInHubSpot: 'Open in HubSpot',

  // What is folded, and its titles.
  more: 'More: {$what}',
  whyYou: 'Why you',
  whyThem: 'Why them',
  soFar: 'So far',
  whatHappened: 'What happened',
  openerMail: 'To write',
  openerCall: 'To say',
  yoursBecause: 'Yours because: {$why}',
  countsByItself: 'A call or an email in HubSpot counts by itself.',
} as const;
