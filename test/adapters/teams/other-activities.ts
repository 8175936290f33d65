// Activities that are nobody's to answer, made anew from what Microsoft's documentation and the types of its SDKs say of
// them ("Conversation events in your Teams bot", "Message extensions", "Dialogs", `botframework-schema`).

import { app } from './bot.ts';

type Fields = Record<string, unknown>;

const like = { type: 'like' };

export const nobodysActivities: [what: string, activity: Fields][] = [
  ['typing', { type: 'typing', text: undefined }],
  ['a reaction', { type: 'messageReaction', replyToId: '1763632800001', reactionsAdded: [like] }],
  [
    'a reaction taken back',
    { type: 'messageReaction', reactionsRemoved: [like], replyToId: '1763632800001' },
  ],
  [
    'an edited message',
    { type: 'messageUpdate', text: 'stats', channelData: of('editMessage'), replyToId: '1763632800001' },
  ],
  ['a message taken back', { type: 'messageDelete', text: '', channelData: of('softDeleteMessage') }],
  [
    'a message that is there again',
    { type: 'messageUpdate', text: 'stats', channelData: of('undeleteMessage') },
  ],
  ['somebody who came', { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }] }],
  ['somebody who went', { type: 'conversationUpdate', membersRemoved: [{ id: '29:x' }] }],
  [
    'a team with another name',
    {
      type: 'conversationUpdate',
      conversation: inTeam(),
      channelData: { ...of('teamRenamed'), team: { id: '19:x@thread.tacv2', name: 'Sales' } },
    },
  ],
  [
    'a new channel',
    {
      type: 'conversationUpdate',
      conversation: inTeam(),
      channelData: { ...of('channelCreated'), channel: { id: '19:y@thread.tacv2', name: 'Leads' } },
    },
  ],
  [
    'the app in a team',
    {
      type: 'installationUpdate',
      action: 'add',
      conversation: inTeam(),
      channelData: { ...of('add'), settings: { selectedChannel: { id: '19:x@thread.tacv2' } } },
    },
  ],
  [
    'a read receipt',
    { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: { lastReadMessageId: '1' } },
  ],
  [
    'a meeting that began',
    { type: 'event', name: 'application/vnd.microsoft.meetingStart', value: { MeetingType: 'Scheduled' } },
  ],
  ['the end of a conversation', { type: 'endOfConversation', text: undefined }],
];

export const foreignInvokes: [name: string, value: unknown][] = [
  ['composeExtension/query', { commandId: 'search', parameters: [{ name: 'q', value: 'dana' }] }],
  ['composeExtension/submitAction', { commandId: 'act', commandContext: 'message', data: {} }],
  ['composeExtension/fetchTask', { commandId: 'act', commandContext: 'compose' }],
  ['task/fetch', { data: { type: 'task/fetch' }, context: { theme: 'default' } }],
  ['task/submit', { data: { reason: 'spam' }, context: { theme: 'default' } }],
  ['signin/verifyState', { state: '123456' }],
  ['fileConsent/invoke', { type: 'fileUpload', action: 'decline', context: {} }],
  ['actionableMessage/executeAction', { title: 'OK' }],
  ['message/submitAction', { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{}' } }],
  ['application/search', { queryText: 'a', queryOptions: { skip: 0, top: 15 }, dataset: 'people' }],
];

function of(eventType: string): Fields {
  return { eventType, tenant: { id: app.tenantId } };
}

function inTeam(): Fields {
  return { id: '19:x@thread.tacv2', conversationType: 'channel', tenantId: app.tenantId, isGroup: true };
}
