import { describe, expect, it } from 'vitest';
import { type Around, secondLook } from '../../../src/domain/handoff/second-look.ts';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { Policy, Trigger } from '../../../src/domain/policy/policy.ts';
import {
  accepted,
  at,
  closed,
  demoRequest,
  lead,
  logged,
  offered,
  policy,
  qualifiedAt,
  targets,
} from '../../support/examples.ts';

const scored: Trigger = {
  ...demoRequest,
  name: 'score',
  label: 'Score reached',
  when: { kind: 'scoreReached', range: { atLeast: 50, below: null } },
};
const student = {
  name: 'student',
  label: 'Is a student',
  when: { kind: 'text', attribute: 'job_title', anyOf: ['student'] } as const,
};
const rules = (override: Partial<Policy> = {}): Policy =>
  policy({
    triggers: [demoRequest, scored],
    qualification: { ...policy().qualification, never: [student] },
    ...override,
  });
const byScore = offered({ trigger: 'score' });
const look = (seen: Partial<Lead>, around: Partial<Around> = {}, by = rules()) =>
  secondLook(
    lead({ conversions: [], ...seen }),
    { handoff: byScore, log: logged(), workflows: [], earlier: [], ...around },
    by,
  );
const demo = { conversions: [{ name: 'Home: Request a demo', at: at('15:10') }] };

describe('something more urgent', () => {
  it('that the lead did since makes the handoff one for that, with its targets', () => {
    expect(look(demo)).toEqual([
      {
        type: 'strengthen',
        trigger: demoRequest.name,
        evidence: 'sent in "Home: Request a demo"',
        targets: targets(),
      },
    ]);
  });

  it('from before it qualified led to it already', () => {
    expect(look({ conversions: [{ name: 'Demo', at: qualifiedAt }] })).toEqual([]);
  });

  it('is nothing that is less urgent', () => {
    const handoff = offered({ trigger: demoRequest.name });
    const score = {
      value: 60,
      components: [],
      history: [
        { value: 60, at: at('15:10') },
        { value: 1, at: at('14:00') },
      ],
    };
    expect(look({ score }, { handoff })).toEqual([]);
  });

  it('counts once', () => {
    const told = logged([
      at('15:11'),
      null,
      {
        type: 'strengthened',
        trigger: demoRequest.name,
        evidence: '',
        targets: byScore.targets,
        rep: byScore.assignment.rep,
        sooner: null,
      },
    ]);
    expect(look(demo, { log: told })).toEqual([]);
  });

  it('is none that comes once in a life, or has to rest, and has been there before', () => {
    const earlier = [{ trigger: demoRequest.name, qualifiedAt: at('10:00'), closedAt: at('11:00') }];
    for (const rests of [{ once: true }, { coolDownMinutes: 60 }])
      expect(look(demo, { earlier }, rules({ triggers: [{ ...demoRequest, ...rests }, scored] }))).toEqual(
        [],
      );
    expect(look(demo, { earlier })).toHaveLength(1);
  });

  it('is no stage, into which sales moves the lead itself', () => {
    const entered: Trigger = {
      ...demoRequest,
      name: 'stage',
      when: { kind: 'stageEntered', stages: ['salesqualifiedlead'] },
    };
    const sql = { lifecycleStage: 'salesqualifiedlead', stageEnteredAt: { salesqualifiedlead: at('15:10') } };
    expect(look(sql, {}, rules({ triggers: [entered, scored] }))).toEqual([]);
  });
});

describe('an exclusion', () => {
  it('that is met by now is told with what was found', () => {
    expect(look({ jobTitle: 'Student' })).toEqual([
      {
        type: 'exclude',
        name: 'student',
        label: 'Is a student',
        why: 'Is a student: job title Student',
      },
    ]);
  });

  it('is told once', () => {
    const log = logged([at('15:11'), null, { type: 'excluded', name: 'student', why: '' }]);
    expect(look({ jobTitle: 'Student' }, { handoff: accepted({ trigger: 'score' }), log })).toEqual([]);
  });

  const bySales = [
    [
      'an open deal',
      { kind: 'number', attribute: 'open_deals', range: { atLeast: 1, below: null } },
      { openDeals: 1 },
    ],
    ['a status', { kind: 'text', attribute: 'lead_status', anyOf: ['OPEN'] }, { leadStatus: 'OPEN' }],
  ] as const;
  it.each(bySales)('is not %s, which sales brings about itself', (_, when, seen) => {
    const never = [{ name: 'x', label: 'X', when }];
    const by = rules({ qualification: { ...rules().qualification, never } });
    expect(look(seen, {}, by)).toEqual([]);
  });

  it('is a stage as long as nobody has taken the lead on', () => {
    const when = { kind: 'text', attribute: 'lifecycle', anyOf: ['customer'] } as const;
    const never = [{ name: 'customer', label: 'Already a customer', when }];
    const by = rules({ qualification: { ...rules().qualification, never } });
    expect(look({ lifecycleStage: 'customer' }, {}, by)).toHaveLength(1);
    expect(look({ lifecycleStage: 'customer' }, { handoff: accepted() }, by)).toEqual([]);
  });
});

it('nothing is looked at again once it is closed', () => {
  expect(look({ ...demo, jobTitle: 'Student' }, { handoff: closed() })).toEqual([]);
});
