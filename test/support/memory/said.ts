import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { Said } from '../../../src/flow/ports/chat.ts';
import type { Retraction } from '../../../src/flow/ports/erasures.ts';
import type { Kept } from './kept.ts';

/** Remembers a message about leads; what was said of one that was erased meanwhile is taken back at once. */
export function noteSaid(kept: Kept, said: Said): void {
  if (said.leadIds.length === 0) return;
  kept.said.push(said);
  const erased = said.leadIds.filter((id) => kept.erased.has(id));
  if (erased.length > 0) takeBackSaid(kept, erased);
}

export function takeBackSaid(kept: Kept, ids: readonly LeadId[]): void {
  const { said } = kept;
  for (const message of said.filter(({ leadIds }) => leadIds.some((id) => ids.includes(id)))) {
    takeBackMessage(kept, ids, { ...message, isCard: false });
    said.splice(said.indexOf(message), 1);
  }
}

export function takeBackMessage(
  { retractions, jobs }: Kept,
  [leadId = '']: readonly LeadId[],
  { platform, conversationId, messageId, isCard }: Omit<Retraction, 'id'>,
): void {
  const id = String(retractions.length + 1);
  const message = { platform, conversationId, messageId, isCard };
  retractions.push({ id, leadId, ...message, gone: false, refused: null });
  jobs.add('retract', leadId);
}
