import { type Handoff, running } from '../../domain/handoff/handoff.ts';
import type { PersonId, Policy } from '../../domain/policy/policy.ts';
import { escalatesTo } from '../../domain/policy/who-decides.ts';
import { hoursOf, withAbsences } from '../../domain/policy/working-hours.ts';
import { type Absence, absenceAt } from '../../domain/routing/availability.ts';
import { dueOf } from '../../domain/time/sla.ts';
import type { Why } from '../../domain/words/reason.ts';
import { apply, changeHandoff } from '../change.ts';
import type { Outbox } from '../ports/cards.ts';
import type { HandoffView } from '../ports/handoffs.ts';
import type { Observe } from '../ports/observe.ts';
import type { RoutingNeeds } from '../with-routing.ts';
import { findSuccessor } from './find-successor.ts';

export type CoverNeeds = RoutingNeeds & { outbox: Outbox; observe: Observe };

/**
 * Sees to the open handoffs of somebody whose working time has changed. What they have not answered goes to somebody
 * else when they are away past its target; what they have accepted stays theirs and is due later. The manager hears of
 * one lead by its card, of several in one message.
 */
export function cover(needs: CoverNeeds) {
  return async (person: PersonId): Promise<void> => {
    const { handoffs, directory, clock } = needs;
    const ids = await handoffs.heldBy(person);
    if (ids.length === 0) return;
    const away = absenceAt(clock(), (await directory.absences(clock())).get(person));
    const quiet = ids.length > 1;
    for (const id of ids) {
      const view = await handoffs.view(id);
      if (view) await seeTo(view, person, away, quiet, needs);
    }
  };
}

async function seeTo(
  view: HandoffView,
  person: PersonId,
  away: Absence | null,
  quiet: boolean,
  needs: CoverNeeds,
): Promise<void> {
  const { handoff } = view;
  const why = away?.why ?? ({ kind: 'otherHours' } as const);
  const isMoved =
    away && waitsPast(handoff, away, needs.policyOf(handoff))
      ? await move(view, person, why, quiet, needs)
      : false;
  const isLater = isMoved ? false : await reschedule(handoff, person, why, quiet, needs);
  const manager = escalatesTo(needs.policyOf(handoff), handoff.assignment);
  if (!quiet || !manager || !(isMoved || isLater)) return;
  const news = { kind: 'covered', rep: person, why, handoffId: handoff.id } as const;
  await needs.outbox.add([{ person: manager, news }], needs.clock());
}

/** Whether the target of what they have not answered passes before they are back. */
export function waitsPast(handoff: Handoff, away: Absence, policy: Policy): boolean {
  if (handoff.status !== 'offered' || running(handoff) === null) return false;
  return away.until === null || away.until > dueWithout(away, handoff, policy);
}

/** When the answer would be due without this absence, which may have moved the due time past its own end. */
function dueWithout(
  away: Absence,
  { assignment, granted, targets, respondBy }: Handoff,
  policy: Policy,
): Date {
  if (!granted) return respondBy;
  const { rep } = assignment;
  const others =
    hoursOf(policy, rep).away?.filter(({ from }) => from.getTime() !== away.from.getTime()) ?? [];
  return dueOf(granted, targets.acknowledge, withAbsences(policy, new Map([[rep, others]])), rep);
}

async function move(
  view: HandoffView,
  person: PersonId,
  why: Why,
  quiet: boolean,
  needs: CoverNeeds,
): Promise<boolean> {
  const moved = await findSuccessor(view, person, { why, quiet }, needs);
  return moved?.outcome === 'changed';
}

/** @returns whether it is due later than it was */
async function reschedule(
  handoff: Handoff,
  rep: PersonId,
  why: Why,
  quiet: boolean,
  { handoffs, policyOf, clock, observe }: CoverNeeds,
): Promise<boolean> {
  const command = { type: 'reschedule', rep, why, quiet } as const;
  const cause = { by: null, at: clock(), commandId: null };
  // Decided without a lock first: most handoffs stay as they are.
  if ('refused' in apply(handoff, command, policyOf(handoff), cause)) return false;
  const changed = await changeHandoff(handoffs, policyOf, handoff.id, command, cause);
  if (changed?.outcome !== 'changed') return false;
  observe({ what: 'changed', handoffId: handoff.id, events: changed.events.map(({ type }) => type) });
  const [before, after] = [running(handoff), running(changed.handoff)];
  return before !== null && after !== null && after.due > before.due;
}
