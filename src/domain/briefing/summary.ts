import type { Lead } from '../lead/lead.ts';
import { type Line, line } from '../words/line.ts';
import type { LeadView } from './view.ts';

/** The lead in a few words, who wrote them, and how a card says so. */
export type Summary = { text: string; by: 'portal' | 'rules' | 'model'; line: Line };

/** Nobody from sales talked to the lead if none of these stands on its record. */
const talks = new Set(['call', 'email', 'meeting', 'message']);
const dayMs = 86_400_000;

/**
 * What the facts alone do not say: since when we know the lead, whether it has warmed up, and whether anybody of sales
 * has ever talked to it. The portal's own summary goes before that, then
 * what a language model wrote. Null: there is nothing to say.
 */
export function summary(view: LeadView): Summary | null {
  const { lead, words } = view;
  const own = lead.summary?.trim();
  if (own) return { text: own, by: 'portal', line: line`${own}` };
  const written = writtenByModel(view);
  if (written) return { text: written, by: 'model', line: words.line('briefing.byModel', { text: written }) };
  const text = [acquaintance(view), warmth(view), isNew(view)]
    .filter((sentence) => sentence !== null)
    .join(' ');
  return text ? { text, by: 'rules', line: line`${text}` } : null;
}

function writtenByModel({ log }: LeadView): string | null {
  return (
    log.flatMap(({ event }) => (event.type === 'summarised' && event.text ? [event.text] : [])).at(-1) ?? null
  );
}

function acquaintance({ lead, words, now }: LeadView): string | null {
  const first = firstSeen(lead);
  if (!first) return null;
  const days = Math.floor((now.getTime() - first.getTime()) / dayMs);
  return days < 1 ? words.text('briefing.newToUs') : words.text('briefing.knownFor', { days });
}

function firstSeen({ conversions, pages, activities, stageEnteredAt }: Lead): Date | null {
  const times = [
    ...[...conversions, ...pages, ...activities].map(({ at }) => at),
    ...Object.values(stageEnteredAt),
  ].map((at) => at.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** By how much the score rose this week. */
function warmth({ lead: { score }, words, now }: LeadView): string | null {
  const before = score?.history.find(({ at }) => now.getTime() - at.getTime() > 7 * dayMs);
  const points = score && before ? score.value - before.value : 0;
  return points > 0 ? words.text('briefing.warmedUp', { points }) : null;
}

function isNew({ lead, handoff, memory, words }: LeadView): string | null {
  const isTouched = handoff.firstTouchAt !== null || handoff.back !== undefined || memory.earlier.length > 0;
  const hasTalked = lead.activities.some(
    ({ kind, direction, automated }) => talks.has(kind) && direction !== 'inbound' && !automated,
  );
  return isTouched || hasTalked ? null : words.text('briefing.nobodyYet');
}
