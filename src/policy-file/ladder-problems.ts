import type { RawStep } from './ladder.ts';
import type { Problem } from './problem.ts';
import type { RawPolicy } from './schema.ts';
import { entriesOf, minutesOf } from './targets.ts';

/** Steps that would never be taken, and ladders at whose end nobody but the rep has heard of it. */
export function ladderProblems(raw: RawPolicy): Problem[] {
  return (['acknowledge', 'touch'] as const).flatMap((target) => {
    const steps = raw.escalation[target];
    const targets = raw.triggers.flatMap(({ targets }) =>
      entriesOf(targets).map(({ entry }) => minutesOf(entry[target])),
    );
    const untaken = steps.flatMap((step, index): Problem[] => {
      const wrong = stepProblem(step, steps[index - 1], steps[index + 1], Math.min(...targets));
      return wrong ? [{ path: ['escalation', target, index, wrong.key], message: wrong.message }] : [];
    });
    if (steps.some((step) => !isForRepAlone(step))) return untaken;
    const message =
      'ends without anybody but the rep being told, expected a step with offer to team, tell manager, reassign or tell_channel';
    return [...untaken, { path: ['escalation', target], message }];
  });
}

type StepProblem = { key: keyof RawStep; message: string };

function stepProblem(
  step: RawStep,
  before: RawStep | undefined,
  after: RawStep | undefined,
  shortestTarget: number,
): StepProblem | null {
  const { at, repeat } = step;
  const last = at + (repeat ? repeat.times * repeat.every : 0);
  const key = repeat ? 'repeat' : 'at';
  if (before && at < before.at) {
    const message = `comes before the step above it (${before.at} min), expected the steps in order of time`;
    return { key: 'at', message };
  }
  if (-at >= shortestTarget) {
    const message = `begins ${-at} min before a target of ${shortestTarget} min, expected less than the shortest target`;
    return { key: 'at', message };
  }
  if (at < 0 && last >= 0) {
    const message = `goes on until ${last} min after the target, expected a step from before the target to end before it`;
    return { key, message };
  }
  // After a later rung the rep is not reminded of an earlier one.
  if (after && after.at >= at && last >= after.at && (isForRepAlone(step) || step.do === 'offer to team')) {
    const message = `is overtaken by the step below it (${after.at} min), expected to end before that`;
    return { key, message };
  }
  return null;
}

function isForRepAlone({ do: action }: RawStep): boolean {
  return action === 'remind' || action === 'message' || action === 'mail';
}
