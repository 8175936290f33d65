import type { PersonId, Policy } from '../policy/policy.ts';
import type { RouteReason, Skip } from '../routing/route.ts';
import { joined, type Line, type Names, person } from '../words/line.ts';
import type { Why } from '../words/reason.ts';
import { saidOf, whyLine } from '../words/why.ts';
import type { Words } from '../words/words.ts';

/** In which words, and what people are called. */
export type Saying = { names: Names; words: Words };

/** A reason to send a lead back as the policy calls it, also one that it has no more. */
export function reasonLabel({ disqualifyReasons }: Policy, reason: string | null): string {
  return disqualifyReasons.find(({ name }) => name === reason)?.label ?? reason ?? '';
}

/** One step of the way to an assignment, in a few words. */
export function reasonInWords(reason: RouteReason, saying: Saying): Line {
  const { names, words } = saying;
  switch (reason.kind) {
    case 'contactOwner':
      return reason.taken ? words.line('routing.contactOwner') : contactOwnerCannot(reason, saying);
    case 'accountOwner':
      return reason.taken ? words.line('routing.accountOwner') : accountOwnerCannot(reason, saying);
    case 'notForThis':
      return words.line('routing.notForThis', { why: whyLine(reason.why, words) });
    case 'rep': {
      if (reason.taken) return words.line('routing.rep', { rule: reason.rule ?? '' });
      const why = whyLine(reason.why, words);
      const name = nameOf(reason.whom, names);
      return name === null
        ? words.line('routing.repCannot', { why })
        : words.line('routing.namedRepCannot', { name, why });
    }
    case 'hadBefore': {
      if (reason.taken) return words.line('routing.hadBefore');
      const why = whyLine(reason.why, words);
      const name = nameOf(reason.whom, names);
      return name === null
        ? words.line('routing.hadBeforeCannot', { why })
        : words.line('routing.namedBeforeCannot', { name, why });
    }
    case 'pool':
    case 'rotation': {
      const { team, skipped } = reason;
      return reason.taken
        ? words.line(`routing.${reason.kind}`, { team, skipped: skippedWords(skipped, saying) })
        : nobodyIn(reason, saying);
    }
    case 'fallback':
      return words.line('routing.fallback');
    case 'reassigned':
      return reason.by === reason.person
        ? words.line('routing.tookIt')
        : words.line('routing.chosenBy', { person: person(reason.by, names) });
    case 'ownerChanged':
      return words.line('routing.ownerChanged');
    default:
      return reason satisfies never;
  }
}

type NotTaken = { ownerId: string | null; why: Why; whom?: PersonId };

function contactOwnerCannot({ ownerId, why: because, whom }: NotTaken, { names, words }: Saying): Line {
  if (ownerId === null) return words.line('routing.noContactOwner');
  const why = whyLine(because, words);
  const name = nameOf(whom, names);
  return name === null
    ? words.line('routing.contactOwnerCannot', { why })
    : words.line('routing.namedOwnerOfContact', { name, why });
}

function accountOwnerCannot({ ownerId, why: because, whom }: NotTaken, { names, words }: Saying): Line {
  if (ownerId === null) return words.line('routing.noAccountOwner');
  const why = whyLine(because, words);
  const name = nameOf(whom, names);
  return name === null
    ? words.line('routing.accountOwnerCannot', { why })
    : words.line('routing.namedOwnerOfAccount', { name, why });
}

/** Null in what was decided before names stood beside a refusal. */
function nameOf(whom: PersonId | undefined, names: Names): string | null {
  return whom === undefined ? null : (names.get(whom) ?? whom);
}

/** What goes without saying when nobody of a team is free. */
function isNothingNew(why: Why): boolean {
  return typeof why === 'string' ? why === 'nobody is available' : why.kind === 'nobodyThere';
}

function nobodyIn(
  { team, why, skipped }: { team: string; why: Why; skipped: readonly Skip[] },
  saying: Saying,
): Line {
  const { words } = saying;
  const given = { team, skipped: skippedWords(skipped, saying) };
  return isNothingNew(why)
    ? words.line('routing.nobodyIn', given)
    : words.line('routing.nobodyInFor', { ...given, why: whyLine(why, words) });
}

/** By name: nobody is mentioned who has nothing to do with it. */
function skippedWords(skipped: readonly Skip[], { names, words }: Saying): Line {
  if (skipped.length === 0) return [];
  const people = skipped.map(({ person: id, why }) =>
    saidOf({ kind: 'text', text: names.get(id) ?? id }, why, words),
  );
  return words.line('routing.skipped', { people: joined(people, '; ') });
}
