import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/words/line.ts';
import type { Look } from '../../../src/flow/ports/chat.ts';
import { refreshCard } from '../../../src/flow/show/refresh-card.ts';
import { ada, at, ben, grace, lead, offered, policy, stranger } from '../../support/examples.ts';
import { type Office, office, teamsUserIdOf, userIdOf } from '../../support/office.ts';

const { id } = offered();
const run = (there: Office) => there.deliver();
const inTeams = policy({ chat: { usual: 'teams', people: new Map() } });

/** Somebody looks at a message in Teams; which attempt of sending it was, it says itself. */
const look = (
  there: Office,
  person: string,
  messageId: string | null | undefined = 'message-1',
  attempt = there.teams.messagesOf(person).find((message) => message.messageId === messageId)?.mark.attempt,
) =>
  refreshCard(there.needs)({
    platform: 'teams',
    userId: teamsUserIdOf(person),
    handoffId: id,
    messageId,
    attempt: attempt ?? null,
  });

/** What they see: the status and the buttons of the card, or what they are told instead. */
function shown(seen: Look) {
  if ('refused' in seen) return plain(seen.refused);
  if ('stray' in seen) return 'a stray';
  const buttons = [...seen.card.actions, ...seen.card.menu].flatMap((action) =>
    ['link', 'say'].includes(action.kind) ? [] : [action.label],
  );
  return [plain(seen.card.status), ...buttons];
}

const onceAccepted = ['Log a Touch', 'Disqualify', 'Snooze', 'Hand Back'];
/** A moment ago, so that it can still be taken back. */
const justAccepted = ['Log a Touch', 'Undo', 'Disqualify', 'Snooze', 'Hand Back'];
const recordOf = (there: Office, person = ada) => there.handoff().cards.get(`${person} teams`);
const messagesOf = (there: Office) => there.teams.messagesOf(ada);

async function opened(): Promise<Office> {
  const there = await office({ rules: inTeams, withTeams: true });
  await there.openHandoff();
  return there;
}

/** An office where Ada's card has been delivered in Teams. */
async function delivered(): Promise<Office> {
  const there = await opened();
  await run(there);
  return there;
}

/** An office where Ada's card came to Teams, though nobody knows; not yet sent again. */
async function lost(): Promise<Office> {
  const there = await opened();
  there.teams.script.fail('postCard', 'lost');
  await run(there).catch(() => {});
  return there;
}

describe('whoever looks at their card', () => {
  it('sees it as it stands now, whatever the message shows', async () => {
    const there = await delivered();
    there.moveTo(at('15:05'));
    await there.carryOut({ type: 'accept', by: ada });
    const seen = await look(there, ada);
    expect(shown(seen)).toEqual(['Yours. Reach out by 16:05 UTC', ...justAccepted]);
    expect(seen).toMatchObject({
      mark: { handoffId: id, revision: there.handoff().handoff.version },
      card: { history: [expect.anything()] },
    });
  });

  it('sees people by their accounts in that chat', async () => {
    const there = await delivered();
    await there.needs.identify('slack', userIdOf(ada));
    const seen = await look(there, ada);
    expect('people' in seen && [...seen.people]).toEqual([[ada, 'entra-ada']]);
  });

  it('sees why it came to this chat, when they prefer the other', async () => {
    const rules = policy({ chat: { usual: 'slack', people: new Map() } });
    const there = await office({ rules, withTeams: true });
    there.chat.accounts.delete(ada);
    await there.openHandoff();
    await run(there);
    const seen = await look(there, ada);
    const last = 'card' in seen && seen.card.body.at(-1);
    expect(last && last.kind === 'line' && plain(last.text)).toBe(
      'Ada Okafor has no account in Slack, so this card came to Teams.',
    );
  });

  it('changes nothing but that they have seen it, and the chat is asked nothing', async () => {
    const there = await delivered();
    const [before, calls] = [structuredClone(recordOf(there)), [...there.teams.script.calls]];
    expect(before?.seenAt).toBeNull();
    there.moveTo(at('15:03'));
    await look(there, ada);
    there.moveTo(at('15:04'));
    await look(there, ada);
    expect(recordOf(there)).toEqual({ ...before, seenAt: at('15:04') });
    expect(there.teams.script.calls).toEqual(calls);
  });

  it('and has passed the lead on sees what became of it', async () => {
    const there = await delivered();
    await there.carryOut({ type: 'reassign', by: grace, to: ben });
    expect(shown(await look(there, ada))).toEqual(['With Ben Castillo since 15:00 UTC']);
  });
});

describe('whoever has no card there', () => {
  it('but holds the lead sees the holder’s card', async () => {
    const there = await opened();
    expect(shown(await look(there, ada))).toEqual([
      'Accept by 15:15 UTC · filled in “Request a Demo” 14:59 UTC',
      'Accept',
      ...onceAccepted,
    ]);
    expect(recordOf(there)).toBeUndefined();
  });

  it('but decides over the lead sees the manager’s card', async () => {
    const there = await delivered();
    expect(shown(await look(there, grace))).toEqual([
      'Ada Okafor has until 15:15 UTC',
      'Reassign',
      'Take It',
      'Allow More Time',
      'Nudge',
    ]);
    expect(recordOf(there, grace)).toBeUndefined();
  });

  it('and has nothing to do with the lead is told whose it is', async () => {
    expect(shown(await look(await delivered(), ben))).toBe(
      'Ada Okafor holds this lead now. Nothing was changed.',
    );
  });

  it('and is nobody of the policy is told so', async () => {
    expect(shown(await look(await delivered(), stranger))).toBe(
      'You are not among the people of this handoff policy. Nothing was changed.',
    );
  });

  it('is told of a handoff that is gone', async () => {
    const there = await office({ rules: inTeams, withTeams: true });
    expect(shown(await look(there, ada))).toBe('This handoff no longer exists. Nothing was changed.');
  });
});

describe('the message of a send with an unknown end', () => {
  it('becomes the card when somebody looks at it, and no second one is sent', async () => {
    const there = await lost();
    expect(recordOf(there)?.messageId).toBeNull();
    const [message] = messagesOf(there);
    expect(shown(await look(there, ada, message?.messageId))).toContain('Accept');
    expect(recordOf(there)?.messageId).toBe(message?.messageId);
    await run(there);
    expect(messagesOf(there)).toHaveLength(1);
    expect(there.handoff().handoff.deliveredAt).toEqual(there.needs.clock());
  });

  it('is brought up to date from then on, with what happened since it was sent', async () => {
    const there = await lost();
    there.moveTo(at('15:05'));
    await there.carryOut({ type: 'accept', by: ada });
    await look(there, ada, messagesOf(there)[0]?.messageId);
    await run(there);
    const [message, ...more] = messagesOf(there);
    expect(more).toEqual([]);
    expect(message && plain(message.card.status)).toBe('Yours. Reach out by 16:05 UTC');
    expect(message?.lines.map(({ text }) => plain(text))).toEqual([
      'Ada Okafor accepted. First touch due 16:05 UTC.',
    ]);
  });

  it('is a stray once it was sent again, and the card stays the other', async () => {
    const there = await lost();
    await run(there);
    const [stray, card] = messagesOf(there);
    const before = structuredClone(recordOf(there));
    expect(before?.messageId).toBe(card?.messageId);
    expect(shown(await look(there, ada, stray?.messageId))).toBe('a stray');
    expect(recordOf(there)).toEqual(before);
    expect(shown(await look(there, ada, card?.messageId))).toContain('Accept');
  });

  it('is a stray by its own word, whatever the client says of it', async () => {
    const there = await lost();
    await run(there);
    const [stray, card] = messagesOf(there);
    const told = (messageId: string | null | undefined) => look(there, ada, messageId, stray?.mark.attempt);
    expect(await told(stray?.messageId)).toMatchObject({ stray: true, isNobodys: true });
    expect(await told(card?.messageId)).toMatchObject({ stray: true, isNobodys: false });
    expect(await told(null)).toMatchObject({ stray: true, isNobodys: false });
  });

  it('is no stray by its own word, whatever the client says of it', async () => {
    const there = await lost();
    await run(there);
    const [stray, card] = messagesOf(there);
    const before = structuredClone(recordOf(there));
    for (const told of [null, 'message-of-something-else', stray?.messageId]) {
      expect(shown(await look(there, ada, told, card?.mark.attempt))).toContain('Accept');
    }
    expect(recordOf(there)).toEqual({ ...before, seenAt: there.needs.clock() });
  });

  it('is shown as the card though the client does not say which message it is, and adopted by nobody', async () => {
    const there = await lost();
    expect(shown(await look(there, ada, null, 1))).toContain('Accept');
    expect(recordOf(there)?.messageId).toBeNull();
  });

  it('of somebody else’s card becomes nobody’s', async () => {
    const there = await lost();
    const [message] = messagesOf(there);
    await look(there, grace, message?.messageId);
    await look(there, ben, message?.messageId);
    expect(recordOf(there)?.messageId).toBeNull();
  });

  describe('when the client names the card of another lead', () => {
    const other = async (there: Office) => {
      await there.openHandoff(lead({ id: '2' }), { id: 'second' });
      there.teams.script.fail('postCard', 'lost');
      await there.deliver('second').catch(() => {});
    };
    const lookAtOther = (there: Office, messageId: string | null) =>
      refreshCard(there.needs)({
        platform: 'teams',
        userId: teamsUserIdOf(ada),
        handoffId: 'second',
        messageId,
        attempt: 1,
      });
    const second = (there: Office) => there.handoff('second').cards.get(`${ada} teams`);

    it('is shown as its card, and that card stays with its lead', async () => {
      const there = await delivered();
      await other(there);
      const [first] = messagesOf(there);
      expect(await lookAtOther(there, first?.messageId ?? null)).toMatchObject({
        mark: { handoffId: 'second', attempt: 1 },
      });
      expect(second(there)?.messageId).toBeNull();
    });

    it('is a stray that takes nothing with it once it was sent again', async () => {
      const there = await delivered();
      await other(there);
      await there.deliver('second');
      const [first, stray] = messagesOf(there);
      expect(await lookAtOther(there, first?.messageId ?? null)).toMatchObject({
        stray: true,
        isNobodys: false,
      });
      expect(await lookAtOther(there, stray?.messageId ?? null)).toMatchObject({
        stray: true,
        isNobodys: true,
      });
    });
  });
});
