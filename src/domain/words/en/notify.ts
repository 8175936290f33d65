/** What people have for themselves beside their cards, and what is told outside of the chats. */
export const notify = {
  byMail: '{$to} (by mail)',
  byWebhook: '{$name} (webhook)',
  alerted: 'Told {$whom} that this lead waits.',
  notAlerted: '{$whom} could not be told: {$why}.',
} as const;
