/**
 * Why Teams refuses for good, in words for people, by its own word ("Status codes from bot APIs"; the first is that of
 * blocked and uninstalled apps). Any other word is for the log alone.
 */
export const refusals: ReadonlyMap<string, string> = new Map([
  ['MessageWritesBlocked', 'the app was removed or blocked there'],
  ['BotNotInConversationRoster', 'the app is not there any more'],
  ['ConversationBlockedByUser', 'the app was blocked there'],
  ['ConversationNotFound', 'the conversation is not there any more'],
  ['MemberNotFoundInConversation', 'nobody is there any more'],
  ['MessageSizeTooBig', 'the message is too long'],
]);

/** In such a conversation nobody is reached any more; the same person may be in another one. */
export const goneCodes: ReadonlySet<string> = new Set([
  'MessageWritesBlocked',
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'ConversationNotFound',
  'MemberNotFoundInConversation',
]);

/** What keeps the app out of Teams until somebody does something about it. */
export const obstacles: ReadonlyMap<string, string> = new Map([
  ['BotDisabledByAdmin', 'an administrator has disabled the app; allow it in the Teams admin center'],
  ['BotNotRegistered', 'the app is not registered; check its registration and its Teams channel in Azure'],
  ['InvalidBotApiHost', 'the app asks the wrong cloud of Microsoft; check its registration in Azure'],
]);

/** The same where Teams says no more than that it does not know the app. */
export const unknownApp =
  'Teams does not know the app; check its registration and its Teams channel in Azure';
