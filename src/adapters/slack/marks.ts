import type { MessageMetadata } from '@slack/types';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { BulletinMark, CardMark, LineMark } from '../../flow/ports/chat.ts';

/** What Slack gives back of a message's metadata: its types call the payload an object, without what is in it. */
type Found = { event_type?: string; event_payload?: object } | undefined;

const cardEvent = 'lead_handoff';
/** Another name than the card's: a line that stands in the conversation must not pass for the card. */
const lineEvent = 'lead_handoff_line';
const bulletinEvent = 'lead_handoff_bulletin';

/** Marks a message as the card of a handoff. */
export function cardMetadata({ handoffId, revision }: CardMark): MessageMetadata {
  return { event_type: cardEvent, event_payload: { handoff: handoffId, revision } };
}

export function lineMetadata({ handoffId, seq }: LineMark): MessageMetadata {
  return { event_type: lineEvent, event_payload: { handoff: handoffId, seq } };
}

export function bulletinMetadata({ bulletinId }: BulletinMark): MessageMetadata {
  return { event_type: bulletinEvent, event_payload: { bulletin: bulletinId } };
}

/** Which version of the handoff a card of it shows; null when it is no card of it. */
export function revisionShown(handoffId: HandoffId, metadata: Found): number | null {
  const { handoff, revision } = payloadOf(metadata);
  const isCard = metadata?.event_type === cardEvent && handoff === handoffId;
  return isCard && typeof revision === 'number' ? revision : null;
}

export function isBulletin({ bulletinId }: BulletinMark, metadata: Found): boolean {
  return metadata?.event_type === bulletinEvent && payloadOf(metadata)['bulletin'] === bulletinId;
}

/** Which event of the handoff a line tells; 0 when it is no line of it. */
export function seqTold(handoffId: HandoffId, metadata: Found): number {
  const { handoff, seq } = payloadOf(metadata);
  const isLine = metadata?.event_type === lineEvent && handoff === handoffId;
  return isLine && typeof seq === 'number' ? seq : 0;
}

function payloadOf(metadata: Found): Record<string, unknown> {
  return { ...metadata?.event_payload };
}
