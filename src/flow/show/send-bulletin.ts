import { type BulletinView, bulletinOf, type News } from '../../domain/card/bulletin.ts';
import { running } from '../../domain/handoff/handoff.ts';
import { chatsOf } from '../../domain/policy/people-of.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { decidesOver } from '../../domain/policy/who-decides.ts';
import { changeHandoff } from '../change.ts';
import { mentionsIn, namesOf } from '../people/people.ts';
import type { Outbox } from '../ports/cards.ts';
import type { Chat, Said } from '../ports/chat.ts';
import { PermanentFailure } from '../ports/failure.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';
import { askForConversation, findConversation, inConversation } from './find-conversation.ts';
import { obstacleOf } from './obstacles.ts';

type Needs = {
  outbox: Outbox;
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
      const waiting = await outbox.waiting(person);
      if (waiting.length === 0) return;
      const said = await tell(person, waiting, needs);
      await outbox.told(
        waiting.map(({ id }) => id),
        clock(),
        said,
      );
    }
  };
}

type Waiting = Awaited<ReturnType<Outbox['waiting']>>;

async function tell(person: PersonId, waiting: Waiting, needs: Needs): Promise<Said | null> {
  const ids = waiting.map(({ id }) => id);
  const news = waiting.map((one) => one.news);
  const views = await viewsOf(person, news, needs);
  const others = onceEach(news.filter(({ kind }) => kind !== 'missed'));
  const [only, ...more] = views;
  if (only && more.length === 0 && others.length === 0) {
    const cause = { by: null, at: needs.clock(), commandId: `news:${ids.join()}` };
    const command = { type: 'show', by: person } as const;
    await changeHandoff(needs.handoffs, needs.policyOf, only.handoff.id, command, cause);
    return null;
  }
  return only || others.length > 0 ? post(person, ids, { views, others }, needs) : null;
}

/**
 * In the first chat in which they can be reached: twice would be no clearer. One that keeps the bot out until somebody
 * does something about it is not waited for when there is another.
 * @returns null when no chat took it
 */
async function post(
  person: PersonId,
  ids: readonly string[],
  told: { views: readonly BulletinView[]; others: readonly News[] },
  { outbox, directory, chats, policy, clock, observe }: Needs,
): Promise<Said | null> {
  const people = await directory.people();
  let why = 'has no account in any connected chat';
  let shutOut: unknown = null;
  const leadIds = told.views.map(({ lead }) => lead.id);
  for (const platform of chatsOf(policy(), person).inOrder) {
    const chat = chats.find((candidate) => candidate.platform === platform);
    if (!chat) continue;
    try {
      const conversationId = await findConversation(person, chat, people, { directory, policy, clock });
      if (!conversationId) continue;
      const bulletin = bulletinOf({ ...told, names: namesOf(people), platform, now: clock() });
      const { mark, again } = await outbox.beginTelling(ids);
      const tellIn = async (place: string) => {
        const found = again ? await chat.findBulletin(place, mark) : null;
        const messageId =
          found ?? (await chat.postBulletin(place, bulletin, mark, mentionsIn(platform, people)));
        return { platform, conversationId: place, messageId, leadIds };
      };
      const another = () => askForConversation(person, chat, { directory, policy, clock });
      const said = await inConversation(conversationId, tellIn, another);
      if (!said) continue;
      observe({ what: 'bulletin', platform, news: ids.length });
      return said;
    } catch (cause) {
      if (cause instanceof PermanentFailure) why = cause.code;
      else if (obstacleOf(cause) !== null) shutOut = cause;
      else throw cause;
    }
  }
  if (shutOut) throw shutOut;
  observe({ what: 'bulletinUndeliverable', why });
  return null;
}

/** The handoffs that the news are about, that still wait, and that are the person's to see to, each once. */
async function viewsOf(
  person: PersonId,
  news: readonly News[],
  { handoffs, policyOf }: Needs,
): Promise<BulletinView[]> {
  const missed = new Set(news.flatMap((one) => (one.kind === 'missed' ? [one.handoffId] : [])));
  const about = new Set(news.flatMap((one) => ('handoffId' in one ? [one.handoffId] : [])));
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
