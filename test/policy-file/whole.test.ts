import fc from 'fast-check';
import { expect, it } from 'vitest';
import { begin, offer } from '../../src/domain/handoff/handoff.ts';
import { peopleOf } from '../../src/domain/policy/people-of.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { targetsOf } from '../../src/domain/policy/triggers.ts';
import { qualify } from '../../src/domain/routing/qualify.ts';
import { type Assignment, route } from '../../src/domain/routing/route.ts';
import { timersFor } from '../../src/flow/change.ts';
import { PolicyError, parsePolicy } from '../../src/policy-file.ts';
import { account, at, lead, minutesAfter } from '../support/examples.ts';
import { bentPolicy } from '../support/policies/bent.ts';

const text = fc.constantFrom(null, 'Germany', 'India', 'Banking', 'EC1', 'de', 'director', 'academy', 'x');
const anyLead = fc
  .record({
    country: text,
    postcode: text,
    language: text,
    seniority: text,
    product: text,
    jobTitle: text,
    industry: text,
    email: fc.constantFrom('x@y.example', 'x@y.example', 'x@gmail.com', null),
    form: fc.constantFrom('Demo', 'Demo', "Buyer's guide: Download", 'x'),
    score: fc.constantFrom(10, 50, 90),
    employees: fc.constantFrom(null, 10, 300, 9000),
    stage: fc.constantFrom('lead', 'lead', 'marketingqualifiedlead', 'customer'),
  })
  .map(({ industry, form, score, employees, stage, ...rest }) =>
    lead({
      ...rest,
      account: account({ industry, employees }),
      conversions: [{ name: form, at: at('14:00') }],
      score: { value: score, components: [], history: [{ value: score, at: at('13:00') }] },
      lifecycleStage: stage,
      stageEnteredAt: { [stage]: at('12:00') },
    }),
  );

function read(yaml: string): Policy | null {
  try {
    return parsePolicy(yaml, 'policy.yaml');
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
}

/** A lead's way through a policy, to the timers of its handoff; whoever has it is one of the policy. */
function walk(policy: Policy, subject: ReturnType<typeof lead>, now: Date): Assignment | null {
  const workflows = [{ name: 'hand_over', at: at('14:00') }];
  const found = qualify(subject, policy, { earlier: [], workflows }, now);
  if (found.verdict !== 'qualified') return null;
  const { trigger, evidence, since: qualifiedAt } = found;
  const there = {
    peopleByOwner: new Map(),
    inactive: new Set<string>(),
    absences: new Map(),
    load: new Map(),
  };
  const standing = { ...there, credits: new Map(), excluded: new Map() };
  const routed = route(subject, { trigger: trigger.name, workflows }, policy, standing, now);
  if (routed.outcome === 'held') return null;
  const targets = targetsOf(trigger, {
    lead: subject,
    trigger: trigger.name,
    workflows,
    spentUntil: null,
    freshFrom: null,
  });
  const facts = {
    id: '1',
    leadId: subject.id,
    trigger: trigger.name,
    targets,
    policyVersion: policy.version,
    qualifiedAt,
  };
  const handoff = begin(
    facts,
    offer(routed.assignment, targets, evidence, policy, { ownerId: null, since: null }),
  );
  for (const { dueAt } of timersFor(handoff, policy, now)) expect(dueAt.getTime()).not.toBeNaN();
  return routed.assignment;
}

it('whatever policy is accepted, every lead finds its way through it, and to somebody of it', () => {
  let policies = 0;
  let assigned = 0;
  fc.assert(
    fc.property(
      bentPolicy,
      fc.array(anyLead, { minLength: 10, maxLength: 15 }),
      fc.nat(9_000),
      (yaml, leads, minutes) => {
        const policy = read(yaml);
        if (!policy) return;
        policies += 1;
        for (const subject of leads) {
          const assignment = walk(policy, subject, minutesAfter(at('15:00'), minutes));
          if (!assignment) continue;
          assigned += 1;
          expect(peopleOf(policy)).toContain(assignment.rep);
        }
      },
    ),
    { numRuns: 300, seed: 141 },
  );
  expect(policies).toBeGreaterThan(10);
  expect(assigned).toBeGreaterThan(50);
});
