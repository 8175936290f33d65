import { expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { eraseLead } from '../../../src/flow/forget/erase.ts';
import { deliver } from '../../../src/flow/show/deliver.ts';
import { ada, lead } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

const erase = (there: Office) => eraseLead(there.needs)(['501']);

/** Ada has the lead's card in both chats. */
async function shown(): Promise<Office> {
  const there = await office({ withTeams: true });
  await there.openHandoff();
  await there.deliver();
  return there;
}

it('the cards say that the lead was erased, and the rep hears so once', async () => {
  const there = await shown();
  await erase(there);
  await there.work('deliver', 'retract', 'tell', 'write-back');
  await erase(there);
  await there.work('deliver', 'retract', 'tell', 'write-back');
  const [card] = there.chat.messagesOf(ada);
  expect(card?.card).toMatchObject({ title: 'This lead was erased at their request.', actions: [] });
  const [bulletin, ...others] = there.chat.bulletinsOf(ada);
  expect(others).toEqual([]);
  expect(`${bulletin?.title} ${plain(bulletin?.text ?? [])}`).toBe(
    'A lead of yours was erased At their request nothing is kept of them any more. You need not do anything about it.',
  );
});

it('nothing is written to HubSpot of it', async () => {
  const there = await shown();
  await erase(there);
  await there.work('deliver', 'retract', 'tell', 'write-back');
  expect(there.crm.script.calls).toEqual([]);
});

it('its rep hears of it also when HubSpot told first that the contact is gone', async () => {
  const there = await shown();
  await there.carryOut({ type: 'withdraw', why: 'the contact was deleted in HubSpot' });
  await erase(there);
  await erase(there);
  await there.work('tell');
  expect(there.chat.bulletinsOf(ada)).toHaveLength(1);
});

it('a card that was on its way meanwhile is taken back as well', async () => {
  const there = await office();
  const id = await there.openHandoff();
  const view = await there.needs.handoffs.view(id);
  if (!view) throw new Error('expected the handoff');
  await erase(there);
  await expect(deliver(there.needs)(view, { repeat: false })).rejects.toThrow('erased meanwhile');
  expect(there.chat.messagesOf(ada)[0]?.card.title).toContain('Lena Fischer');
  await there.work('deliver', 'retract');
  expect(there.chat.messagesOf(ada)[0]?.card.title).toBe('This lead was erased at their request.');
});

it('a card of which nobody could note that it had come is found where somebody can look', async () => {
  const there = await office();
  await there.openHandoff();
  there.chat.script.fail('postCard', 'lost');
  await expect(there.deliver()).rejects.toThrow();
  expect(there.chat.messagesOf(ada)).toHaveLength(1);
  await erase(there);
  await there.work('deliver', 'retract');
  expect(there.chat.messagesOf(ada)[0]?.card.title).toBe('This lead was erased at their request.');
});

it('one message that a chat refuses, or cannot take back for now, does not keep the others', async () => {
  const there = await office({ withTeams: true });
  await there.openHandoff();
  await there.openHandoff(lead({ id: '502' }), { id: 'second' });
  await there.deliver();
  await there.carryOut({
    type: 'reassign',
    by: 'grace.whitfield@example.com',
    to: 'ben.castillo@example.com',
  });
  await there.deliver();
  await erase(there);
  const before = await there.needs.erasures.progress('all');
  there.chat.script.fail('replace', 'refused');
  there.chat.script.fail('replace', 'notDone');
  await expect(there.work('retract')).rejects.toThrow('was not done');
  const { refused, remaining, done } = await there.needs.erasures.progress('all');
  expect([refused, remaining, done]).toEqual([1, 1, before.remaining - 2]);
  const seen = there.observed.filter(({ what }) => what === 'retracted');
  expect(seen).toContainEqual({ what: 'retracted', platform: 'slack', refused: 'replace_refused' });
});
