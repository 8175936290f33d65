import { brief } from '../../domain/briefing/briefing.ts';
import { believed, citable } from '../../domain/briefing/drafted-summary.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { wordsIn } from '../../domain/words/words.ts';
import { changeHandoff } from '../change.ts';
import { namesOf, ownersIn } from '../people/people.ts';
import { TemporaryFailure } from '../ports/failure.ts';
import type { Handoffs, HandoffView } from '../ports/handoffs.ts';
import type { LanguageModel, ModelBudget } from '../ports/model.ts';
import type { Observe } from '../ports/observe.ts';
import type { Directory } from '../ports/people.ts';
import type { Clock, PolicyOf } from '../ports/time.ts';

type Needs = {
  handoffs: Handoffs;
  directory: Directory;
  model: LanguageModel;
  modelBudget: ModelBudget;
  policy: () => Policy;
  policyOf: PolicyOf;
  clock: Clock;
  observe: Observe;
};

/**
 * Has a language model summarise what is known of a lead, if the policy wants that today, once its card is there. What it
 * says is kept only if its facts say so too; a model that is slow, away or wrong changes nothing, and is not asked again.
 */
export function summarise(needs: Needs) {
  const { handoffs, model, modelBudget, policy, policyOf, clock, observe } = needs;
  return async (handoffId: HandoffId): Promise<void> => {
    const { summaryModel } = policy();
    const view = summaryModel && (await handoffs.view(handoffId));
    if (!view || hasSummary(view)) return;
    const now = clock();
    const day = now.toISOString().slice(0, 10);
    const facts = citable(await briefingFor(view, now, needs));
    if (!(await modelBudget.take(day, summaryModel.dailyBudget))) {
      observe({ what: 'notSummarised', handoffId, why: 'the budget of the day is used up' });
      return;
    }
    const draft = await model.summarise(summaryModel, facts).catch(passingFault);
    const summary = 'fault' in draft ? { refused: draft.fault } : believed(draft, facts);
    if ('refused' in summary) {
      observe({ what: 'notSummarised', handoffId, why: summary.refused });
      return;
    }
    const command = { type: 'noteSummary', text: summary.text, model: summaryModel.name } as const;
    const cause = { by: null, at: clock(), commandId: `summary:${handoffId}` };
    const changed = await changeHandoff(handoffs, policyOf, handoffId, command, cause);
    if (changed?.outcome !== 'changed') return;
    observe({ what: 'changed', handoffId, events: changed.events.map(({ type }) => type) });
  };
}

/** The portal has one of its own, or an earlier attempt got one; what is closed needs none. */
function hasSummary({ handoff, lead, log }: HandoffView): boolean {
  const isWritten = log.some(({ event }) => event.type === 'summarised');
  return handoff.status === 'closed' || isWritten || Boolean(lead.summary?.trim());
}

async function briefingFor(view: HandoffView, now: Date, { directory, policyOf }: Needs) {
  const people = await directory.people();
  const policy = policyOf(view.handoff);
  const owners = ownersIn(policy, people);
  return brief({
    ...view,
    reader: null,
    policy,
    names: namesOf(people),
    owners,
    words: wordsIn(policy.language),
    now,
  });
}

function passingFault(cause: unknown): { fault: string } {
  if (cause instanceof TemporaryFailure) return { fault: cause.message };
  throw cause;
}
