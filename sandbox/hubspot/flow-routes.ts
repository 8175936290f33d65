import type { Api } from './api-versions.ts';
import type { Flow, Flows } from './flows.ts';
import { behindScope, type GrantedScopes } from './scopes.ts';
import { limitQuery, pageOf, param, type Route, route } from './wire.ts';

const minutesOfDay = 24 * 60;

/** `/automation/{version}/flows`, of which nothing is written here. */
export function flowRoutes(flows: Flows, { paths }: Api, granted: GrantedScopes): Route[] {
  return behindScope(
    granted,
    ['automation'],
    [
      route('GET', paths.flows, (request) => {
        const { page, paging } = pageOf(
          flows.all(),
          limitQuery(request, 100, 100),
          request.query.get('after'),
        );
        return { status: 200, body: { results: page.map(basicsOf), ...paging } };
      }),
      route('GET', `${paths.flows}/:id`, (request) => ({
        status: 200,
        body: presentFlow(flows.find(param(request, 'id'))),
      })),
    ],
  );
}

function basicsOf({ id, name, createdAt }: Flow) {
  return {
    id,
    name,
    isEnabled: true,
    flowType: 'WORKFLOW',
    objectTypeId: '0-1',
    revisionId: '1',
    createdAt: createdAt.toISOString(),
    updatedAt: createdAt.toISOString(),
  };
}

function presentFlow(flow: Flow) {
  const actions = flow.steps.flatMap(({ afterDays, mail }) => [
    ...(afterDays > 0
      ? [{ actionTypeId: '0-1', fields: { delta: String(afterDays * minutesOfDay), time_unit: 'MINUTES' } }]
      : []),
    { actionTypeId: '0-4', fields: { content_id: mail.id } },
  ]);
  return {
    ...basicsOf(flow),
    type: 'CONTACT_FLOW',
    startActionId: '1',
    nextAvailableActionId: String(actions.length + 1),
    actions: actions.map((action, index) => ({
      type: 'SINGLE_CONNECTION',
      actionId: String(index + 1),
      actionTypeVersion: 0,
      ...action,
      ...(index + 1 < actions.length && {
        connection: { edgeType: 'STANDARD', nextActionId: String(index + 2) },
      }),
    })),
    enrollmentCriteria: {
      type: 'LIST_BASED',
      shouldReEnroll: true,
      listFilterBranch: flow.enrolsOn,
      reEnrollmentTriggersFilterBranches: flow.enrolsAgainOn.filterBranches,
      unEnrollObjectsNotMeetingCriteria: true,
    },
    suppressionListIds: [Number(flow.suppressedBy.id)],
    timeWindows: [],
    blockedDates: [],
    customProperties: {},
    canEnrollFromSalesforce: false,
    crmObjectCreationStatus: 'COMPLETE',
  };
}
