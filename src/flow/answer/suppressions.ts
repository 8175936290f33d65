import type { Section } from '../../domain/card/card.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { triggerOf } from '../../domain/policy/triggers.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { dateTime, type Line, line, type Names, person as named } from '../../domain/words/line.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { Directory } from '../ports/people.ts';
import type { PauseEntry, Suppressions } from '../ports/suppressions.ts';

type Needs = { suppressions: Suppressions; directory: Directory; policy: () => Policy };

/** So many somebody reads in a chat; the command shows all. */
const mostShown = 10;

/**
 * The pauses of nurture that are open: all for marketing, the fallback and the admins, those of their teams for managers,
 * and their own for everybody.
 */
export async function pausesFor(person: PersonId, needs: Needs): Promise<Reply> {
  const policy = needs.policy();
  const open = await needs.suppressions.list('open');
  const theirs = open.filter((entry) => isTheirs(entry, person, policy));
  if (theirs.length === 0) {
    const text = line`Nurture runs for every lead that is yours to see.`;
    return { title: 'Nothing is paused', sections: [{ kind: 'text', title: '', text }] };
  }
  const names = namesOf(await needs.directory.people());
  const shown = theirs.slice(0, mostShown);
  const left = theirs.length - shown.length;
  return {
    title: `Nurture is paused ${theirs.length === 1 ? 'for 1 lead' : `${theirs.length} times`}`,
    sections: [
      ...shown.map((entry) => sectionOf(entry, policy, names)),
      ...(left > 0
        ? [{ kind: 'text', title: '', text: line`and ${left} more, begun before these` } as const]
        : []),
    ],
    about: [...new Set(shown.map(({ leadId }) => leadId))],
  };
}

function isTheirs({ cause }: PauseEntry, person: PersonId, policy: Policy): boolean {
  const reads = readsOf(policy, person);
  if (reads === 'everybody') return true;
  if (cause.kind === 'hand') return false;
  return cause.rep === person || (cause.team !== null && (reads?.includes(cause.team) ?? false));
}

function sectionOf(entry: PauseEntry, policy: Policy, names: Names): Section {
  const { leadId, leadName, since, until } = entry;
  const text = line`${because(entry, policy, names)}, since ${dateTime(since)}, until ${dateTime(until)} at the latest. ${inHubSpot(entry)}`;
  return { kind: 'text', title: leadName ?? `Contact ${leadId}`, text };
}

function because({ cause }: PauseEntry, policy: Policy, names: Names): Line {
  if (cause.kind === 'hand') return line`By hand, by ${cause.who}: ${cause.why}`;
  const trigger = triggerOf(policy, cause.trigger)?.label ?? cause.trigger;
  return line`With ${named(cause.rep, names)} (${trigger})`;
}

function inHubSpot({ written, seen }: PauseEntry): Line {
  if (!written?.paused) return line`HubSpot has not been told yet.`;
  if (!seen || seen.at <= written.at) return line`HubSpot was told ${dateTime(written.at)}.`;
  return seen.paused
    ? line`HubSpot showed it ${dateTime(seen.at)}.`
    : line`HubSpot showed it as running ${dateTime(seen.at)}.`;
}
