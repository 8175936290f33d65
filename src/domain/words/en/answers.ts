/** Answers that are lists and numbers. */
export const answers = {
  // Pauses of nurture
  pausesNone: 'Nothing is paused',
  pausesNoneText: 'Nurture runs for every lead that is yours to see.',
  pauses:
    '.input {$count :number} .match $count one {{Nurture is paused for 1 lead}} * {{Nurture is paused {$count} times}}',
  pausesMore: 'and {$count :number} more, begun before these',
  pause: '{$because}, since {$since}, until {$until} at the latest. {$inHubSpot}',
  pausedByHand: 'By hand, by {$who}: {$why}',
  pausedWith: 'With {$who} ({$trigger})',
  notTold: 'HubSpot has not been told yet.',
  told: 'HubSpot was told {$at}.',
  shownPaused: 'HubSpot showed it {$at}.',
  shownRunning: 'HubSpot showed it as running {$at}.',
  contact: 'Contact {$id}',
  // Leads that went back to nurture
  sleepingNone: 'Recycled leads',
  sleepingNoneText: 'Nobody sleeps.',
  sleeping:
    '.input {$count :number} .match $count one {{1 recycled lead sleeps}} * {{{$count} recycled leads sleep}}',
  sleepingMore: 'And {$count :number} more.',
  // What sales sent back
  sentBackNobody: 'Nobody looks at this yet: it takes marketing in the policy, and who its people are.',
  sentBackNotYou: 'Marketing, managers and the admins can ask for this. Ask one of them.',
  sentBackPeriod:
    'I do not understand "{$said}". Say 7d for the last seven days, a day such as 2026-11-23, or 2026-11-23..2026-11-29.',
  // A lead that goes on where it was
  overturnWhich: 'Which lead? Ask by email, HubSpot id, or name.',
  overturnNone: 'I know no lead "{$said}" of yours that was sent back.',
  overturnSeveral: '"{$said}" may be several leads. Ask by email or HubSpot id.',
  // Why a lead is with whom it is
  erased: 'The lead {$said} was erased at their request.',
  tooMany: 'Too many leads fit "{$said}". Ask by email or HubSpot id, or give more of the name.',
  withWhom: 'With whom: {$said}',
  notYours: 'Not among yours',
  theyHave: '{$who} has this lead. Ask them for more.',
  theyHad: '{$who} had this lead. Ask them for more.',
  nobodyHad: 'Nobody in sales has had this lead.',
  refused: 'HubSpot would not take',
  refusedText: '{$properties}: look at the property and its rules in HubSpot',
} as const;
