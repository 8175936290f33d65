import { describe, expect, test } from 'vitest';
import {
  type LeadRecordRules,
  leadRecordBoard,
  leadRecordProblems,
} from '../../../src/domain/policy/lead-records.ts';
import { leadRecordPortal } from '../../support/examples.ts';

const rules = (override: Partial<LeadRecordRules> = {}): LeadRecordRules => ({
  pipeline: null,
  stages: {},
  reasons: {},
  ...override,
});
const ownReasons = [
  { name: 'not_a_fit', label: 'Not a fit' },
  { name: 'bad_timing', label: 'Wrong timing' },
  { name: 'spam', label: 'Spam' },
];
const stage = (id: string, label: string, isClosed = false) => ({ id, label, isClosed });

/** A portal with another pipeline, whose stages have ids of their own. */
const twoPipelines = leadRecordPortal({
  pipelines: [
    ...leadRecordPortal().pipelines,
    {
      id: '875086945',
      label: 'Outbound',
      stages: [
        stage('1', 'New'),
        stage('2', 'In sequence'),
        stage('3', 'Connected'),
        stage('4', 'Disqualified', true),
      ],
    },
  ],
});

describe('on the board of a portal', () => {
  test('the first pipeline and its own stages are meant, whatever people call them by now', () => {
    const renamed = leadRecordPortal({
      pipelines: [
        {
          id: 'lead-pipeline-id',
          label: 'Funnel',
          stages: [stage('new-stage-id', 'Fresh'), stage('attempting-stage-id', 'Trying')],
        },
      ],
    });
    expect(leadRecordBoard(rules(), renamed, [])).toMatchObject({
      pipeline: { id: 'lead-pipeline-id' },
      stageIds: { new: 'new-stage-id', attempting: 'attempting-stage-id' },
    });
  });

  test('of another pipeline stages are found by HubSpot’s names, and otherwise as the policy calls them', () => {
    const written = rules({ pipeline: 'outbound', stages: { attempting: 'in sequence' } });
    expect(leadRecordBoard(written, twoPipelines, [])).toMatchObject({
      pipeline: { id: '875086945' },
      stageIds: { new: '1', attempting: '2', connected: '3', unqualified: '4' },
    });
  });

  test('reasons are those that the policy names, by label or value, and those that are called the same', () => {
    const written = rules({ reasons: { not_a_fit: 'Not a good fit' } });
    expect(leadRecordBoard(written, leadRecordPortal(), ownReasons)?.reasons).toEqual({
      not_a_fit: 'NOT_A_GOOD_FIT',
      bad_timing: 'BAD_TIMING',
    });
  });

  test('a reason is taken as written where the portal’s may not be seen', () => {
    const written = rules({ reasons: { not_a_fit: 'NOT_A_GOOD_FIT' } });
    const portal = leadRecordPortal({ reasons: null });
    expect(leadRecordBoard(written, portal, ownReasons)?.reasons).toEqual({ not_a_fit: 'NOT_A_GOOD_FIT' });
    expect(leadRecordProblems(written, portal)).toEqual([]);
  });

  test('there is none in a portal without the pipeline', () => {
    expect(leadRecordBoard(rules({ pipeline: 'Partners' }), twoPipelines, [])).toBeNull();
    expect(leadRecordBoard(rules(), leadRecordPortal({ pipelines: [] }), [])).toBeNull();
  });
});

describe('what is wrong is told with its place, what was found and what is expected', () => {
  test('nothing is, in a portal with HubSpot’s own pipeline', () => {
    expect(leadRecordProblems(rules(), leadRecordPortal())).toEqual([]);
  });

  test('a pipeline that is not there', () => {
    expect(leadRecordProblems(rules({ pipeline: 'Partners' }), twoPipelines)).toEqual([
      {
        path: ['lead_object', 'pipeline'],
        words: 'found the pipeline "Partners", expected one of Lead pipeline, Outbound',
      },
    ]);
    expect(leadRecordProblems(rules(), leadRecordPortal({ pipelines: [] }))).toMatchObject([
      { words: 'found no pipeline of leads, expected one of those of HubSpot, which has none' },
    ]);
  });

  test('stages and reasons that are not there', () => {
    const written = rules({
      pipeline: 'Outbound',
      stages: { attempting: 'Dialling' },
      reasons: { spam: 'Junk' },
    });
    expect(
      leadRecordProblems(written, twoPipelines).map(({ path, words }) => `${path.join('.')}: ${words}`),
    ).toEqual([
      'lead_object.stages.attempting: found the stage "Dialling", expected one of New, In sequence, Connected, Disqualified',
      'lead_object.stages.qualified: found no stage "Qualified", expected one of New, In sequence, Connected, Disqualified',
      'lead_object.reasons.spam: found the reason "Junk", expected one of Not a good fit, Bad timing',
    ]);
  });
});
