import { expect, test } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import { answerCommand } from '../../../src/flow/answer/answer-command.ts';
import { answerPress } from '../../../src/flow/answer/press.ts';
import { respond } from '../../../src/flow/answer/respond.ts';
import { ada, stranger } from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

const press = ({ needs }: Office) =>
  answerPress({ respond: respond(needs), answerCommand: answerCommand(needs) });
const who = (person: string) => ({ platform: 'slack', userId: userIdOf(person) }) as const;

test('words on a button are answered as if they had been typed', async () => {
  const there = await office();
  const typed = await answerCommand(there.needs)({ ...who(ada), text: 'stats me 7d' });
  expect(await press(there)({ ...who(ada), say: 'stats me 7d' })).toEqual(typed);
});

test('a command of a card is carried out, once, and the list is asked for anew', async () => {
  const there = await office();
  const handoffId = await there.openHandoff();
  const accept = { ...who(ada), command: 'accept', handoffId, commandId: 'c-1', again: 'recycled' } as const;
  for (const _ of ['once', 'again']) {
    const { title, notice = [] } = await press(there)(accept);
    const asked = await answerCommand(there.needs)({ ...who(ada), text: 'recycled' });
    expect([title, plain(notice)]).toEqual([asked.title, 'Accepted.']);
  }
  const view = await there.needs.handoffs.view(handoffId);
  expect(view?.log.filter(({ event }) => event.type === 'accepted')).toHaveLength(1);
});

test('a command from a bulletin is answered by what came of it', async () => {
  const there = await office();
  const handoffId = await there.openHandoff();
  const accept = { command: 'accept', handoffId, commandId: 'c-1', again: null } as const;
  const { title, notice = [], sections } = await press(there)({ ...who(ada), ...accept });
  expect([title, plain(notice), sections]).toEqual(['', 'Accepted.', []]);
});

test('somebody who is not of the policy is told so, and changes nothing', async () => {
  const there = await office();
  const handoffId = await there.openHandoff();
  const accept = { command: 'accept', handoffId, commandId: 'c-1', again: null } as const;
  const { notice = [] } = await press(there)({ ...who(stranger), ...accept });
  expect(plain(notice)).toContain('not');
  expect((await there.needs.handoffs.view(handoffId))?.handoff.status).toBe('offered');
});
