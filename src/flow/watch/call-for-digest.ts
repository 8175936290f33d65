import { type Handoff, running, waitsForDigest } from '../../domain/handoff/handoff.ts';
import type { Outbox } from '../ports/cards.ts';
import type { Handoffs } from '../ports/handoffs.ts';
import type { DueTimer } from '../ports/time.ts';

/**
 * The time of a digest has come. Whichever of its leads is first brings them all: their rep is told of them in one message,
 * however long the others' timers take. Those that have been told of meanwhile are left out when it is written.
 */
export async function callForDigest(
  { handoffId, run }: DueTimer,
  now: Date,
  { handoffs, outbox }: { handoffs: Handoffs; outbox: Outbox },
): Promise<void> {
  const first = (await handoffs.view(handoffId))?.handoff;
  if (!first || running(first)?.run !== run || !waitsForDigest(first)) return;
  const { rep: person } = first.assignment;
  const called = new Set((await outbox.waiting(person)).flatMap(({ news }) => inDigest(news)));
  if (called.has(handoffId)) return;
  const views = await handoffs.views(await handoffs.heldBy(person));
  const due = views
    .map(({ handoff }) => handoff)
    .filter((handoff) => isDue(handoff, now) && !called.has(handoff.id))
    .toSorted((a, b) => a.assignment.at.getTime() - b.assignment.at.getTime());
  await outbox.add(
    due.map(({ id }) => ({ person, news: { kind: 'digest', handoffId: id } })),
    now,
  );
}

function inDigest(news: Awaited<ReturnType<Outbox['waiting']>>[number]['news']) {
  return news.kind === 'digest' ? [news.handoffId] : [];
}

function isDue(handoff: Handoff, now: Date): boolean {
  return waitsForDigest(handoff) && handoff.digestAt !== undefined && handoff.digestAt <= now;
}
