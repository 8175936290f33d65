import { expect, it } from 'vitest';
import { ada, ben, stranger } from '../support/examples.ts';
import { office, userIdOf } from '../support/office.ts';

it('somebody of the policy who never had a card is recognised by the email of their account, and remembered', async () => {
  const { needs, chat } = await office();
  const asked = [await needs.identify('slack', userIdOf(ada)), await needs.identify('slack', userIdOf(ada))];
  expect(asked).toEqual([ada, ada]);
  expect(chat.script.calls).toEqual(['emailOf']);
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

it('everybody else is nobody: a colleague outside the policy, an account without an email, another platform', async () => {
  const { needs, chat } = await office();
  chat.accounts.set(stranger, 'U-stranger');
  expect(await needs.identify('slack', 'U-stranger')).toBeNull();
  expect(await needs.identify('slack', 'U-unknown')).toBeNull();
  expect(await needs.identify('teams', userIdOf(ada))).toBeNull();
});
