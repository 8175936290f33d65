import { type Briefing, brief } from '../../../src/domain/briefing/briefing.ts';
import type { Told } from '../../../src/domain/briefing/fact.ts';
import type { BriefingView } from '../../../src/domain/briefing/view.ts';
import { noMemory } from '../../../src/domain/handoff/memory.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { ada, at, ben, lead, logged, names, offered, policy } from '../../support/examples.ts';

/** What a briefing is made from: the example, ten minutes after it came, read by Ada, unless told otherwise. */
export function view(override: Partial<BriefingView> = {}): BriefingView {
  return {
    reader: ada,
    handoff: offered(),
    lead: lead(),
    log: logged(),
    memory: noMemory,
    policy: policy(),
    names,
    owners: new Map([
      ['owner-ada', ada],
      ['owner-ben', ben],
    ]),
    words: wordsIn('en'),
    now: at('15:10'),
    ...override,
  };
}

/** The briefing of a lead as somebody reads it, times in UTC. */
export function briefed(override: Partial<BriefingView> = {}) {
  const briefing = brief(view(override));
  const { who, role, whyNow, words, signals, memory, reach, summary, openers, more, notShared } = briefing;
  return {
    who,
    role: inWords(role),
    whyNow: inWords(whyNow),
    words: words?.text ?? null,
    signals: inWords(signals),
    memory: memory.map(inWords),
    reach: [reach.phone?.value, reach.email?.value, reach.localTime && plain(reach.localTime)].filter(
      Boolean,
    ),
    flags: reach.flags.map(inWords),
    summary: summary?.text ?? null,
    openers,
    more: Object.fromEntries(more.map(groupInWords)),
    notShared,
  };
}

function inWords(told: Told | null): string | null {
  return told && plain(told.line);
}

function groupInWords({ title, facts }: Briefing['more'][number]): [string, string[]] {
  return [title, facts.map(({ label, value }) => (label ? `${label}: ${value}` : value))];
}
