import { type Repeats, repeatsOf } from '../handoff/repeats.ts';
import { triggerOf } from '../policy/triggers.ts';
import { joined, type Line } from '../words/line.ts';
import type { CardView, Paragraph } from './card.ts';
import { nearTime } from './near-time.ts';

/** What the lead did once more since it was handed over: "2nd: Demo request, 9:14". */
export function onceMore(view: CardView): Paragraph[] {
  const repeats = repeatsOf(view.handoff, view.log);
  if (repeats.length === 0) return [];
  const lines = repeats.map((one) => againLine(one, view));
  return [{ kind: 'line', text: joined(lines, ' · ') }];
}

function againLine({ trigger: name, count, at }: Repeats, view: CardView): Line {
  const { policy, words } = view;
  const trigger = triggerOf(policy, name)?.label ?? name;
  return count > 1
    ? words.line('again.times', { count, trigger, at: nearTime(at, view) })
    : words.line('again.also', { trigger, at: nearTime(at, view) });
}
