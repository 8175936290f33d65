/** Every word that can be asked, and what the buttons of the cards mean. */
export const help = {
  home: 'What waits for you, the most urgent first, with a button for each.',
  stats: "Speed and quality of your own or your team's handoffs.",
  why: 'Why a lead came to whom it came, or to nobody. By email, HubSpot id, or three letters of the name and more.',
  opener: 'A first sentence to a lead to copy: one to write, one to say.',
  sentBack: 'For marketing, managers and admins: what sales sent back, and why, by source and campaign.',
  dashboard: 'Numbers, charts and what is open, in the browser: a link that is yours alone.',
  suppressions: 'For which of your leads nurture is paused, and until when at most.',
  recycled: 'Which leads went back to nurture because their time had not come, and until when.',
  overturn: 'For managers: a lead that was sent back goes on where it was.',
  ooo: 'No leads for you until then: today, tomorrow 14:00, friday, 3 days, Dec 24, or 12/24 - 1/2. Without a time it lasts until you say that you are back. You are asked first.',
  back: 'You take leads again.',
  settings: 'Where your cards come, and when you are at work.',
  sample: 'A card to look at; nothing that you do on it has an effect.',
  help: 'This list.',
  cardsTitle: 'On the cards',
  cards:
    'Accept says that you take the lead. Log a Touch says that you reached out; a call or an email in HubSpot does as well. Disqualify sends it back with the reason. Snooze keeps the reminders away, twice at most. Hand Back gives it to somebody else at once. Claim takes a lead that was offered to your team.',
  managersTitle: "On a manager's cards",
  managers:
    'Reassign, Take It and Allow More Time decide what becomes of a lead that waits. Nudge asks its rep to look at it.',
  language: 'In which language I write to you.',
  // What may be said with each
  withAll: '[all]',
  withLead: '<lead>',
  withUntil: '[until]',
  withStats: '[team|a name] [7d|month|quarter]',
  withPeriod: '[7d|2026-11-23..2026-11-29]',
  withNotify: '[mail after 30 min]',
  withSummary: '[on|off]',
  withLanguage: '[de|en|pt|auto]',
  // Examples
  untilFriday: 'ooo friday',
  whyLead: 'why {$lead}',
  statsOfTeam: 'stats team',
  notifyByMail: 'notify mail after 30 min',
} as const;
