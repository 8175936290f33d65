import { type PipelineObject, type Pipelines, type StageOf, unknownStageWords } from './pipelines.ts';
import type { Policy } from './policy.ts';

/** The keys that lead to a value in the policy's file. */
type Path = readonly (string | number)[];

/** A stage that a policy names, of which objects, and where both parts of its name stand. */
type PlacedStage = { object: PipelineObject; written: StageOf; at: Readonly<Record<keyof StageOf, Path>> };

/** Every stage that a policy names. */
function stagesOf({ deals }: Policy): PlacedStage[] {
  return deals.flatMap(({ at, ifDisqualified: end }, index): PlacedStage[] => {
    const pipeline = ['deals', index, 'pipeline'];
    const begin = {
      object: 'deals',
      written: at,
      at: { pipeline, stage: ['deals', index, 'stage'] },
    } as const;
    if (end === 'leave') return [begin];
    const stage = ['deals', index, 'on_disqualify', 'move_to'];
    return [begin, { ...begin, written: { ...at, stage: end.moveTo }, at: { pipeline, stage } }];
  });
}

/** The objects of which a policy names stages: their pipelines have to be read. */
export function pipelineObjectsOf(policy: Policy): PipelineObject[] {
  return [...new Set(stagesOf(policy).map(({ object }) => object))];
}

/** The stages that a policy names and a portal does not have, in words; of pipelines that may not be read none. */
export function unknownStages(policy: Policy, pipelines: Pipelines): { path: Path; words: string }[] {
  const unknown = stagesOf(policy).flatMap(({ object, written, at }) => {
    const known = pipelines[object];
    const wrong = known && unknownStageWords(written, known);
    return wrong ? [{ path: at[wrong.part], words: wrong.words }] : [];
  });
  // A pipeline that is not there is named once, whatever stages of it are.
  return unknown.filter(
    ({ path }, index) => unknown.findIndex((one) => one.path.join() === path.join()) === index,
  );
}

/** What a policy names of pipelines that the bot may not read, in words. */
export function unreadStageWords(policy: Policy, pipelines: Pipelines): string[] {
  const unread = pipelineObjectsOf(policy).filter((object) => pipelines[object] === null);
  return unread.map(
    (object) =>
      `${object}: HubSpot does not let the bot read their pipelines, so that the names of their stages are taken for ids`,
  );
}
