import type { Section } from '../domain/card/card.ts';
import type { Lead } from '../domain/lead/lead.ts';
import type { Policy, Target } from '../domain/policy/policy.ts';
import { triggerOf } from '../domain/policy/triggers.ts';
import { managerOf } from '../domain/policy/who-decides.ts';
import { hoursOf } from '../domain/policy/working-hours.ts';
import { dateTime, type Line, line, type Names, person } from '../domain/words/line.ts';
import { whyLine } from '../domain/words/why.ts';
import { wordsIn } from '../domain/words/words.ts';
import { sectionsOf } from '../flow/answer/explain.ts';
import type { Foreseen } from '../flow/try/foresee.ts';

/** What would happen to a lead, for people: the outcome first, then everything that was looked at. */
export function foreseenWords(
  foreseen: Foreseen,
  lead: Lead,
  policy: Policy,
  names: Names,
  now: Date,
): { title: string; sections: Section[] } {
  const words = wordsIn('en');
  const { verdict, reason, considered, reasons } = foreseen;
  const decision = { leadId: lead.id, at: now, policyVersion: policy.version, handoffId: null };
  // The first section tells of a decision that was taken.
  const [, ...looked] = sectionsOf({ ...decision, verdict, reason, considered, reasons }, { names, words });
  const outcome = {
    handoff: 'Would be handed over',
    held: 'Would be held',
    ignored: 'Would not be handed over',
  };
  return {
    title: `What would happen to ${lead.name ?? lead.email ?? `the lead ${lead.id}`} (nothing was done)`,
    sections: [
      {
        kind: 'text',
        title: outcome[verdict],
        text: line`${dateTime(now)}: ${whyLine(reason, words)} (policy ${policy.version})`,
      },
      ...outcomeSections(foreseen, policy, names),
      ...looked,
    ],
  };
}

/** Where the one works whom the times concern. */
export function zoneOf({ handoff, waits }: Foreseen, policy: Policy): string {
  const team = policy.teams.find(({ name }) => name === waits?.team);
  return team?.hours.zone ?? hoursOf(policy, handoff?.assignment.rep ?? policy.routing.fallback).zone;
}

function outcomeSections({ handoff, waits }: Foreseen, policy: Policy, names: Names): Section[] {
  if (waits) {
    const text = line`${waits.team}, until ${dateTime(waits.until)}, and then it is looked at again`;
    return [{ kind: 'text', title: 'Waits for', text }];
  }
  if (!handoff) return [];
  const { rep, team, openTo } = handoff.assignment;
  const manager = managerOf(policy, handoff.assignment);
  const to: Line = openTo
    ? [
        ...line`whoever of ${team ?? ''} claims it: `,
        ...openTo.flatMap((id, index) => [...(index > 0 ? line`, ` : []), person(id, names)]),
        ...line`; ${person(rep, names)} answers for it until then`,
      ]
    : line`${person(rep, names)}, ${team === null ? 'outside any team' : `of ${team}`}; ${person(manager, names)} decides if nobody answers`;
  const label = triggerOf(policy, handoff.trigger)?.label ?? handoff.trigger;
  const { acknowledge, touch } = handoff.targets;
  return [
    { kind: 'text', title: 'Goes to', text: to },
    { kind: 'text', title: 'As', text: line`${label}, since ${dateTime(handoff.since)}` },
    {
      kind: 'text',
      title: 'Targets',
      text: line`answer by ${dateTime(handoff.respondBy)}, ${countedWords(acknowledge)}\nreach out by ${dateTime(handoff.touchBy)} at the latest, ${countedWords(touch)}`,
    },
  ];
}

function countedWords({ countedIn }: Target): string {
  return countedIn === 'workingTime' ? 'in their working time' : 'by the wall clock';
}
