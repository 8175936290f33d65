import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import type { Cards, Outbox, SentCard } from '../ports/cards.ts';
import type { Chat } from '../ports/chat.ts';
import type { Erasures } from '../ports/erasures.ts';
import { TemporaryFailure } from '../ports/failure.ts';
import type { Changed, Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { JobRef } from '../ports/jobs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory, Person } from '../ports/people.ts';
import type { Clock, PolicyOf, Runs } from '../ports/time.ts';
import { type DeliveryPlan, planDelivery } from './plan-delivery.ts';

export type DeliveryNeeds = {
  handoffs: Handoffs;
  cards: Cards;
  erasures: Erasures;
  directory: Directory;
  inbox: Pick<Inbox, 'workflowRequests'>;
  outbox: Outbox;
  runs: Runs;
  chats: readonly Chat[];
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/** What is known while a handoff is delivered, the effects of what was done so far included. */
export type Delivery = {
  view: HandoffView;
  people: readonly Person[];
  readonly repeat: boolean;
  readonly outOfReach: Set<PersonId>;
  /** The job of delivering it, and whether that is over with what was saved. */
  readonly job: JobRef | null;
  isJobOver: boolean;
  readonly needs: DeliveryNeeds;
};

/** What is left to be done. */
export function planOf({ view, people, repeat, outOfReach, needs }: Delivery): DeliveryPlan {
  const { chats, policy, policyOf } = needs;
  const ruledBy = policyOf(view.handoff);
  return planDelivery(view, { policy: policy(), ruledBy, people, chats, repeat, outOfReach });
}

/** Whether nobody needs more than what is being done: the usual first card, to one person in one chat. */
export function isLastStep(delivery: Delivery): boolean {
  const { readers, channels } = planOf(delivery);
  const messages = readers.flatMap((reader) => reader.messages);
  const steps = messages.flatMap((message) => message.steps);
  return channels.length === 0 && messages.length === 1 && steps.length === 1;
}

/** Takes a change at `at` into account; the handoff is read again only when somebody else has changed it as well. */
export async function heedChange(delivery: Delivery, changed: Changed | null, at: Date): Promise<void> {
  const { handoff, log } = delivery.view;
  if (!changed || changed.handoff.version === handoff.version) return;
  const events = changed.outcome === 'changed' ? changed.events : [];
  if (changed.handoff.version !== handoff.version + events.length) return readAgain(delivery);
  const added = events.map((event, index) => ({ seq: handoff.version + 1 + index, at, by: null, event }));
  delivery.view = { ...delivery.view, handoff: changed.handoff, log: [...log, ...added] };
}

/** Finds out what has become of something whose end is unknown. Throws when its lead was erased meanwhile. */
export async function readAgain(delivery: Delivery): Promise<void> {
  const { view, needs } = delivery;
  const now = await needs.handoffs.view(view.handoff.id);
  if (!now) throw new TemporaryFailure('the lead was erased meanwhile', { outcome: 'notDone' });
  delivery.view = now;
}

/** Takes a message into account, as it is now. */
export function heedCard(delivery: Delivery, card: SentCard): void {
  const { cards } = delivery.view;
  const isSame = (one: SentCard) => one.person === card.person && one.platform === card.platform;
  const isNew = !cards.some(isSame);
  const known = cards.map((one) => (isSame(one) ? { ...card, seenAt: one.seenAt } : one));
  delivery.view = { ...delivery.view, cards: isNew ? [...cards, { ...card, seenAt: null }] : known };
}
