import { describe, expect, it } from 'vitest';
import { peopleOf } from '../../../src/domain/policy/people-of.ts';
import type { ChatChoice, PersonId } from '../../../src/domain/policy/policy.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { farewell, welcome } from '../../../src/flow/answer/install.ts';
import { ada, at, grace, policy, stranger } from '../../support/examples.ts';
import { type Office, office, teamsUserIdOf } from '../../support/office.ts';

const teamsUser = (person: PersonId) => ({ platform: 'teams', userId: teamsUserIdOf(person) }) as const;

/** An office with both chats, where nobody has added the app in Teams yet. */
async function withoutInstalls(usual: ChatChoice = 'teams'): Promise<Office> {
  const rules = policy({ chat: { usual, people: new Map() } });
  const there = await office({ rules, withTeams: true });
  for (const person of peopleOf(rules)) there.teams.accounts.delete(person);
  return there;
}

/** Somebody adds the app, and is greeted. */
async function add(there: Office, person: PersonId) {
  there.teams.accounts.set(person, teamsUserIdOf(person));
  const { title, sections } = await welcome(there.needs)(teamsUser(person));
  await there.work('deliver');
  return { title, texts: sections.map((s) => (s.kind === 'text' ? `${s.title}: ${plain(s.text)}` : s.kind)) };
}

/** Somebody removes the app. */
async function remove(there: Office, person: PersonId): Promise<void> {
  there.teams.accounts.delete(person);
  await farewell(there.needs)(teamsUser(person));
}

/** The status of a card that its rep has not answered yet. */
const acceptBy = (due: string) => `Accept by ${due} UTC · filled in “Request a Demo” 14:59 UTC`;

/** The states of somebody's cards in both chats. */
function cardsOf(person: PersonId, { chat, teams }: Office) {
  const states = (one: typeof chat) => one.messagesOf(person).map(({ card }) => plain(card.status));
  return { slack: states(chat), teams: states(teams) };
}

describe('whoever adds the app', () => {
  it('and is of the policy is told what comes, in a line', async () => {
    const { title, texts } = await add(await withoutInstalls(), ada);
    expect(title).toBe('Hi!');
    expect(texts).toEqual([': Your leads come here, each with a card that you answer by one click.']);
  });

  it('and is of the policy is known from then on', async () => {
    const there = await withoutInstalls();
    await add(there, ada);
    expect(await there.needs.directory.byAccount('teams', teamsUserIdOf(ada))).toBe(ada);
  });

  it('and is a stranger is told whom to ask, and gets no card', async () => {
    const there = await withoutInstalls();
    await there.openHandoff();
    await there.work('deliver');
    const { title, texts } = await add(there, stranger);
    expect(title).toBe('Hi!');
    expect(texts).toEqual([
      ': You are not among the people of this handoff policy. Ask whoever keeps it to add your email.',
    ]);
    expect(there.teams.messagesOf(stranger)).toEqual([]);
    expect(await there.needs.directory.byAccount('teams', teamsUserIdOf(stranger))).toBeNull();
  });

  it('while nothing waits for them gets no card', async () => {
    const there = await withoutInstalls();
    await there.openHandoff();
    await there.carryOut({ type: 'disqualify', by: ada, reason: 'not_a_fit', note: '' });
    await there.work('deliver');
    await add(there, ada);
    expect(cardsOf(ada, there)).toEqual({ slack: [], teams: [] });
  });
});

describe('a rep whose card could not reach them, and who adds the app', () => {
  async function outOfReach(): Promise<Office> {
    const there = await withoutInstalls();
    there.chat.accounts.delete(ada);
    await there.openHandoff();
    await there.work('deliver');
    return there;
  }

  it('gets it after all, with the time to answer it', async () => {
    const there = await outOfReach();
    expect(there.handoff().handoff.unreachable).not.toBeNull();
    there.moveTo(at('15:10'));
    await add(there, ada);
    expect(cardsOf(ada, there)).toEqual({ slack: [], teams: [acceptBy('15:25')] });
    expect(there.handoff().handoff).toMatchObject({ unreachable: null, respondBy: at('15:25') });
  });

  it('is within reach on the manager’s card', async () => {
    const there = await outOfReach();
    expect(cardsOf(grace, there).slack).toEqual([
      'Ada Okafor cannot be reached: has not installed the app in Teams, has no account in Slack',
    ]);
    there.moveTo(at('15:10'));
    await add(there, ada);
    expect(cardsOf(grace, there).slack).toEqual(['Ada Okafor has until 15:25 UTC']);
  });

  it('twice gets it once', async () => {
    const there = await outOfReach();
    await add(there, ada);
    await add(there, ada);
    expect(cardsOf(ada, there).teams).toHaveLength(1);
  });

  it('gets nothing that was passed on meanwhile', async () => {
    const there = await outOfReach();
    await there.carryOut({ type: 'takeIt', by: grace });
    await add(there, ada);
    expect(cardsOf(ada, there)).toEqual({ slack: [], teams: [] });
  });
});

describe('somebody who has their cards elsewhere, and adds the app', () => {
  it('keeps the one that is there when one is enough', async () => {
    const there = await withoutInstalls('teams');
    await there.openHandoff();
    await there.work('deliver');
    await add(there, ada);
    expect(cardsOf(ada, there)).toEqual({ slack: [acceptBy('15:15')], teams: [] });
  });

  it('gets the second one when they read both', async () => {
    const there = await withoutInstalls('both');
    await there.openHandoff();
    await there.work('deliver');
    await add(there, ada);
    expect(cardsOf(ada, there)).toEqual({
      slack: [acceptBy('15:15')],
      teams: [acceptBy('15:15')],
    });
  });

  it('gets as a manager what they were told of', async () => {
    const there = await withoutInstalls();
    there.chat.accounts.delete(grace);
    await there.openHandoff();
    await there.work('deliver');
    await there.sweepAt(at('15:15'));
    await there.needs.handoffs.deliverAgain(grace);
    await there.work('deliver');
    expect(cardsOf(grace, there)).toEqual({ slack: [], teams: [] });
    await add(there, grace);
    expect(cardsOf(grace, there).teams).toEqual([
      'Decide now: Ada Okafor has not answered · late since 15:15 UTC',
    ]);
  });
});

describe('whoever removes the app', () => {
  it('gets the next card in the other chat, and Teams is not asked', async () => {
    const there = await withoutInstalls();
    await add(there, ada);
    await remove(there, ada);
    await there.openHandoff();
    await there.work('deliver');
    expect(cardsOf(ada, there)).toEqual({ slack: [acceptBy('15:15')], teams: [] });
    expect(there.teams.script.calls).toEqual(['emailsOf', 'localeOf']);
  });

  it('sees in the other chat what happens to a lead whose card they had', async () => {
    const there = await withoutInstalls();
    await add(there, ada);
    await there.openHandoff();
    await there.work('deliver');
    await remove(there, ada);
    there.teams.script.fail('updateCard', 'refused');
    await there.carryOut({ type: 'ping', by: grace });
    await there.work('deliver');
    expect(cardsOf(ada, there).slack).toEqual([acceptBy('15:15')]);
  });

  it('and is in no other chat is out of reach until they add it again', async () => {
    const there = await withoutInstalls();
    there.chat.accounts.delete(ada);
    await add(there, ada);
    await remove(there, ada);
    await there.openHandoff();
    await there.work('deliver');
    expect(there.handoff().handoff.unreachable).toEqual(
      'has not installed the app in Teams, has no account in Slack',
    );
    await add(there, ada);
    expect(cardsOf(ada, there).teams).toHaveLength(1);
    expect(there.handoff().handoff.unreachable).toBeNull();
  });

  it('and was a stranger is forgotten without a trace', async () => {
    const there = await withoutInstalls();
    const before = await there.needs.directory.people();
    await remove(there, stranger);
    expect(await there.needs.directory.people()).toEqual(before);
  });
});
