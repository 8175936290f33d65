import type { Ended } from '../handoff/memory.ts';
import type { PersonId } from '../policy/policy.ts';
import { type Line, line, person, plain } from '../words/line.ts';
import type { Once, Told } from './fact.ts';
import { quoted } from './quoted.ts';
import type { BriefingView } from './view.ts';
import { when } from './when.ts';

/** An earlier handoff of the lead: who ended it, when, how, and what they said. */
type End = Pick<Ended, 'handoffId' | 'outcome' | 'reason' | 'note'> & { who: PersonId; at: Date };

/** How sales had the lead before, and how that ended, newest first. */
export function lastTimes(view: BriefingView, once: Once): Told[] {
  const { words } = view;
  return endsIn(view).flatMap((end) => {
    const what = inWords(end, view);
    const source = { kind: 'log', handoffId: end.handoffId } as const;
    const label = words.text('briefing.before');
    const fact = once({ label, value: plain(what), at: end.at, source });
    return fact
      ? [{ line: words.line('briefing.lastTime', { when: when(end.at, view), what }), facts: [fact] }]
      : [];
  });
}

/** What the handoff remembers of the last time is told by whom. */
function endsIn({ handoff: { back }, memory }: BriefingView): End[] {
  const others = memory.earlier.filter(({ handoffId }) => handoffId !== back?.handoffId);
  return [
    ...(back ? [{ ...back, who: back.by ?? back.rep }] : []),
    ...others.map((ended) => ({ ...ended, who: ended.rep, at: ended.closedAt })),
  ];
}

function inWords({ outcome, reason, note, who }: End, { policy, words, names, reader }: BriefingView): Line {
  const actor = who === reader ? words.line('briefing.you') : [person(who, names)];
  const ended = words.line(`briefing.${outcome}`, { who: actor });
  const label = policy.disqualifyReasons.find(({ name }) => name === reason)?.label;
  const why = [label ?? '', note ? quoted(note) : ''].filter(Boolean).join(', ');
  return why ? line`${ended}: ${why}` : ended;
}
