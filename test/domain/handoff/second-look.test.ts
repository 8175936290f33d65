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
    at('15:20'),
  );
const demo = { conversions: [{ name: 'Home: Request a demo', at: at('15:10') }] };

describe('something more urgent', () => {
  it('that the lead did since makes the handoff one for that, with its targets', () => {
    expect(look(demo)).toEqual([
      {
        type: 'strengthen',
        trigger: demoRequest.name,
        evidence: 'filled in “Request a demo”',
        targets: targets(),
      },
    ]);
  });

  it('is what every trigger is for a lead that came back as agreed', () => {
    const back = { handoff: offered({ trigger: 'revisit' }) };
    expect(look(demo, back)).toMatchObject([{ type: 'strengthen', trigger: demoRequest.name }]);
  });

  it('counts also when HubSpot shows it late: had it been there before, it would have been what counts', () => {
    expect(look({ conversions: [{ name: 'Demo', at: at('14:59') }] })).toHaveLength(1);
  });

  it('from before the last handoff led to that one', () => {
    const earlier = [{ trigger: 'score', qualifiedAt: at('10:00'), closedAt: at('14:00') }];
    expect(look({ conversions: [{ name: 'Demo', at: at('13:00') }] }, { earlier })).toEqual([]);
  });

  it('of long ago is history', () => {
    expect(look({ conversions: [{ name: 'Demo', at: new Date('2026-01-02T15:00:00Z') }] })).toEqual([]);
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

  it.each([
    ['once in a life', { once: true }, 0],
    ['that still rests', { coolDownMinutes: 300 }, 0],
    ['that has rested', { coolDownMinutes: 60 }, 1],
  ])('is one %s only as the policy allows it again', (_, rests, expected) => {
    const earlier = [{ trigger: demoRequest.name, qualifiedAt: at('10:00'), closedAt: at('11:00') }];
    const by = rules({ triggers: [{ ...demoRequest, ...rests }, scored] });
    expect(look(demo, { earlier }, by)).toHaveLength(expected);
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

  it('is none for what the lead did before it qualified, which excluded it from nothing then', () => {
    const applied = {
      name: 'applicant',
      label: 'Applies for a job',
      when: { kind: 'conversion', titleOf: 'form', contains: ['job application'] } as const,
    };
    const by = rules({ qualification: { ...rules().qualification, never: [applied] } });
    const conversions = [
      { name: 'Home: Request a demo', at: qualifiedAt },
      { name: 'Jobs: Job application', at: new Date('2026-02-09T15:00:00Z') },
    ];
    const handoff = offered({ trigger: demoRequest.name });
    expect(look({ conversions }, { handoff }, by)).toEqual([]);
    const since = [{ name: 'Jobs: Job application', at: at('15:10') }, ...conversions];
    expect(look({ conversions: since }, { handoff }, by)).toHaveLength(1);
  });

  it('of which a part is by sales is looked at for the others', () => {
    const when = {
      kind: 'any',
      of: [student.when, { kind: 'text', attribute: 'lifecycle', anyOf: ['customer'] }],
    } as const;
    const by = rules({ qualification: { ...rules().qualification, never: [{ ...student, when }] } });
    const handoff = accepted({ trigger: 'score' });
    expect(look({ jobTitle: 'Student' }, { handoff }, by)).toHaveLength(1);
    expect(look({ lifecycleStage: 'customer' }, { handoff }, by)).toEqual([]);
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
