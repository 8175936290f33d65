import { comparable } from './compare-words.ts';

/** The objects that move through pipelines, of those that the bot writes. */
export type PipelineObject = 'deals' | 'leads';

/** The pipelines of a portal; null where nobody asked for them, or the bot may not read them. */
export type Pipelines = Readonly<Record<PipelineObject, readonly Pipeline[] | null>>;

/** What HubSpot keeps, and what its pages say. */
export type Named = { id: string; label: string };

/** Where records stand in HubSpot, from the first stage to the closed ones. */
export type Pipeline = Named & { stages: readonly Stage[] };

/** `isClosed`: a record in it is done, for better or worse. */
type Stage = Named & { isClosed: boolean };

/** A stage, and the pipeline that it is one of. */
export type StageOf = { pipeline: Named; stage: Named };

/** A stage as a policy names it: by labels or by ids, of which only the portal tells which they are. */
export function stageAsWritten(pipeline: string, stage: string): StageOf {
  const asWritten = (name: string): Named => ({ id: name, label: name });
  return { pipeline: asWritten(pipeline), stage: asWritten(stage) };
}

/** The stage of the portal that a policy means; as written if there is none. An id goes before another's label. */
export function stageMeant(written: StageOf, pipelines: readonly Pipeline[] | null): StageOf {
  const pipeline = pipelines && named(written.pipeline.label, pipelines);
  const stage = pipeline && named(written.stage.label, pipeline.stages);
  if (!pipeline || !stage) return written;
  const { id, label } = stage;
  return { pipeline: { id: pipeline.id, label: pipeline.label }, stage: { id, label } };
}

/** What is wrong with a stage that a policy names, in words: what was found, and what is expected. Null: nothing is. */
export function unknownStageWords(
  written: StageOf,
  pipelines: readonly Pipeline[],
): { part: keyof StageOf; words: string } | null {
  const pipeline = named(written.pipeline.label, pipelines);
  if (!pipeline) return { part: 'pipeline', words: unknown('pipeline', written.pipeline, pipelines) };
  if (named(written.stage.label, pipeline.stages)) return null;
  return { part: 'stage', words: unknown(`stage`, written.stage, pipeline.stages) };
}

function unknown(part: keyof StageOf, { label }: Named, known: readonly Named[]): string {
  const expected = known.map((one) => one.label).join(', ') || 'those of HubSpot, which has none';
  return `found the ${part} "${label}", which HubSpot does not have, expected one of ${expected}`;
}

/** The one that a policy means by its label or id; an id goes before another's label. */
export function named<T extends Named>(name: string, all: readonly T[]): T | null {
  const isSame = (text: string) => comparable(text) === comparable(name);
  return all.find(({ id }) => isSame(id)) ?? all.find(({ label }) => isSame(label)) ?? null;
}
