import { expect, it } from 'vitest';
import { ada, ben, policy, stranger } from '../../support/examples.ts';
import { office, teamsUserIdOf, userIdOf } from '../../support/office.ts';

it('somebody of the policy who never had a card is recognised by the email of their account, and remembered', async () => {
  const { needs, chat } = await office();
  const asked = [await needs.identify('slack', userIdOf(ada)), await needs.identify('slack', userIdOf(ada))];
  expect(asked).toEqual([ada, ada]);
  expect(chat.script.calls).toEqual(['emailsOf', 'localeOf']);
});

it('somebody whom a card went to is recognised without asking the chat', async () => {
  const { needs, chat } = await office();
  const account = { userId: 'U-1', zone: null, conversationId: 'dm-1' };
  await needs.directory.saveAccount(ben, 'slack', account, needs.clock());
  expect(await needs.identify('slack', 'U-1')).toBe(ben);
  expect(chat.script.calls).toEqual([]);
});

it('the case of the email does not matter', async () => {
  const { needs, chat } = await office();
  chat.accounts.set('Ada.Okafor@Example.com', 'U-upper');
  expect(await needs.identify('slack', 'U-upper')).toBe(ada);
});

it('one of several emails is enough', async () => {
  const { needs, teams } = await office({ withTeams: true });
  teams.accounts.delete(ada);
  teams.accounts.set('a.okafor@example.onmicrosoft.com', 'entra-2');
  teams.accounts.set('Ada.Okafor@Example.com', 'entra-2');
  expect(await needs.identify('teams', 'entra-2')).toBe(ada);
});

it('the accounts of one person in two chats are kept apart', async () => {
  const { needs, chat, teams } = await office({ withTeams: true });
  expect(await needs.identify('teams', teamsUserIdOf(ada))).toBe(ada);
  expect(await needs.identify('slack', userIdOf(ada))).toBe(ada);
  expect(await needs.identify('teams', userIdOf(ada))).toBeNull();
  expect([chat.script.calls, teams.script.calls]).toEqual([
    ['emailsOf', 'localeOf'],
    ['emailsOf', 'localeOf', 'emailsOf'],
  ]);
});

it('everybody else is nobody: a colleague outside the policy, an account without an email, another platform', async () => {
  const { needs, chat } = await office();
  chat.accounts.set(stranger, 'U-stranger');
  expect(await needs.identify('slack', 'U-stranger')).toBeNull();
  expect(await needs.identify('slack', 'U-unknown')).toBeNull();
  expect(await needs.identify('teams', userIdOf(ada))).toBeNull();
});

it('an account that claims the address of one that still has it is nobody, and the stored one stays', async () => {
  const { needs, chat } = await office();
  expect(await needs.identify('slack', userIdOf(ada))).toBe(ada);
  chat.accounts.set('Ada.Okafor@Example.com', 'U-claims-to-be-ada');
  expect(await needs.identify('slack', 'U-claims-to-be-ada')).toBeNull();
  expect(await needs.identify('slack', userIdOf(ada))).toBe(ada);
});

it('an account that was made anew takes the place of the old one, which has the address no more', async () => {
  const { needs, chat } = await office();
  expect(await needs.identify('slack', userIdOf(ada))).toBe(ada);
  chat.accounts.set(ada, 'U-ada-again');
  expect(await needs.identify('slack', 'U-ada-again')).toBe(ada);
});

it('who is named by the id of their account is known by it, whatever email it has', async () => {
  const chatAddresses = new Map([[ada, { slack: 'u0123456789' }]]);
  const { needs } = await office({ rules: policy({ chatAddresses }) });
  expect(await needs.identify('slack', 'U0123456789')).toBe(ada);
  expect(await needs.identify('slack', 'U0123456780')).toBeNull();
});

it('whose account has another email in a chat is recognised by that one there, and no longer by the other', async () => {
  const chatAddresses = new Map([[ada, { slack: 'ada.o@corp.example' }]]);
  const { needs, chat, teams } = await office({ rules: policy({ chatAddresses }), withTeams: true });
  chat.accounts.set('Ada.O@corp.example', 'U-alias');
  expect(await needs.identify('slack', 'U-alias')).toBe(ada);
  expect(await needs.identify('slack', userIdOf(ada))).toBeNull();
  teams.accounts.set('ada.o@corp.example', 'entra-alias');
  expect(await needs.identify('teams', 'entra-alias')).toBeNull();
  expect(await needs.identify('teams', teamsUserIdOf(ada))).toBe(ada);
});
