import type { Colleague } from '../handoff/memory.ts';
import { joined, type Line, person, plain } from '../words/line.ts';
import { type Fact, known, type Once, type Told } from './fact.ts';
import type { BriefingView } from './view.ts';
import { when } from './when.ts';

/** So many colleagues are named in the line; of the others it is told with the rest. */
const mostNamed = 2;

/** Who else of the lead's company sales has: "Also here Zoë Lindqvist (marketing), with you since 9:06". */
export function alsoHere(view: BriefingView, once: Once): Told | null {
  const { words } = view;
  const told = openOnes(view)
    .slice(0, mostNamed)
    .flatMap((colleague) => {
      const fact = once(factOf(colleague, view));
      const since = when(colleague.since, view);
      return fact
        ? [{ fact, who: words.line('briefing.since', { who: whoItIs(colleague, view), since }) }]
        : [];
    });
  if (told.length === 0) return null;
  const people = joined(
    told.map(({ who }) => who),
    '; ',
  );
  return { line: words.line('briefing.alsoHere', { people }), facts: told.map(({ fact }) => fact) };
}

/** Everybody else of the company whom sales has, or had. */
export function otherColleagues(view: BriefingView, once: Once): Fact[] {
  return known(view.memory.colleagues.map((colleague) => once(factOf(colleague, view))));
}

function openOnes({ memory }: BriefingView): Colleague[] {
  return memory.colleagues.filter(({ status }) => status !== 'closed');
}

function factOf(colleague: Colleague, view: BriefingView): Fact {
  const { handoffId, since } = colleague;
  return {
    label: view.words.text('briefing.colleague'),
    value: plain(whoItIs(colleague, view)),
    at: since,
    source: { kind: 'log', handoffId },
  };
}

/** Who it is, and who has them, or how that ended. */
function whoItIs(colleague: Colleague, { words, names, reader, policy }: BriefingView): Line {
  const { name, role, rep, outcome, reason } = colleague;
  const called = name ?? words.text('briefing.somebody');
  const who = role ? words.text('briefing.withRole', { name: called, role }) : called;
  const holder = rep === reader ? words.line('briefing.you') : [person(rep, names)];
  if (!outcome) return words.line('briefing.isWith', { who, holder });
  const label = policy.disqualifyReasons.find((one) => one.name === reason)?.label;
  const how = words.line(`briefing.${outcome}`, { who: holder });
  return words.line('briefing.ended', {
    who,
    how: label ? [...how, { kind: 'text', text: `: ${label}` }] : how,
  });
}
