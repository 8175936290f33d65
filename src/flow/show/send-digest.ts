import type { News } from '../../domain/card/bulletin.ts';
import { digestMax } from '../../domain/card/digest.ts';
import type { Command } from '../../domain/handoff/decide.ts';
import { waitsForDigest } from '../../domain/handoff/handoff.ts';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Why } from '../../domain/words/reason.ts';
import { apply, changeHandoff } from '../change.ts';
import type { Said } from '../ports/chat.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

/** As many as have room in either chat with their buttons. */
const callsMax = 8;

type Needs = { handoffs: Handoffs; policyOf: PolicyOf; clock: Clock; observe: Observe };

/** What is told in the next message: what somebody is called to, and then everything else, but of the leads of digests only so many. */
export function inOneMessage<Waiting extends { news: News }>(waiting: readonly Waiting[]): Waiting[] {
  const calls = waiting.filter(({ news }) => news.kind === 'called');
  if (calls.length > 0) return calls.slice(0, callsMax);
  const inDigests = waiting.filter(({ news }) => news.kind === 'digest').slice(0, digestMax);
  return waiting.filter((one) => one.news.kind !== 'digest' || inDigests.includes(one));
}

/** The leads that are still to come to the person, each once, the one that was handed over first before all. */
export async function readDigest(
  person: PersonId,
  news: readonly News[],
  { handoffs }: Needs,
): Promise<HandoffView[]> {
  const ids = [...new Set(news.flatMap((one) => (one.kind === 'digest' ? [one.handoffId] : [])))];
  const views = ids.length > 0 ? await handoffs.views(ids) : [];
  return views
    .filter(({ handoff }) => handoff.assignment.rep === person && waitsForDigest(handoff))
    .toSorted((a, b) => a.handoff.assignment.at.getTime() - b.handoff.assignment.at.getTime());
}

/** A lead as it stands once the message has come: one that comes late is due later. */
export function arrived(person: PersonId, view: HandoffView, { policyOf, clock }: Needs) {
  const { handoff, lead } = view;
  const policy = policyOf(handoff);
  const change = apply(handoff, { type: 'markDelivered', to: person }, policy, { by: null, at: clock() });
  return { lead, policy, handoff: 'refused' in change ? handoff : change.handoff };
}

/** Notes that the leads have come to their rep, or why no chat brings them there. */
export async function noteDigest(
  person: PersonId,
  digest: readonly HandoffView[],
  sent: { why: Why } | Omit<Said, 'leadIds'>,
  needs: Needs,
): Promise<void> {
  const command: Command =
    'why' in sent
      ? { type: 'markUnreachable', rep: person, why: sent.why }
      : { type: 'markDelivered', to: person };
  for (const { handoff } of digest) {
    const cause = { by: null, at: needs.clock(), commandId: null };
    const changed = await changeHandoff(needs.handoffs, needs.policyOf, handoff.id, command, cause);
    if (changed?.outcome !== 'changed') continue;
    const events = changed.events.map(({ type }) => type);
    needs.observe({ what: 'changed', handoffId: handoff.id, events });
  }
}
