import type { FormName } from '../../domain/card/form.ts';
import { denial } from '../../domain/handoff/rights.ts';
import type { Delivery } from './delivery.ts';

/** Nobody types into these. What may have been typed into any other is theirs: it is kept when they send it. */
const withoutWords: ReadonlySet<FormName> = new Set(['snooze', 'giveGrace']);

/**
 * Takes back the forms without words, where they are messages, that their owner cannot send in any more as the handoff has
 * ended or gone to somebody else.
 */
export async function takeBackForms({ view: { handoff, log }, people, needs }: Delivery): Promise<void> {
  const { cards, chats, policyOf } = needs;
  const isOver = handoff.status === 'closed' || log.some(({ event }) => event.type === 'reassigned');
  if (!isOver || chats.every(({ canLookBack }) => canLookBack)) return;
  const policy = policyOf(handoff);
  for (const form of await cards.openForms(handoff.id)) {
    if (!withoutWords.has(form.form)) continue;
    const { platform, userId } = form;
    const isOwner = (account: { platform: string; userId: string | null }) =>
      account.platform === platform && account.userId === userId;
    const owner = people.find(({ accounts }) => accounts.some(isOwner));
    if (owner && !denial(form.form, owner.id, handoff, policy)) continue;
    await chats.find((chat) => chat.platform === platform)?.remove(form);
    await cards.takeForm(form);
  }
}
