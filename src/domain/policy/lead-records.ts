import { type Named, named, type Pipeline } from './pipelines.ts';

/** Where a handoff stands on HubSpot's board of leads, in its order. */
export const leadRecordStages = ['new', 'attempting', 'connected', 'qualified', 'unqualified'] as const;
export type LeadRecordStage = (typeof leadRecordStages)[number];

/** How HubSpot's Lead object is kept. Its records are lead records here: a lead is a contact. */
export type LeadRecordRules = {
  /** By its label or id; null: the first that the portal shows. */
  pipeline: string | null;
  /** Stages by label or id, where the pipeline calls them otherwise than HubSpot does. */
  stages: Readonly<Partial<Record<LeadRecordStage, string>>>;
  /** HubSpot's disqualification reasons, by label or value, for the policy's own. */
  reasons: Readonly<Record<string, string>>;
};

/** What a portal has for lead records. */
export type LeadRecordPortal = {
  pipelines: readonly Pipeline[];
  /** The options of the disqualification reason; null where the bot may not see them. */
  reasons: readonly Named[] | null;
};

/** Why a portal has none for the bot, as people read it. */
export const leadRecordsWithheld =
  'HubSpot does not let the bot at its Lead object, which needs Sales Hub Professional or Enterprise, and the scopes crm.objects.leads.read and crm.objects.leads.write';

/** The rules by the portal's ids. */
export type LeadRecordBoard = {
  pipeline: Pipeline;
  /** A stage that the pipeline lacks is missing. */
  stageIds: Readonly<Partial<Record<LeadRecordStage, string>>>;
  reasons: Readonly<Record<string, string>>;
};

/** The stages of the pipeline that every portal with Lead objects begins with, whatever it calls them by now. */
const standardIds: Readonly<Record<LeadRecordStage, string>> = {
  new: 'new-stage-id',
  attempting: 'attempting-stage-id',
  connected: 'connected-stage-id',
  qualified: 'qualified-stage-id',
  unqualified: 'unqualified-stage-id',
};

/** What HubSpot calls the stages of a new pipeline. */
const standardLabels: Readonly<Record<LeadRecordStage, string>> = {
  new: 'New',
  attempting: 'Attempting',
  connected: 'Connected',
  qualified: 'Qualified',
  unqualified: 'Disqualified',
};

/**
 * The rules by a portal's ids.
 * @param ownReasons the policy's reasons, of which those that HubSpot calls the same need not be named again
 * @returns null when the portal has no such pipeline
 */
export function leadRecordBoard(
  rules: LeadRecordRules,
  portal: LeadRecordPortal,
  ownReasons: readonly { name: string; label: string }[],
): LeadRecordBoard | null {
  const pipeline = pipelineOf(rules, portal);
  if (!pipeline) return null;
  const stages = leadRecordStages.flatMap((stage) => {
    const found = stageOf(stage, rules, pipeline);
    return found ? [[stage, found.id] as const] : [];
  });
  const reasons = ownReasons.flatMap(({ name, label }) => {
    const options = portal.reasons ?? [];
    const written = rules.reasons[name];
    // Where the portal's cannot be seen, what the policy says is taken for a value.
    const value =
      written === undefined
        ? (named(name, options) ?? named(label, options))?.id
        : (named(written, options)?.id ?? written);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { pipeline, stageIds: Object.fromEntries(stages), reasons: Object.fromEntries(reasons) };
}

/** What the rules name, or need, and the portal does not have: the keys that lead there, what was found and is expected. */
export function leadRecordProblems(
  rules: LeadRecordRules,
  portal: LeadRecordPortal,
): { path: readonly string[]; words: string }[] {
  const pipeline = pipelineOf(rules, portal);
  if (!pipeline) {
    const written = rules.pipeline === null ? 'no pipeline of leads' : `the pipeline "${rules.pipeline}"`;
    return [{ path: ['lead_object', 'pipeline'], words: unlike(written, portal.pipelines) }];
  }
  const stages = leadRecordStages
    .filter((stage) => !stageOf(stage, rules, pipeline))
    .map((stage) => {
      const own = rules.stages[stage];
      const written = own === undefined ? `no stage "${standardLabels[stage]}"` : `the stage "${own}"`;
      return { path: ['lead_object', 'stages', stage], words: unlike(written, pipeline.stages) };
    });
  const { reasons: options } = portal;
  const reasons = Object.entries(rules.reasons).flatMap(([reason, written]) =>
    options === null || named(written, options)
      ? []
      : [{ path: ['lead_object', 'reasons', reason], words: unlike(`the reason "${written}"`, options) }],
  );
  return [...stages, ...reasons];
}

function unlike(written: string, known: readonly { label: string }[]): string {
  const expected = known.map(({ label }) => label).join(', ') || 'those of HubSpot, which has none';
  return `found ${written}, expected one of ${expected}`;
}

function pipelineOf({ pipeline }: LeadRecordRules, { pipelines }: LeadRecordPortal): Pipeline | null {
  return pipeline === null ? (pipelines[0] ?? null) : named(pipeline, pipelines);
}

function stageOf(stage: LeadRecordStage, { stages }: LeadRecordRules, pipeline: Pipeline) {
  const own = stages[stage];
  if (own !== undefined) return named(own, pipeline.stages);
  return (
    pipeline.stages.find(({ id }) => id === standardIds[stage]) ??
    named(standardLabels[stage], pipeline.stages) ??
    named(stage, pipeline.stages)
  );
}
