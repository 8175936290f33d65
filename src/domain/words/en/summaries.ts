/** What comes to people by itself: what waits for them in the morning, and what the week of their team was like. */
export const summaries = {
  morning: 'Good morning, {$name}: {$count :number} to call today',
  laterInTheDay: 'Hello {$name}: {$count :number} to call today',
  woke: `.input {$count :number}
.match $count
one {{{#b}{$who}{/b} slept and is back}}
*   {{{#b}{$count}{/b} slept and are back: {$who}}}`,
  wokeTitle: 'Back again ({$count :number})',
  all: 'All My Leads',
  change: 'Change This Summary',
  // The week
  week: '{$whose}, {$dates}',
  weekText: '{#b}{$leads}{/b}, {$before} the week before.',
  toLookAt: 'Look at this',
  fine: 'Nothing is late, nobody’s leads wait while they are away.',
  held: 'held since {$since}: {$why}',
  heldMore: '{$count :number} more are held',
  why: 'Why',
  byRep: 'Stats by Rep',
  // Switched off, or on again
  title: 'Your summaries',
  help: 'What comes to you by itself: your morning list, the week of your team. Off and on again.',
  mornings: '{#b}Your morning list{/b} at {$at}, on the days that you work, when something waits for you',
  weeks: '{#b}The week of your team{/b}, {$day} {$at}',
  reports: '{#b}What became of marketing’s leads{/b}, {$day} {$at}',
  none: 'Your company’s policy has none come to you.',
  isOff: 'They are switched off: nothing comes by itself.',
  off: 'Switch Off',
  on: 'Switch On',
  unknown: 'I do not understand “{$said}” there: say {$off} or {$on}.',
  setting: 'Summaries',
  settingOff: 'switched off',
  button: 'Summaries…',
} as const;
