import { type Repeats, repeatsOf } from '../handoff/repeats.ts';
import { triggerOf } from '../policy/triggers.ts';
import { dateTime, joined, type Line } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { CardView, Section } from './card.ts';

/** What the lead did once more since it was handed over: "2nd: Demo request, 9:14". */
export function againSection(view: Pick<CardView, 'handoff' | 'log' | 'policy' | 'words'>): Section[] {
  const repeats = repeatsOf(view.handoff, view.log);
  if (repeats.length === 0) return [];
  const lines = repeats.map((one) => againLine(one, view));
  return [{ kind: 'text', title: view.words.text('again.title'), text: joined(lines, '\n') }];
}

function againLine(
  { trigger: name, count, at }: Repeats,
  { policy, words }: Pick<CardView, 'policy'> & { words: Words },
): Line {
  const trigger = triggerOf(policy, name)?.label ?? name;
  return count > 1
    ? words.line('again.times', { count, trigger, at: dateTime(at) })
    : words.line('again.also', { trigger, at: dateTime(at) });
}
