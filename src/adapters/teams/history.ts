import type { Card } from '../../domain/card/card.ts';
import { wordsIn } from '../../domain/words/words.ts';
import type { Container } from './adaptive-card.ts';
import { byteLength } from './budget.ts';
import type { Zone } from './local-time.ts';
import { moment, stacked, titled } from './section.ts';
import { richLine, textBlock, textRun } from './text.ts';

const keptMax = 30;
const lineLimits = { characters: 300, spans: 16 };

/**
 * What happened since the card came, oldest first: a personal conversation in Teams has no threads in which it could
 * stand.
 * @param room bytes that it may take; what does not fit is left out, oldest first
 */
export function historyGroup(
  { history, language }: Pick<Card, 'history' | 'language'>,
  room: number,
  zone: Zone,
): Container[] {
  const words = wordsIn(language);
  const lines = history.flatMap(({ at, text }) => {
    const said = richLine(text, lineLimits, zone);
    return said.length > 0 ? [moment(at, said, zone)] : [];
  });
  for (let kept = lines.slice(-keptMax); kept.length > 0; kept = kept.slice(1)) {
    const left = lines.length - kept.length;
    const before =
      left > 0
        ? [textBlock(textRun(words.text('bulletins.earlier', { count: left }), { isSubtle: true }))]
        : [];
    const items = titled(words.text('card.whatHappened'), stacked([...before, ...kept]), 'small');
    const group: Container = { type: 'Container', separator: true, spacing: 'medium', items };
    if (byteLength(group) <= room) return [group];
  }
  return [];
}
