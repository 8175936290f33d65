/** The page with what waits for somebody, and what stands there while nothing does. */
export const home = {
  yourLeads: 'Your leads',
  yourTeam: 'Your team',
  leadHandoffs: 'Lead handoffs',
  leadsOf: 'Leads of {$who}',
  asOf: 'As of {$at}',

  // The numbers on top.
  toDecide: '{#b}{$count :number}{/b} to decide',
  waiting: '{#b}{$count :number}{/b} waiting for your answer',
  dueSoon: '{#b}{$count :number}{/b} due within the hour',
  late: '{#b}{$count :number}{/b} late',
  sleeping: '{#b}{$count :number}{/b} asleep until their day',
  open: '{#b}{$count :number}{/b} open',
  away: '{#b}{$count :number}{/b} away',

  // Titles of lists.
  decideTitle: 'Decide ({$count :number})',
  soonTitle: 'About to be late ({$count :number})',
  boardTitle: 'Who has what',
  claimTitle: 'Take it first ({$count :number})',
  nowTitle: 'Now ({$count :number})',
  todayTitle: 'Today ({$count :number})',
  laterTitle: 'Later ({$count :number})',
  ownNowTitle: 'Yours, now ({$count :number})',
  ownTodayTitle: 'Yours, today ({$count :number})',
  ownLaterTitle: 'Yours, later ({$count :number})',
  andMore: 'and {$count :number} more',
  laterFolded: `.input {$count :number}
.match $count
one {{1 lead, with nothing due today}}
*   {{{$count} leads, with nothing due today}}`,

  // How a lead of the reader's stands.
  acceptBy: 'accept by {$due}',
  acceptLate: '{#b}accept now{/b}, it was due {$due}',
  acceptMeeting: 'a meeting is booked, accept to take it on',
  reachOutBy: 'reach out by {$due}',
  reachOutLate: '{#b}reach out now{/b}, it was due {$due}',
  asleep: 'back at {$until}, due {$due}',
  waitsFor: 'waiting for {$who}, still due {$due}',
  attempts: '{$made :number} of {$atLeast :number} attempts',
  lastTouch: 'last touch {$at}',
  tryAgainBy: 'try again by {$due}',
  tryAgainNow: '{#b}try again now{/b}, you planned it for {$due}',
  onIt: 'you are on it',
  meeting: 'meeting booked, nothing is due',
  claim: 'with {$who} until somebody claims it, due {$due}',
  claimLate: '{$who} has not answered, it was due {$due}',

  // How one of the team's stands.
  unanswered: '{#b}{$who} has not answered{/b}, due {$due}',
  untouched: '{#b}{$who} accepted but has not reached out{/b}, due {$due}',
  unreachable: '{#b}{$who} cannot be reached{/b}: {$why}',
  asksForTime: '{#b}{$who} asks for time{/b} until {$until}, due {$due}',
  hasUntilAccept: '{$who} has until {$due} to accept',
  hasUntilTouch: '{$who} has until {$due} to reach out',
  isAsleep: '{$who} put it off until {$until}, due {$due}',
  isOnIt: '{$who} is on it',
  hasMeeting: '{$who} has a meeting',

  // A member of the team.
  countOpen: '{$count :number} open',
  countLate: '{$count :number} late',
  nothingOpen: 'nothing open',
  nextDue: 'next due {$due}',
  awayUntil: 'away until {$until}',
  awayOpenEnded: 'away',
  offUntil: 'back at work {$at}',

  // The reader's own absence.
  youAreAway: '{#b}You are away until {$until}{/b}: no new leads come to you.',
  youAreAwayOpenEnded: '{#b}You are away{/b}: no new leads come to you until you say that you are back.',

  // The week.
  yourWeek: 'Your last 7 days',
  teamWeek: '{$team}, last 7 days',
  weekNone: 'No leads yet. What you do shows here, beside the median of your team.',
  weekNoneTeam: 'No leads yet.',
  weekLeads: `.input {$count :number}
.match $count
one {{1 lead}}
*   {{{$count} leads}}`,
  weekLate: '{$count :number} late',
  weekNoneLate: 'none late',
  weekInTime: '{$share} in time',
  weekInTimeTeam: '{$share} in time (team {$team})',
  weekTouch: 'first touch after {$median}, in the median',
  weekTouchTeam: 'first touch after {$median}, in the median (team {$team})',
  weekTooFew: 'too few to compare with the team',
  ended: 'Ended: {$what}',
  endedConverted: `.input {$count :number}
.match $count
one {{1 became a deal}}
*   {{{$count} became deals}}`,
  endedRecycled: '{$count :number} back to nurture',
  endedDisqualified: '{$count :number} disqualified',
  endedUnresponsive: '{$count :number} never answered',
  endedWithdrawn: '{$count :number} withdrawn',

  // Turns.
  turnsTitle: 'Turns in {$team}',
  nextTurnYou: '{#b}The next turn is yours{/b}',
  nextTurnAfter: 'Your turn comes after {$who}',
  nextTurnOther: 'The next turn is {$who}’s',
  nextTurnNobody: 'Nobody takes turns right now',
  shares: 'shares {$shares}, in the last 7 days',
  share: '{$who} {$percent} ({$turns})',

  // Nothing to do, and the first day.
  nothingWaits: '{#b}Nothing waits for you.{/b}',
  teamIsFine: '{#b}Nothing waits for your decision.{/b}',
  atWorkUntil: 'You are at work until {$at}.',
  backAtWork: 'You are back at work {$at}.',
  whatComesTitle: 'What comes here',
  whatComes: `{#b}A card{/b} comes to Messages within seconds when a lead is yours: who it is, why now, and by when.
{#b}This page{/b} lists all that waits for you, the most urgent first.
{#b}Accept{/b} says that you take it. Log a touch when you reached out; a call or an email in HubSpot counts by itself.`,
  whatComesTeam: `{#b}A card{/b} comes to Messages when a lead of your team waits for your decision.
{#b}This page{/b} shows who has what, and what is about to be late.
{#b}Reassign{/b} gives a lead to somebody else at once.`,
  noLeadsForYou:
    'You take no leads. What you have to know of them comes to Messages, and you can ask for more.',
  strangerTitle: 'Hello',
  stranger:
    'This app hands new leads to sales. You are not among the people of this company’s handoff policy yet: ask whoever keeps it to add your email.',

  // Settings.
  cardsCome: 'Your cards come to',
  workingHours: 'You work',
  whereToChange:
    'Whoever keeps the handoff policy can change where cards come and when you work. Absences count from here and from HubSpot.',
  nobodyNamed: 'Nobody of your team is called “{$who}”.',

  // A card to look at.
  sample: 'Sample card',
  sampleTitle: 'Sample · {$title}',
  sampleStatus: 'This is a sample.',
  sampleEvidence: 'filled in “Request a demo”',
  sampleSent: 'It is in your messages in {$chat}. Try its buttons: nothing is changed.',
  sampleNotSent: 'It could not be sent: {$why}.',
  sampleNothing: 'This is a sample, so nothing was changed. On a real card it counts at once.',

  // Buttons.
  accept: 'Accept',
  claim_: 'Claim',
  log: 'Log',
  show: 'Show',
  showAll: 'Show All',
  leads: 'Leads',
  reassign: 'Reassign',
  awayButton: 'Away…',
  imBack: 'I’m Back',
  settings: 'Settings',
  notifications: 'Reminders…',
  stats: 'Stats',
  help: 'Help',
  backHome: 'Back',
  sendSample: 'Send Me a Sample Card',
} as const;
