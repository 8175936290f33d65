import type { Api } from './api-versions.ts';
import { invalid, notFound } from './rejection.ts';
import { type ApiRequest, param, type Route, route } from './wire.ts';

/** The objects that move through stages here. */
export type PipelineType = 'deals' | 'leads';

type Stage = { id: string; label: string; metadata: Readonly<Record<string, string>> };

/** A pipeline, and its stages in the order of the board. */
export type Pipeline = { id: string; label: string; stages: readonly Stage[] };

/** Which properties say where a record stands. */
export const stageProperties: Readonly<Record<PipelineType, { pipeline: string; stage: string }>> = {
  deals: { pipeline: 'pipeline', stage: 'dealstage' },
  leads: { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' },
};

/** A stage of deals; the probability 0 is lost and 1 is won. */
export function dealStage(id: string, label: string, probability: number): Stage {
  const isClosed = probability === 0 || probability === 1;
  return { id, label, metadata: { isClosed: String(isClosed), probability: probability.toFixed(1) } };
}

/** How far a lead is; the last two are closed. */
type LeadState = 'NEW' | 'IN_PROGRESS' | 'QUALIFIED' | 'UNQUALIFIED';

/** A stage of leads. */
export function leadStage(id: string, label: string, leadState: LeadState): Stage {
  const isClosed = leadState === 'QUALIFIED' || leadState === 'UNQUALIFIED';
  return { id, label, metadata: { isClosed: String(isClosed), leadState } };
}

/** The sales pipeline every new portal starts with. */
const salesPipeline: Pipeline = {
  id: 'default',
  label: 'Sales Pipeline',
  stages: [
    dealStage('appointmentscheduled', 'Appointment Scheduled', 0.2),
    dealStage('qualifiedtobuy', 'Qualified To Buy', 0.4),
    dealStage('presentationscheduled', 'Presentation Scheduled', 0.6),
    dealStage('decisionmakerboughtin', 'Decision Maker Bought-In', 0.8),
    dealStage('contractsent', 'Contract Sent', 0.9),
    dealStage('closedwon', 'Closed Won', 1),
    dealStage('closedlost', 'Closed Lost', 0),
  ],
};

/** The one of leads, which portals with Sales Hub Professional have. */
const leadPipeline: Pipeline = {
  id: 'lead-pipeline-id',
  label: 'Lead pipeline',
  stages: [
    leadStage('new-stage-id', 'New', 'NEW'),
    leadStage('attempting-stage-id', 'Attempting', 'IN_PROGRESS'),
    leadStage('connected-stage-id', 'Connected', 'IN_PROGRESS'),
    leadStage('qualified-stage-id', 'Qualified', 'QUALIFIED'),
    leadStage('unqualified-stage-id', 'Disqualified', 'UNQUALIFIED'),
  ],
};

/** The portal's pipelines, in the order in which people see them. */
export class Pipelines {
  readonly #byType: Record<PipelineType, Pipeline[]> = { deals: [salesPipeline], leads: [leadPipeline] };

  list(type: PipelineType): readonly Pipeline[] {
    return this.#byType[type];
  }

  /** Adds a pipeline, or replaces the one with its id. */
  define(type: PipelineType, pipeline: Pipeline): void {
    const others = this.#byType[type].filter(({ id }) => id !== pipeline.id);
    this.#byType[type] = [...others, pipeline];
  }

  stage(type: PipelineType, id: string): Stage | undefined {
    return this.#byType[type].flatMap(({ stages }) => stages).find((stage) => stage.id === id);
  }

  /** Throws a 400 when a record, as it would be, stands in a stage of another pipeline. */
  refuseStrayStage(type: string, record: ReadonlyMap<string, string>): void {
    if (!hasPipelines(type)) return;
    const names = stageProperties[type];
    const [pipeline = '', stage = ''] = [record.get(names.pipeline), record.get(names.stage)];
    const stages = this.#byType[type].find(({ id }) => id === pipeline)?.stages ?? [];
    if (stage === '' || stages.some(({ id }) => id === stage)) return;
    const message = `${stage} is not a stage of the pipeline ${pipeline}`;
    const context = { propertyName: [names.stage] };
    throw invalid(message, [{ message, code: 'INVALID_OPTION', context }]);
  }
}

function hasPipelines(type: string): type is PipelineType {
  return Object.hasOwn(stageProperties, type);
}

const namesOfTypes: Readonly<Record<PipelineType, readonly string[]>> = {
  deals: ['deals', 'deal', '0-3'],
  leads: ['leads', 'lead', '0-136'],
};

/** `/crm/pipelines/{version}/{type}`. */
export function pipelineRoutes(pipelines: Pipelines, installedAt: Date, { paths }: Api): Route[] {
  const at = installedAt.toISOString();
  const dates = { createdAt: at, updatedAt: at, archived: false };
  const presented = (request: ApiRequest) =>
    pipelines.list(typeOf(request)).map(({ id, label, stages }, displayOrder) => ({
      id,
      label,
      displayOrder,
      ...dates,
      stages: stages.map((stage, place) => ({
        ...stage,
        displayOrder: place,
        writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
        ...dates,
      })),
    }));
  return [
    route('GET', `${paths.pipelines}/:type`, (request) => ({
      status: 200,
      body: { results: presented(request) },
    })),
    route('GET', `${paths.pipelines}/:type/:pipeline`, (request) => {
      const found = presented(request).find(({ id }) => id === param(request, 'pipeline'));
      if (!found) throw notFound();
      return { status: 200, body: found };
    }),
  ];
}

function typeOf(request: ApiRequest): PipelineType {
  const given = param(request, 'type').toLowerCase();
  const types = Object.keys(namesOfTypes) as PipelineType[];
  const type = types.find((one) => namesOfTypes[one].includes(given));
  if (type === undefined) throw invalid(`Unable to infer object type from: ${given}`);
  return type;
}
