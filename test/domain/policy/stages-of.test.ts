import { describe, expect, test } from 'vitest';
import { type DealRule, dealRuleMeant } from '../../../src/domain/policy/deals.ts';
import { type Pipelines, stageAsWritten } from '../../../src/domain/policy/pipelines.ts';
import { withChoices } from '../../../src/domain/policy/portal-choices.ts';
import { pipelineObjectsOf, unknownStages, unreadStageWords } from '../../../src/domain/policy/stages-of.ts';
import { policy } from '../../support/examples.ts';

const stage = (id: string, label: string, isClosed = false) => ({ id, label, isClosed });
const pipelines: Pipelines = {
  deals: [
    {
      id: 'default',
      label: 'Sales Pipeline',
      stages: [
        stage('appointmentscheduled', 'Appointment Scheduled'),
        stage('closedlost', 'Closed Lost', true),
      ],
    },
    { id: '871', label: 'Renewals', stages: [stage('8711', 'Due'), stage('8712', '8711')] },
  ],
  leads: null,
};

function rule(pipeline: string, begin: string, end: string | null = null): DealRule {
  return {
    when: null,
    moment: 'accepted',
    at: stageAsWritten(pipeline, begin),
    name: '{company}',
    unlessOpenDeal: false,
    ifDisqualified: end === null ? 'leave' : { moveTo: { id: end, label: end } },
  };
}

describe('a stage is meant', () => {
  test.each([
    [
      'by its labels, in any case',
      'sales pipeline',
      'appointment scheduled',
      'default',
      'appointmentscheduled',
    ],
    ['by its ids', '871', '8711', '871', '8711'],
    ['as written, if its pipeline is not there', 'Partners', 'Due', 'Partners', 'Due'],
    ['as written, if it is one of another pipeline', 'Sales Pipeline', 'Due', 'Sales Pipeline', 'Due'],
  ])('%s', (_, pipeline, begin, pipelineId, stageId) => {
    const { at } = dealRuleMeant(rule(pipeline, begin), pipelines.deals);
    expect([at.pipeline.id, at.stage.id]).toEqual([pipelineId, stageId]);
  });

  test('with what HubSpot shows, whatever the policy called it', () => {
    const choices = { lifecycle: null, lead_status: null, pipelines };
    const written = policy({ deals: [rule('default', 'appointmentscheduled', 'closed lost')] });
    expect(withChoices(written, choices).deals).toEqual([
      {
        ...rule('default', 'appointmentscheduled'),
        at: {
          pipeline: { id: 'default', label: 'Sales Pipeline' },
          stage: { id: 'appointmentscheduled', label: 'Appointment Scheduled' },
        },
        ifDisqualified: { moveTo: { id: 'closedlost', label: 'Closed Lost' } },
      },
    ]);
  });
});

test('what the portal does not have is told with its place, a pipeline once for all its stages', () => {
  const written = policy({
    deals: [
      rule('Sales Pipeline', 'Apointment', 'Gone'),
      rule('Partners', 'New', 'Lost'),
      rule('871', 'Due'),
    ],
  });
  expect(unknownStages(written, pipelines)).toEqual([
    {
      path: ['deals', 0, 'stage'],
      words:
        'found the stage "Apointment", which HubSpot does not have, expected one of Appointment Scheduled, Closed Lost',
    },
    {
      path: ['deals', 0, 'on_disqualify', 'move_to'],
      words:
        'found the stage "Gone", which HubSpot does not have, expected one of Appointment Scheduled, Closed Lost',
    },
    {
      path: ['deals', 1, 'pipeline'],
      words:
        'found the pipeline "Partners", which HubSpot does not have, expected one of Sales Pipeline, Renewals',
    },
  ]);
});

test('of pipelines that may not be read nothing is wrong, but that they are not known is told', () => {
  const written = policy({ deals: [rule('Partners', 'New')] });
  expect(unknownStages(written, { deals: null, leads: null })).toEqual([]);
  expect(unreadStageWords(written, { deals: null, leads: null })).toEqual([
    'deals: HubSpot does not let the bot read their pipelines, so that the names of their stages are taken for ids',
  ]);
  expect(unreadStageWords(written, pipelines)).toEqual([]);
});

test('only the pipelines of what a policy makes have to be read', () => {
  expect(pipelineObjectsOf(policy())).toEqual([]);
  expect(pipelineObjectsOf(policy({ deals: [rule('Partners', 'New')] }))).toEqual(['deals']);
});
