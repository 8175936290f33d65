import type { Card } from '../../domain/card/card.ts';
import type { CardElement, Container, TextElement } from './adaptive-card.ts';
import { byteLength } from './budget.ts';
import { buttonTitle } from './button.ts';
import type { Zone } from './local-time.ts';
import { moment, stacked, titled } from './section.ts';
import { richLine, textBlock, textRun } from './text.ts';

/** The last lines are what a rep may have missed; those before them are for whoever asks how it came to this. */
const shownMax = 2;
const keptMax = 30;
const lineLimits = { characters: 300, spans: 16 };

const earlierId = 'history.earlier';

/**
 * What happened since the card came, oldest first: the last lines in sight, those before them folded. A personal
 * conversation in Teams has no threads in which it could stand.
 * @param room bytes that it may take; what does not fit is left out, oldest first
 */
export function historyGroup(history: Card['history'], room: number, zone: Zone): Container[] {
  const lines = history.flatMap(({ at, text }) => {
    const words = richLine(text, lineLimits, zone);
    return words.length > 0 ? [moment(at, words, zone)] : [];
  });
  for (let kept = lines.slice(-keptMax); kept.length > 0; kept = kept.slice(1)) {
    const group = groupOf(kept, lines.length - kept.length);
    if (byteLength(group) <= room) return [group];
  }
  return [];
}

function groupOf(kept: readonly TextElement[], leftOut: number): Container {
  const folded = kept.slice(0, -shownMax);
  const lines = [...(folded.length > 0 ? earlier(folded, leftOut) : []), ...kept.slice(-shownMax)];
  const items = titled('What happened', lines, 'small');
  return { type: 'Container', separator: true, spacing: 'medium', items };
}

function earlier(folded: readonly TextElement[], leftOut: number): CardElement[] {
  const title = buttonTitle(`Earlier (${folded.length})`);
  const before = textBlock(textRun(`and ${leftOut} before these`, { isSubtle: true }));
  const items = stacked([...(leftOut > 0 ? [before] : []), ...folded]);
  return [
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.ToggleVisibility', title, targetElements: [earlierId] }],
    },
    { type: 'Container', id: earlierId, isVisible: false, items },
  ];
}
