import type { Section } from '../../domain/card/card.ts';
import { sleepWords } from '../../domain/card/last-time.ts';
import { type Sight, sightOf } from '../../domain/handoff/rights.ts';
import { whoIs } from '../../domain/lead/who-is.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { readsOf } from '../../domain/policy/who-reads-marketing.ts';
import type { Words } from '../../domain/words/words.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { Handoffs, Sleeping } from '../ports/handoffs.ts';
import type { Directory } from '../ports/people.ts';
import type { PolicyOf } from '../ports/time.ts';
import { said } from './said.ts';

type Needs = { handoffs: Handoffs; directory: Directory; policyOf: PolicyOf; policy: () => Policy };

/** So many fit an answer that somebody reads. */
const shownMax = 20;

/** The recycled leads that sleep, and until when: a rep's own, a manager's teams', and all for marketing and the admins. */
export async function recycled(person: PersonId, speak: Words, needs: Needs): Promise<Reply> {
  const { handoffs, directory, policyOf } = needs;
  const policy = needs.policy();
  const sight = readsOf(policy, person) === 'everybody' ? 'all' : sightOf(person, policy);
  const theirs = (await handoffs.sleeping()).filter((one) => isAmong(one, sight));
  if (theirs.length === 0) {
    return said(speak.text('answers.sleepingNone'), speak.line('answers.sleepingNoneText'));
  }
  const names = namesOf(await directory.people());
  const shown = theirs.slice(0, shownMax).flatMap(({ handoff, lead }) => {
    const sleeps = sleepWords({ handoff, policy: policyOf(handoff), names, words: speak });
    return sleeps ? [text(whoIs(lead), sleeps)] : [];
  });
  const left = theirs.length - shown.length;
  return {
    title: speak.text('answers.sleeping', { count: theirs.length }),
    sections: [
      ...shown,
      ...(left > 0 ? [text('', speak.line('answers.sleepingMore', { count: left }))] : []),
    ],
  };
}

function isAmong({ handoff: { assignment } }: Sleeping, sight: Sight): boolean {
  if (sight === 'all') return true;
  return (
    assignment.rep === sight.person || (assignment.team !== null && sight.teams.includes(assignment.team))
  );
}

function text(title: string, words: Extract<Section, { kind: 'text' }>['text']): Section {
  return { kind: 'text', title, text: words };
}
