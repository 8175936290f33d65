import { describe, expect, it } from 'vitest';
import { TemporaryFailure } from '../../../src/flow/ports/failure.ts';
import { watchAccounts } from '../../../src/flow/watch/watch-accounts.ts';
import { ada, assignment, ben, grace, lead } from '../../support/examples.ts';
import { type Office, office } from '../../support/office.ts';

/** An office where Ada's card came, and some time has passed. */
async function delivered(minutes: number): Promise<Office> {
  const there = await office();
  await there.openHandoff();
  await there.deliver();
  there.passMinutes(minutes);
  return there;
}

const look = ({ needs }: Office) => watchAccounts(needs)();
const lookups = ({ chat }: Office) => chat.script.calls.filter((call) => call === 'findAccount').length;

describe('the account of whoever has a lead', () => {
  it('that is gone makes them out of reach, and the manager decides', async () => {
    const there = await delivered(61);
    there.chat.accounts.delete(ada);
    await look(there);
    await there.work('deliver');
    expect(there.handoff().handoff.unreachable).toEqual('has no account in Slack');
    expect(there.chat.messagesOf(grace)).toHaveLength(1);
  });

  it('that is there is asked about once an hour', async () => {
    const there = await delivered(59);
    await look(there);
    expect(lookups(there)).toBe(1);
    there.passMinutes(2);
    await look(there);
    await look(there);
    await there.work('deliver');
    expect(lookups(there)).toBe(2);
    expect(there.handoff().handoff.unreachable).toBeNull();
  });

  it('is not asked about when they have none', async () => {
    const there = await delivered(61);
    await there.carryOut({ type: 'withdraw', why: 'gone' });
    await look(there);
    expect(lookups(there)).toBe(1);
  });

  it('about which the chat does not answer keeps nobody else’s from being looked at', async () => {
    const there = await delivered(0);
    await there.openHandoff(lead({ id: '99' }), { id: 'second', assignment: assignment({ rep: ben }) });
    await there.deliver('second');
    there.passMinutes(61);
    there.chat.script.fail('findAccount', 'notDone');
    there.chat.accounts.delete(ben);
    await expect(look(there)).rejects.toThrow(TemporaryFailure);
    expect((await there.needs.directory.people()).find(({ id }) => id === ben)?.accounts).toMatchObject([
      { userId: null },
    ]);
  });
});
