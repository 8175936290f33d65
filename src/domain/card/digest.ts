import type { HandoffId } from '../handoff/handoff.ts';
import { whoIs } from '../lead/who-is.ts';
import { triggerOf } from '../policy/triggers.ts';
import { dateTime, type Line } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { CardView } from './card.ts';

/** A lead of a digest, with its handoff as it stands once the message has come. */
export type DigestView = Pick<CardView, 'handoff' | 'lead' | 'policy'>;

/** So many leads of a digest make one message; more of them make another. */
export const digestMax = 10;

/** What the message says of its leads together. */
export function digestChapter(digest: readonly DigestView[], words: Words): { title: string; text: Line }[] {
  if (digest.length === 0) return [];
  return [{ title: words.text('digest.title', { count: digest.length }), text: words.line('digest.text') }];
}

/** Each of its leads. */
export function digestItems(
  digest: readonly DigestView[],
  words: Words,
): { title: string; text: Line; handoffId: HandoffId }[] {
  return digest.map(({ handoff, lead, policy }) => {
    const trigger = triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
    const text = words.line('digest.lead', { trigger, due: dateTime(handoff.respondBy) });
    return { title: whoIs(lead), text, handoffId: handoff.id };
  });
}
