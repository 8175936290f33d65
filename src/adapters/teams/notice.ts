import type { Line } from '../../domain/words/line.ts';
import type { Container } from './adaptive-card.ts';
import type { Zone } from './local-time.ts';
import { richLine, textBlock } from './text.ts';

const noticeLimits = { characters: 300, spans: 12 };

/** What came of what somebody just did, on top of what they did it on. */
export function noticeGroup(notice: Line, zone: Zone): Container[] {
  const inlines = richLine(notice, noticeLimits, zone);
  if (inlines.length === 0) return [];
  return [{ type: 'Container', style: 'warning', items: [textBlock(...inlines)] }];
}
