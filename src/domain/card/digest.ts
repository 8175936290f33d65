import { whoIs } from '../lead/who-is.ts';
import { triggerOf } from '../policy/triggers.ts';
import { dateTime, type Line, line, oneLine } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { CardView } from './card.ts';
import type { Row, RowsSection } from './reply-action.ts';

/** A lead of a digest, with its handoff as it stands once the message has come. */
export type DigestView = Pick<CardView, 'handoff' | 'lead' | 'policy'>;

/** So many leads of a digest make one message; more of them make another. */
export const digestMax = 8;

/** What the message says of its leads together. */
export function digestChapter(digest: readonly DigestView[], words: Words): { title: string; text: Line }[] {
  if (digest.length === 0) return [];
  return [{ title: words.text('digest.title', { count: digest.length }), text: words.line('digest.text') }];
}

/** Each of its leads, to be taken on at once or looked at first. */
export function digestRows(digest: readonly DigestView[], words: Words): RowsSection[] {
  if (digest.length === 0) return [];
  return [{ kind: 'rows', rows: digest.map((view) => rowOf(view, words)) }];
}

/** So long that as many of them fit a message in either chat. */
const nameMaxLength = 60;
const triggerMaxLength = 40;

function rowOf({ handoff, lead, policy }: DigestView, words: Words): Row {
  const trigger = oneLine(triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger, triggerMaxLength);
  const about = { kind: 'act', handoffId: handoff.id } as const;
  return {
    text: line`${oneLine(whoIs(lead), nameMaxLength)}`,
    detail: words.line('digest.lead', { trigger, due: dateTime(handoff.respondBy) }),
    actions: [
      { ...about, command: 'accept', label: words.text('digest.accept') },
      { ...about, command: 'show', label: words.text('digest.show') },
    ],
  };
}
