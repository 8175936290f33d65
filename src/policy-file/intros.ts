import { z } from 'zod';
import type { Intro } from '../domain/policy/policy.ts';
import { condition, type Names, type RawCondition, toCondition } from './conditions.ts';
import type { Problem } from './problem.ts';
import { everyDay, found, hours, word } from './values.ts';

const sequence = z.union([word, z.record(z.string(), word)], {
  error: found("the name of the reps' own sequence, or { <email>: <name>, … }"),
});

export const intro = z
  .strictObject({
    if: condition.optional().describe('For which leads; for all unless told otherwise.'),
    when: z
      .enum(['offer', 'accept'], { error: found('offer or accept') })
      .describe('As soon as somebody has the lead, or when they accept it.'),
    sequence: sequence.describe("What the reps' own sequence in HubSpot is called, or whose is called what."),
    opted_in: z
      .union([z.literal('everybody'), condition], {
        error: found('what must be so of a lead that may be written to, or everybody'),
      })
      .describe('What must be so of a lead that may be written to, or everybody.'),
    daytime: z
      .union([everyDay, hours], { error: found('hours such as "09:00-18:00", or days with hours') })
      .prefault('09:00-18:00')
      .describe("The lead's local time in which it goes out; 09:00-18:00 unless told otherwise."),
  })
  .meta({ id: 'intro', description: "A greeting by the rep's own HubSpot sequence. It is no touch." });

type RawIntro = z.output<typeof intro>;

/** An intro of the file in the domain's terms. */
export function toIntro({ if: forWhich, when, sequence, opted_in, daytime }: RawIntro, names: Names): Intro {
  return {
    if: forWhich ? toCondition(forWhich, names) : null,
    when,
    sequence:
      typeof sequence === 'string'
        ? { usual: sequence, of: new Map() }
        : {
            usual: null,
            of: new Map(Object.entries(sequence).map(([email, name]) => [email.toLowerCase(), name])),
          },
    optedIn: opted_in === 'everybody' ? null : toCondition(opted_in, names),
    daytime,
  };
}

/** The conditions of intros, each with its place. */
export function introConditions(raw: readonly RawIntro[]): { at: PropertyKey[]; condition: RawCondition }[] {
  return raw.flatMap(({ if: forWhich, opted_in }, index) => [
    ...(forWhich ? [{ at: ['intro', index, 'if'], condition: forWhich }] : []),
    ...(opted_in === 'everybody' ? [] : [{ at: ['intro', index, 'opted_in'], condition: opted_in }]),
  ]);
}

/** Sequences of people who never have a lead. */
export function introProblems({
  intro,
  teams,
  routing,
}: {
  intro: readonly RawIntro[];
  teams: readonly { manager: string; members: readonly { email: string }[] }[];
  routing: { fallback: string };
}): Problem[] {
  const takers = new Set([
    routing.fallback,
    ...teams.flatMap(({ manager, members }) => [manager, ...members.map(({ email }) => email)]),
  ]);
  return intro.flatMap(({ sequence }, index) => {
    const named = typeof sequence === 'string' ? [] : Object.keys(sequence);
    return named
      .filter((person) => !takers.has(person.toLowerCase()))
      .map((person) => ({
        path: ['intro', index, 'sequence', person],
        message: `found "${person}", expected the email of a member, a manager or the fallback`,
      }));
  });
}
