import type { Api } from './api-versions.ts';
import { notFound } from './rejection.ts';
import { param, type Route, route, typeParam } from './wire.ts';

type Stage = {
  id: string;
  label: string;
  probability: string;
};

/** The sales pipeline every new portal starts with. */
export const dealPipeline: { id: string; label: string; stages: Stage[] } = {
  id: 'default',
  label: 'Sales Pipeline',
  stages: [
    { id: 'appointmentscheduled', label: 'Appointment Scheduled', probability: '0.2' },
    { id: 'qualifiedtobuy', label: 'Qualified To Buy', probability: '0.4' },
    { id: 'presentationscheduled', label: 'Presentation Scheduled', probability: '0.6' },
    { id: 'decisionmakerboughtin', label: 'Decision Maker Bought-In', probability: '0.8' },
    { id: 'contractsent', label: 'Contract Sent', probability: '0.9' },
    { id: 'closedwon', label: 'Closed Won', probability: '1.0' },
    { id: 'closedlost', label: 'Closed Lost', probability: '0.0' },
  ],
};

const closedStages = new Set(['closedwon', 'closedlost']);

/** Whether a deal in this stage of the sales pipeline is over, won or lost. */
export function isClosedStage(stage: string): boolean {
  return closedStages.has(stage);
}

/** `/crm/pipelines/{version}/deals` and `/account-info/{version}/details`. */
export function accountRoutes(portalId: number, installedAt: Date, { paths }: Api): Route[] {
  const dates = {
    createdAt: installedAt.toISOString(),
    updatedAt: installedAt.toISOString(),
    archived: false,
  };
  const pipeline = {
    id: dealPipeline.id,
    label: dealPipeline.label,
    displayOrder: 0,
    ...dates,
    stages: dealPipeline.stages.map(({ id, label, probability }, displayOrder) => ({
      id,
      label,
      displayOrder,
      metadata: { isClosed: String(isClosedStage(id)), probability },
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
      ...dates,
    })),
  };
  return [
    route('GET', `${paths.pipelines}/:type`, (request) => ({
      status: 200,
      body: { results: typeParam(request) === 'deals' ? [pipeline] : [] },
    })),
    route('GET', `${paths.pipelines}/:type/:pipeline`, (request) => {
      if (typeParam(request) !== 'deals' || param(request, 'pipeline') !== pipeline.id) throw notFound();
      return { status: 200, body: pipeline };
    }),
    route('GET', `${paths.account}/details`, () => ({
      status: 200,
      body: {
        portalId,
        accountType: 'STANDARD',
        timeZone: 'US/Eastern',
        companyCurrency: 'USD',
        additionalCurrencies: [],
        utcOffset: '-05:00',
        utcOffsetMilliseconds: -18_000_000,
        uiDomain: 'app.hubspot.com',
        dataHostingLocation: 'na1',
      },
    })),
  ];
}
