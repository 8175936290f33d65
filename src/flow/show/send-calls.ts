import type { News } from '../../domain/card/bulletin.ts';
import { type CallView, callsBulletin, hasCalled, weightOf, whatBecameOf } from '../../domain/card/calls.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Why } from '../../domain/words/reason.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { changeHandoff } from '../change.ts';
import { mentionsIn, namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { CallsIn, Cards, OpenMessage, Outbox } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { whereSeen } from './plan-message.ts';
import { tellPerson } from './tell-person.ts';

type Needs = {
  outbox: Outbox;
  cards: Pick<Cards, 'noteSaid'>;
  handoffs: Handoffs;
  directory: Directory;
  chats: readonly Chat[];
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

type Waiting = { id: string; news: News };
type Called = { id: string; view: HandoffView; call: CallView };

/** Calls somebody to everything that they are called to at a time, in one message; what is overtaken is not told at all. */
export async function sendCalls(
  person: PersonId,
  waiting: readonly Waiting[],
  needs: Needs,
): Promise<CallsIn | null> {
  const { outbox, cards, policy, clock, observe } = needs;
  const people = await needs.directory.people();
  const now = clock();
  const calls = await readCalls(waiting, needs);
  const worthTelling = calls.filter(({ call }) => {
    const isNews = weightOf(call, person) === 'news';
    if (isNews) return policy().threads !== 'none';
    const words = wordsFor(person, 'slack', { people, policy: policy() });
    return whatBecameOf(call, { reader: person, names: namesOf(people), words, now }) === null;
  });
  if (worthTelling.length === 0) return null;
  const shown = worthTelling.flatMap(({ view }) => view.cards);
  const first = whereSeen(person, shown, policy());
  const ids = waiting.map(({ id }) => id);
  const sent = await tellPerson(
    person,
    needs,
    async ({ chat, conversationId, people: known }) => {
      const bulletin = drawn(person, worthTelling, chat, known, needs);
      const { mark, again } = await outbox.beginTelling(ids);
      const found = again ? await chat.findBulletin(conversationId, mark) : null;
      return found ?? chat.postBulletin(conversationId, bulletin, mark, mentionsIn(chat.platform, known));
    },
    first,
  );
  if ('why' in sent) {
    observe({ what: 'bulletinUndeliverable', why: whyForOperators(sent.why) });
    await passOn(person, worthTelling, sent.why, needs);
    return null;
  }
  await cards.noteSaid({ ...sent, leadIds: [...new Set(worthTelling.map(({ view }) => view.lead.id))] });
  observe({ what: 'bulletin', platform: sent.platform, news: worthTelling.length });
  const open = worthTelling.filter(({ call }) => weightOf(call, person) !== 'news').map(({ id }) => id);
  return { ids: open, message: sent };
}

/** Somebody has to decide over the leads of a rep whom no chat reaches any more. */
async function passOn(
  person: PersonId,
  calls: readonly Called[],
  why: Why,
  { handoffs, policyOf, clock, observe }: Needs,
): Promise<void> {
  const theirs = calls.map(({ view }) => view.handoff).filter(({ assignment }) => assignment.rep === person);
  for (const handoffId of new Set(theirs.map(({ id }) => id))) {
    observe({ what: 'undeliverable', handoffId, why: whyForOperators(why) });
    const command = { type: 'markUnreachable', rep: person, why } as const;
    const cause = { by: null, at: clock(), commandId: null };
    const changed = await changeHandoff(handoffs, policyOf, handoffId, command, cause);
    if (changed?.outcome !== 'changed') continue;
    observe({ what: 'changed', handoffId, events: changed.events.map(({ type }) => type) });
  }
}

/**
 * Brings the messages up to date in which somebody is called to a handoff: of what was done or overtaken nothing is left to
 * press.
 */
export async function settleCalls(
  view: HandoffView,
  people: readonly Person[],
  needs: Omit<Needs, 'cards'>,
): Promise<void> {
  if (!hasCalled(view.log)) return;
  for (const message of await needs.outbox.open(view.handoff.id)) await settle(message, view, people, needs);
}

async function settle(
  { person, platform, conversationId, messageId, mark, calls }: OpenMessage,
  known: HandoffView,
  people: readonly Person[],
  needs: Omit<Needs, 'cards'>,
): Promise<void> {
  const chat = needs.chats.find((candidate) => candidate.platform === platform);
  const reader = {
    reader: person,
    names: namesOf(people),
    words: wordsFor(person, platform, { people, policy: needs.policy() }),
    now: needs.clock(),
  };
  const news = calls.map(({ id, handoffId, seq }) => ({
    id,
    news: { kind: 'called', handoffId, seq } as const,
  }));
  const all = await readCalls(news, needs, known);
  const isOver = ({ id, call }: Called) =>
    calls.some((one) => one.id === id && !one.isSettled) && whatBecameOf(call, reader) !== null;
  const over = all.filter(isOver);
  if (over.length === 0) return;
  if (chat) {
    const bulletin = drawn(person, all, chat, people, needs);
    try {
      await chat.updateBulletin({ conversationId, messageId }, bulletin, mark, mentionsIn(platform, people));
    } catch (cause) {
      // Whoever cannot be written to any more cannot press anything there either.
      if (!(cause instanceof PermanentFailure)) throw cause;
    }
  }
  await needs.outbox.settle(
    over.map(({ id }) => id),
    needs.clock(),
  );
}

function drawn(
  person: PersonId,
  calls: readonly Called[],
  { platform }: Chat,
  people: readonly Person[],
  { policy, clock }: Pick<Needs, 'policy' | 'clock'>,
) {
  const words = wordsFor(person, platform, { people, policy: policy() });
  const reader = { reader: person, names: namesOf(people), words, now: clock() };
  return callsBulletin(
    calls.map(({ call }) => call),
    reader,
  );
}

/** The calls whose handoffs are still there, in their order. @param known one that need not be read */
async function readCalls(
  waiting: readonly Waiting[],
  { handoffs, policyOf }: Pick<Needs, 'handoffs' | 'policyOf'>,
  known?: HandoffView,
): Promise<Called[]> {
  const about = waiting.flatMap(({ id, news }) => (news.kind === 'called' ? [{ id, ...news }] : []));
  const ids = [...new Set(about.map(({ handoffId }) => handoffId))];
  const unread = ids.filter((id) => id !== known?.handoff.id);
  const read = unread.length > 0 ? await handoffs.views(unread) : [];
  const views = new Map<HandoffId, HandoffView>(
    [...read, ...(known ? [known] : [])].map((view) => [view.handoff.id, view]),
  );
  return about.flatMap(({ id, handoffId, seq }) => {
    const view = views.get(handoffId);
    if (!view) return [];
    const { handoff, lead, log } = view;
    return [{ id, view, call: { handoff, lead, log, policy: policyOf(handoff), seq } }];
  });
}
