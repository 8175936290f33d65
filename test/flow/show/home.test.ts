import { beforeEach, describe, expect, it } from 'vitest';
import { line, plain } from '../../../src/domain/words/line.ts';
import { changeHandoff } from '../../../src/flow/change.ts';
import { openHome, refreshHome } from '../../../src/flow/show/home.ts';
import { ada, americas, ben, grace, policy, stranger } from '../../support/examples.ts';
import { type Office, office, userIdOf } from '../../support/office.ts';

let there: Office;
beforeEach(async () => {
  there = await office();
});

const opens = (person: string, hash?: string) =>
  openHome(there.needs)({ platform: 'slack', userId: userIdOf(person), ...(hash && { hash }) });
const refresh = (person: string) => refreshHome(there.needs)(person);
const published = () => there.chat.tab.calls.length;

/** Every word of somebody's page. */
function page(person: string): string {
  const shown = there.chat.pageOf(person);
  const words = shown?.sections.flatMap((section) => {
    if (section.kind === 'text') return [plain(section.text)];
    if (section.kind !== 'rows') return [];
    return section.rows.map(({ text, detail = [] }) => `${plain(text)} ${plain(detail)}`);
  });
  return [shown?.title, plain(shown?.notice ?? []), ...(words ?? [])].join('\n');
}

const accept = async () => {
  const [id = ''] = await there.needs.handoffs.heldBy(ada);
  const cause = { by: ada, at: there.needs.clock(), commandId: null };
  await changeHandoff(there.needs.handoffs, there.needs.policyOf, id, { type: 'accept', by: ada }, cause);
};

describe('whoever opens their home', () => {
  it('has it published with what waits for them', async () => {
    await there.openHandoff();
    await opens(ada);
    expect(page(ada)).toContain('Lena Fischer');
    expect(page(ada)).toContain('As of 15:00 UTC');
  });

  it('has it brought up to date when something of it changes, once for all that did', async () => {
    await there.openHandoff();
    await opens(ada);
    await accept();
    await there.work('home');
    expect(page(ada)).toContain('reach out by');
    expect(published()).toBe(2);
  });

  it('and works for nobody is told whom to ask', async () => {
    await there.needs.directory.saveAccount(ada, 'slack', null, there.needs.clock());
    there.chat.accounts.set(stranger, userIdOf(stranger));
    await opens(stranger);
    expect(there.chat.pageOf(stranger)?.title).toBe('Hello');
  });

  it('sees why nothing came of what they did, until something changes', async () => {
    await there.openHandoff();
    const notice = line`You have it already.`;
    await openHome(there.needs)({ platform: 'slack', userId: userIdOf(ada), notice });
    expect(page(ada)).toContain('You have it already.');
    await accept();
    await there.work('home');
    expect(page(ada)).not.toContain('You have it already.');
  });

  it('while another process publishes it sees what is known by then', async () => {
    await opens(ada);
    there.chat.publishElsewhere(ada);
    await there.openHandoff();
    await opens(ada);
    expect(page(ada)).toContain('Lena Fischer');
    expect(published()).toBe(3);
  });

  it('is shown it as soon as the chat takes it, where it did not at first', async () => {
    there.chat.tab.fail('publish', 'notDone');
    await opens(ada);
    expect(there.chat.pageOf(ada)).toBeNull();
    await there.work('home');
    expect(page(ada)).toContain('A card comes to Messages');
  });

  it('where the chat shows no pages has none, and is not asked again', async () => {
    await there.openHandoff();
    there.chat.tab.fail('publish', 'refused');
    await opens(ada);
    expect(there.observed).toContainEqual({ what: 'homeRefused', why: 'publish_refused' });
    await accept();
    await there.work('home');
    expect(published()).toBe(1);
  });
});

describe('a home that is brought up to date', () => {
  it('is not published when it would say the same', async () => {
    await there.openHandoff();
    await opens(ada);
    there.passMinutes(1);
    await refresh(ada);
    expect(published()).toBe(1);
  });

  it('is that of nobody who has not opened it', async () => {
    await there.openHandoff();
    await refresh(ada);
    expect(published()).toBe(0);
  });

  it('is that of the manager as well, whose team has the lead', async () => {
    await opens(grace);
    await opens(ben);
    await there.openHandoff();
    await there.work('home');
    expect(page(grace)).toContain('Ada Okafor 1 open');
    expect(published()).toBe(3);
  });

  it('of somebody who has left the policy says so once', async () => {
    await opens(ada);
    const members = americas.members.filter(({ id }) => id !== ada);
    there.adopt(policy({ teams: [{ ...americas, members }] }));
    await refresh(ada);
    expect(there.chat.pageOf(ada)?.title).toBe('Hello');
    await refresh(ada);
    expect(published()).toBe(2);
  });

  it('is given up where the chat shows no pages any more', async () => {
    await there.openHandoff();
    await opens(ada);
    await accept();
    there.chat.tab.fail('publish', 'refused');
    await refresh(ada);
    await refresh(ada);
    expect(published()).toBe(2);
  });
});
