import { tellRefusal } from '../../domain/card/refusal-words.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { sightOf } from '../../domain/handoff/rights.ts';
import { whoIs } from '../../domain/lead/who-is.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { person as personSpan } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import { namesOf } from '../people/people.ts';
import type { Reply } from '../ports/chat.ts';
import type { Cause, Changed, Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

type Needs = { handoffs: Handoffs; policyOf: PolicyOf };

/**
 * Has a lead that was sent back go on where it was, or takes back what was done a moment ago, unless sales has it again
 * already. Null: no such handoff.
 */
export async function overturn(
  { handoffs, policyOf }: Needs,
  id: HandoffId,
  { type, by }: { type: 'overturn' | 'undo'; by: PersonId },
  cause: Cause,
): Promise<Changed | null> {
  const view = await handoffs.view(id);
  if (!view) return null;
  const others = await handoffs.ofLeads([view.lead.id]);
  const isElsewhere = others.some(({ handoff }) => handoff.id !== id && handoff.status !== 'closed');
  return changeHandoff(handoffs, policyOf, view.handoff, { type, by, isElsewhere }, cause);
}

/** The same for a lead that somebody names. @returns what the asker reads */
export async function overturnByName(
  person: PersonId,
  who: string,
  words: Words,
  needs: Needs & { directory: Directory; policy: () => Policy; clock: Clock },
): Promise<Reply | { wrong: string }> {
  const { handoffs, directory, clock } = needs;
  if (who === '') return { wrong: words.text('answers.overturnWhich') };
  const found = await handoffs.findLeads(who, sightOf(person, needs.policy()));
  const past = (await handoffs.ofLeads(found)).filter(({ handoff }) => handoff.status === 'closed');
  if (past.length === 0) return { wrong: words.text('answers.overturnNone', { said: who }) };
  if (new Set(past.map(({ lead }) => lead.id)).size > 1)
    return { wrong: words.text('answers.overturnSeveral', { said: who }) };
  const last = past.toSorted((a, b) => +b.handoff.qualifiedAt - +a.handoff.qualifiedAt)[0] as HandoffView;
  const cause = { by: person, at: clock(), commandId: null };
  const changed = await overturn(needs, last.handoff.id, { type: 'overturn', by: person }, cause);
  const names = namesOf(await directory.people());
  const text =
    changed?.outcome === 'refused'
      ? tellRefusal(changed.refusal, { names, words })
      : words.line('done.goesOn', { who: personSpan(last.handoff.assignment.rep, names) });
  return {
    title: whoIs(last.lead),
    sections: [{ kind: 'text', title: '', text }],
    about: [last.lead.id],
  };
}
