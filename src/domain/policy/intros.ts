import { isSwitchedOff, takersOf } from './people-of.ts';
import type { Intro, PersonId, Policy } from './policy.ts';

/** The names of the sequences that somebody has made in HubSpot, or why they, or the app, can use none. */
export type SequencesOf = ReadonlySet<string> | 'noOwner' | 'noSeat' | 'noScope';

/** Everybody who may have a lead that an intro is for, and with it needs a sequence. */
export function introducing(policy: Policy): PersonId[] {
  return takersOf(policy).filter((person) => policy.intros.some((intro) => sequenceFor(intro, person)));
}

/** Who of the policy has no sequence that an intro could be sent by, and why, in words. */
export function introNotes(policy: Policy, own: ReadonlyMap<PersonId, SequencesOf>): string[] {
  const people = introducing(policy).flatMap((person) => {
    const theirs = own.get(person);
    return theirs && !isSwitchedOff(policy, person) ? [{ person, theirs }] : [];
  });
  if (people.some(({ theirs }) => theirs === 'noScope')) {
    return [
      'intro: HubSpot does not let the app use sequences, so that none is sent: it needs the scopes ' +
        'automation.sequences.read and automation.sequences.enrollments.write',
    ];
  }
  return people.flatMap(({ person, theirs }) => {
    if (theirs === 'noOwner') return [`intro: ${person} is no active user of HubSpot, and sends none`];
    if (theirs === 'noSeat') return [`intro: ${person} may not use sequences in HubSpot, and sends none`];
    const names = policy.intros.flatMap((intro) => sequenceFor(intro, person) ?? []);
    return [...new Set(names)]
      .filter((name) => typeof theirs !== 'string' && !theirs.has(name))
      .map((name) => `intro: ${person} has no sequence "${name}" of their own in HubSpot, and sends none`);
  });
}

/** What the sequence of an intro is called that somebody has; null: they have none. */
export function sequenceFor({ sequence }: Intro, person: PersonId): string | null {
  return sequence.of.get(person) ?? sequence.usual;
}
