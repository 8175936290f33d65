import type { Section } from '../../domain/card/card.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { triggerOf } from '../../domain/policy/triggers.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import { dateTime, type Line, type Names, person as named } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { Directory } from '../ports/people.ts';
import type { PauseEntry, Suppressions } from '../ports/suppressions.ts';
import { said } from './said.ts';

type Needs = { suppressions: Suppressions; directory: Directory; policy: () => Policy };

/** So many somebody reads in a chat; the command shows all. */
const mostShown = 10;

/**
 * The pauses of nurture that are open: all for marketing, the fallback and the admins, those of their teams for managers,
 * and their own for everybody.
 */
export async function pausesFor(person: PersonId, words: Words, needs: Needs): Promise<Reply> {
  const policy = needs.policy();
  const open = await needs.suppressions.list('open');
  const theirs = open.filter((entry) => isTheirs(entry, person, policy));
  if (theirs.length === 0) {
    return said(words.text('answers.pausesNone'), words.line('answers.pausesNoneText'));
  }
  const names = namesOf(await needs.directory.people());
  const shown = theirs.slice(0, mostShown);
  const left = theirs.length - shown.length;
  return {
    title: words.text('answers.pauses', { count: theirs.length }),
    sections: [
      ...shown.map((entry) => sectionOf(entry, policy, names, words)),
      ...(left > 0
        ? [{ kind: 'text', title: '', text: words.line('answers.pausesMore', { count: left }) } as const]
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

function sectionOf(entry: PauseEntry, policy: Policy, names: Names, words: Words): Section {
  const { leadId, leadName, since, until } = entry;
  const text = words.line('answers.pause', {
    because: because(entry, policy, names, words),
    since: dateTime(since),
    until: dateTime(until),
    inHubSpot: inHubSpot(entry, words),
  });
  return { kind: 'text', title: leadName ?? words.text('answers.contact', { id: leadId }), text };
}

function because({ cause }: PauseEntry, policy: Policy, names: Names, words: Words): Line {
  if (cause.kind === 'hand') return words.line('answers.pausedByHand', cause);
  const trigger = triggerOf(policy, cause.trigger)?.label ?? cause.trigger;
  return words.line('answers.pausedWith', { who: named(cause.rep, names), trigger });
}

function inHubSpot({ written, seen }: PauseEntry, words: Words): Line {
  if (!written?.paused) return words.line('answers.notTold');
  if (!seen || seen.at <= written.at) return words.line('answers.told', { at: dateTime(written.at) });
  const at = dateTime(seen.at);
  return words.line(seen.paused ? 'answers.shownPaused' : 'answers.shownRunning', { at });
}
