import type { Handoff } from '../handoff/handoff.ts';
import { keyInWords } from '../lead/label.ts';
import type { Lead } from '../lead/lead.ts';
import { nameOf } from '../lead/who-is.ts';
import type { Policy } from '../policy/policy.ts';
import { triggerOf } from '../policy/triggers.ts';
import type { Considered } from '../routing/qualify.ts';
import type { RouteReason, Skip } from '../routing/route.ts';
import { dateTime, joined, type Line, line, type Names, person } from '../words/line.ts';
import { whyLine, whyText } from '../words/why.ts';
import type { Words } from '../words/words.ts';

/** What is needed to tell why a lead is with whom it is. */
export type WhyView = { handoff: Handoff; lead: Lead; policy: Policy; names: Names; words: Words };

/** Who has a lead, since when and why, and who was passed over: in a sentence or two. */
export function whyInShort({ handoff, lead, policy, names, words }: WhyView): Line {
  const { assignment } = handoff;
  const told = {
    rep: person(assignment.rep, names),
    lead: nameOf(lead),
    because: because(handoff, policy, names, words),
  };
  const sentence =
    handoff.status === 'closed'
      ? words.line('commands.had', { ...told, since: dateTime(handoff.closedAt) })
      : words.line('commands.has', { ...told, since: dateTime(assignment.at) });
  const skipped = assignment.reasons.flatMap((reason) => ('skipped' in reason ? reason.skipped : []));
  if (skipped.length === 0) return sentence;
  const each = skipped.map((skip) => skippedWords(skip, names, words));
  return line`${sentence} ${words.line('commands.passedOver', { skipped: joined(each, ', ') })}`;
}

function because({ trigger, assignment }: Handoff, policy: Policy, names: Names, words: Words): Line {
  const label = triggerOf(policy, trigger)?.label ?? keyInWords(trigger);
  const steps = assignment.reasons.flatMap((reason) => {
    const said = stepInShort(reason, names, words);
    return said ? [said] : [];
  });
  const plain = new Set<string>();
  const once = steps.filter((step) => {
    const key = JSON.stringify(step);
    return plain.has(key) ? false : plain.add(key);
  });
  return joined([line`${label.charAt(0).toLowerCase()}${label.slice(1)}`, ...once], '; ');
}

function stepInShort(reason: RouteReason, names: Names, words: Words): Line | null {
  switch (reason.kind) {
    case 'notForThis':
      return null;
    case 'contactOwner':
    case 'accountOwner': {
      if (reason.taken) {
        return words.line(reason.kind === 'contactOwner' ? 'commands.owner' : 'commands.accountOwner');
      }
      if (reason.ownerId === null) return words.line('commands.noOwner');
      return words.line('commands.ownerCannot', { why: whyLine(reason.why, words) });
    }
    case 'rep':
      return reason.taken ? words.line('commands.byRule', { rule: reason.rule ?? '' }) : null;
    case 'hadBefore':
      return reason.taken ? words.line('commands.hadBefore') : null;
    case 'pool':
    case 'rotation': {
      const { team } = reason;
      if (!reason.taken) return words.line('commands.nobodyIn', { team });
      return words.line(reason.kind === 'pool' ? 'commands.openTo' : 'commands.turn', { team });
    }
    case 'fallback':
      return words.line('commands.fallback');
    case 'reassigned':
      return reason.by === reason.person
        ? words.line('commands.tookIt')
        : words.line('commands.givenBy', { who: person(reason.by, names) });
    case 'ownerChanged':
      return words.line('commands.ownerChanged');
    default:
      return reason satisfies never;
  }
}

function skippedWords({ person: id, why }: Skip, names: Names, words: Words): Line {
  return words.line('commands.skipped', { rep: person(id, names), why: whyLine(why, words) });
}

/** One thing that was looked at, for people: what it is called, and what was found. */
export function consideredWords(
  { kind, name, met, found, but }: Considered,
  policy: Policy,
  words: Words,
): { label: string; value: string } {
  const known =
    kind === 'trigger'
      ? triggerOf(policy, name)
      : policy.qualification.never.find((exclusion) => exclusion.name === name);
  const whole = whyText(but ? { kind: 'foundBut', found, but } : found, words);
  const counts = met && but === null;
  return {
    label: known?.label ?? keyInWords(name),
    value: words.text(counts ? 'commands.yes' : 'commands.no', {
      found: whole || words.text('commands.nothing'),
    }),
  };
}
