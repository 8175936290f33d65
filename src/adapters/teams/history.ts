import type { Card } from '../../domain/card/card.ts';
import type { Container } from './adaptive-card.ts';
import { byteLength } from './budget.ts';
import type { Zone } from './local-time.ts';
import { moment, stacked, titled } from './section.ts';
import { richLine, textBlock, textRun } from './text.ts';

export const historyTitle = 'What happened';

const keptMax = 30;
const lineLimits = { characters: 300, spans: 16 };

/**
 * What happened since the card came, oldest first: a personal conversation in Teams has no threads in which it could
 * stand.
 * @param room bytes that it may take; what does not fit is left out, oldest first
 */
export function historyGroup(history: Card['history'], room: number, zone: Zone): Container[] {
  const lines = history.flatMap(({ at, text }) => {
    const words = richLine(text, lineLimits, zone);
    return words.length > 0 ? [moment(at, words, zone)] : [];
  });
  for (let kept = lines.slice(-keptMax); kept.length > 0; kept = kept.slice(1)) {
    const left = lines.length - kept.length;
    const before = left > 0 ? [textBlock(textRun(`${left} earlier`, { isSubtle: true }))] : [];
    const items = titled(historyTitle, stacked([...before, ...kept]), 'small');
    const group: Container = { type: 'Container', separator: true, spacing: 'medium', items };
    if (byteLength(group) <= room) return [group];
  }
  return [];
}
