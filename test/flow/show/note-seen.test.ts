import { expect, it } from 'vitest';
import { noteSeen } from '../../../src/flow/show/note-seen.ts';
import { ada, at, ben, lead, offered, stranger } from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const { id } = offered();

/** Two of Ada's cards are there. */
async function delivered(): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await there.openHandoff(lead({ id: '502' }), { id: 'second' });
  await there.work('deliver');
  there.moveTo(at('15:05'));
  return there;
}

const note = (there: Office, person: string, handoffId: string | null) =>
  noteSeen(there.needs)({ platform: 'slack', userId: userIdOf(person), handoffId });

const seenAt = (there: Office) =>
  [id, 'second'].map((one) => there.handoff(one).cards.get(`${ada} slack`)?.seenAt ?? null);

it('somebody who acts on a card has seen it', async () => {
  const there = await delivered();
  await note(there, ada, id);
  expect(seenAt(there)).toEqual([at('15:05'), null]);
});

it('somebody who opens the conversation has seen all that lies there', async () => {
  const there = await delivered();
  await note(there, ada, null);
  expect(seenAt(there)).toEqual([at('15:05'), at('15:05')]);
});

it('nobody has seen the card of somebody else, and a stranger none', async () => {
  const there = await delivered();
  await note(there, ben, id);
  await note(there, stranger, null);
  expect(seenAt(there)).toEqual([null, null]);
});
