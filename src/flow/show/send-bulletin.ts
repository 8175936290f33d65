import { type BulletinView, bulletinOf, type News } from '../../domain/card/bulletin.ts';
import { running } from '../../domain/handoff/handoff.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { decidesOver } from '../../domain/policy/who-decides.ts';
import { whyForOperators } from '../../domain/words/why.ts';
import { changeHandoff } from '../change.ts';
import { mentionsIn, namesOf } from '../people/people.ts';
import { wordsFor } from '../people/words-of.ts';
import type { Cards, Outbox } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { sendCalls } from './send-calls.ts';
import { arrived, inOneMessage, noteDigest, readDigest } from './send-digest.ts';
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

/**
 * Tells somebody in one message what waits to be told outside of cards. Of one lead alone whose target passed unnoticed
 * they get the card instead.
 */
export function sendBulletin(needs: Needs) {
  const { outbox, clock } = needs;
  return async (person: PersonId): Promise<void> => {
    // An attempt that broke off is finished before what has come since is told.
    for (;;) {
      const waiting = inOneMessage(await outbox.waiting(person));
      if (waiting.length === 0) return;
      const ids = waiting.map(({ id }) => id);
      if (waiting.some(({ news }) => news.kind === 'called')) {
        await outbox.told(ids, clock(), await sendCalls(person, waiting, needs));
      } else {
        await tell(person, waiting, needs);
        await outbox.told(ids, clock());
      }
    }
  };
}

type Waiting = Awaited<ReturnType<Outbox['waiting']>>;

async function tell(person: PersonId, waiting: Waiting, needs: Needs): Promise<void> {
  const ids = waiting.map(({ id }) => id);
  const news = waiting.map((one) => one.news);
  const digest = await readDigest(person, news, needs);
  const views = await viewsOf(person, news, needs);
  const others = onceEach(news.filter(({ kind }) => kind !== 'missed' && kind !== 'digest'));
  const [only, ...more] = views;
  if (only && more.length === 0 && others.length === 0 && digest.length === 0) {
    const cause = { by: null, at: needs.clock(), commandId: `news:${ids.join()}` };
    const command = { type: 'show', by: person } as const;
    await changeHandoff(needs.handoffs, needs.policyOf, only.handoff.id, command, cause);
    return;
  }
  if (only || others.length > 0 || digest.length > 0)
    await post(person, ids, { views, digest, others }, needs);
}

async function post(
  person: PersonId,
  ids: readonly string[],
  told: { views: readonly BulletinView[]; digest: readonly HandoffView[]; others: readonly News[] },
  needs: Needs,
): Promise<void> {
  const { outbox, cards, clock, observe } = needs;
  const sent = await tellPerson(person, needs, async ({ chat, conversationId, people }) => {
    const { platform } = chat;
    const digest = told.digest.map((view) => arrived(person, view, needs));
    const words = wordsFor(person, platform, { people, policy: needs.policy() });
    const about = { ...told, digest, names: namesOf(people), words, now: clock() };
    const bulletin = bulletinOf(about);
    const { mark, again } = await outbox.beginTelling(ids);
    const found = again ? await chat.findBulletin(conversationId, mark) : null;
    return found ?? chat.postBulletin(conversationId, bulletin, mark, mentionsIn(platform, people));
  });
  // First: of what has come, an attempt that is made again knows nothing any more.
  if (!('why' in sent)) {
    await cards.noteSaid({ ...sent, leadIds: [...told.views, ...told.digest].map(({ lead }) => lead.id) });
  }
  await noteDigest(person, told.digest, sent, needs);
  observe(
    'why' in sent
      ? { what: 'bulletinUndeliverable', why: whyForOperators(sent.why) }
      : { what: 'bulletin', platform: sent.platform, news: ids.length },
  );
}

/** The handoffs that the news are about, that still wait, and that are the person's to see to, each once. */
async function viewsOf(
  person: PersonId,
  news: readonly News[],
  { handoffs, policyOf }: Needs,
): Promise<BulletinView[]> {
  const missed = new Set(news.flatMap((one) => (one.kind === 'missed' ? [one.handoffId] : [])));
  const about = new Set(
    news.flatMap((one) => ('handoffId' in one && one.kind !== 'digest' ? [one.handoffId] : [])),
  );
  const views: BulletinView[] = [];
  for (const id of about) {
    const view = await handoffs.view(id);
    if (!view || !running(view.handoff)) continue;
    const { assignment } = view.handoff;
    const policy = policyOf(view.handoff);
    const isTheirs = assignment.rep === person || decidesOver(policy, assignment, person);
    if (isTheirs) views.push({ ...view, policy, missed: missed.has(id) });
  }
  return views;
}

/**
 * The same may have been noted by several processes, or for several cards that somebody let pass at the same moment: the
 * last word counts.
 */
function onceEach(news: readonly News[]): News[] {
  const about = (one: News) => JSON.stringify({ ...one, missed: null });
  return news.filter((one, index) => !news.slice(index + 1).some((later) => about(later) === about(one)));
}
