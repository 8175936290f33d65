import { z } from 'zod';
import { type Policy, platforms, requiredFields, type Team, type WorkingHours } from '../domain/policy.ts';
import { email, found, hours, minutes, positiveMinutes, word, zone } from './values.ts';

const condition = z.union(
  [
    z.strictObject({ conversion_contains: z.array(word).min(1) }),
    z.strictObject({ score_at_least: z.number() }),
    z.strictObject({ lifecycle_stages: z.array(word).min(1) }),
  ],
  'expected one of conversion_contains: [words], score_at_least: number, lifecycle_stages: [stages]',
);

const targets = z.strictObject({
  acknowledge: positiveMinutes,
  touch: positiveMinutes,
  counted_in: z.enum(['working time', 'wall clock']).default('working time'),
});

const chatChoice = z.enum([...platforms, 'both'], { error: found('slack, teams or both') });

const ladder = z.array(z.strictObject({ at: minutes, do: z.enum(['remind', 'tell manager']) }));

const fields = z.strictObject({
  properties: z.strictObject({
    score: word.optional(),
    score_components: z.record(z.string(), word).default({}),
    summary: word.optional(),
  }),
  qualification: z.strictObject({
    required: z.array(z.enum(requiredFields)).default([]),
    excluded_stages: z.array(word).default([]),
    fresh_within: positiveMinutes.default(7 * 1440),
  }),
  triggers: z
    .array(z.strictObject({ name: word, label: word, when: condition, targets }))
    .min(1, 'expected at least one trigger'),
  teams: z
    .array(
      z.strictObject({
        name: word,
        manager: email,
        zone,
        hours,
        members: z
          .array(
            z.strictObject({
              email,
              weight: z
                .number()
                .min(0, { error: found('a weight of 0 or more') })
                .default(1),
              zone: zone.optional(),
              hours: hours.optional(),
            }),
          )
          .min(1, 'expected at least one member'),
      }),
    )
    .min(1, 'expected at least one team'),
  routing: z.strictObject({
    rules: z.array(
      z.union(
        [z.literal('contact owner'), z.literal('account owner'), z.strictObject({ rotation: word })],
        'expected "contact owner", "account owner" or { rotation: <team> }',
      ),
    ),
    fallback: email,
  }),
  chat: z
    .strictObject({
      usual: chatChoice.default('slack'),
      people: z.record(z.string(), chatChoice).default({}),
    })
    .default({ usual: 'slack', people: {} }),
  escalation: z.strictObject({ acknowledge: ladder, touch: ladder }),
  grace: z.array(positiveMinutes).min(1, 'expected at least one choice'),
  disqualify_reasons: z
    .array(
      z.strictObject({ name: word, label: word, note: z.enum(['required', 'optional']).default('optional') }),
    )
    .min(1, 'expected at least one reason'),
});

type RawPolicy = z.output<typeof fields>;

/** The policy as the file spells it. */
export const policySchema = fields.superRefine(checkReferences);

/** What no single field can tell: names that must exist, and names and members that must be unique. */
function checkReferences(raw: RawPolicy, context: z.core.$RefinementCtx<RawPolicy>): void {
  const teams = raw.teams.map((team) => team.name);
  raw.routing.rules.forEach((rule, index) => {
    if (typeof rule === 'string' || teams.includes(rule.rotation)) return;
    const message = `found "${rule.rotation}", expected one of the teams: ${teams.join(', ')}`;
    context.addIssue({ code: 'custom', path: ['routing', 'rules', index, 'rotation'], message });
  });
  raw.teams.forEach(({ members }, team) => {
    members.forEach(({ email }, index) => {
      if (members.findIndex((member) => member.email === email) === index) return;
      context.addIssue({
        code: 'custom',
        path: ['teams', team, 'members', index, 'email'],
        message: `${email} is in this team twice, expected each member once`,
      });
    });
  });
  const named = [
    raw.routing.fallback,
    ...raw.teams.flatMap(({ manager, members }) => [manager, ...members.map(({ email }) => email)]),
  ];
  for (const person of Object.keys(raw.chat.people)) {
    if (named.includes(person.toLowerCase())) continue;
    const message = `found "${person}", expected the email of a member, a manager or the fallback`;
    context.addIssue({ code: 'custom', path: ['chat', 'people', person], message });
  }
  const lists = { triggers: raw.triggers, teams: raw.teams, disqualify_reasons: raw.disqualify_reasons };
  for (const [list, entries] of Object.entries(lists)) {
    entries.forEach(({ name }, index) => {
      if (entries.findIndex((entry) => entry.name === name) === index) return;
      context.addIssue({
        code: 'custom',
        path: [list, index, 'name'],
        message: `"${name}" is there twice, expected a name of its own`,
      });
    });
  }
}

/** The policy in our own terms. */
export function toPolicy(raw: RawPolicy, version: string): Policy {
  return {
    version,
    properties: {
      score: raw.properties.score ?? null,
      scoreComponents: Object.entries(raw.properties.score_components).map(([label, property]) => ({
        label,
        property,
      })),
      summary: raw.properties.summary ?? null,
    },
    qualification: {
      required: raw.qualification.required,
      excludedStages: raw.qualification.excluded_stages,
      freshWithinDays: raw.qualification.fresh_within / 1440,
    },
    triggers: raw.triggers.map(({ name, label, when, targets }) => ({
      name,
      label,
      when:
        'conversion_contains' in when
          ? { kind: 'conversion', contains: when.conversion_contains }
          : 'score_at_least' in when
            ? { kind: 'score', atLeast: when.score_at_least }
            : { kind: 'lifecycle', stages: when.lifecycle_stages },
      targets: {
        acknowledgeWithinMinutes: targets.acknowledge,
        touchWithinMinutes: targets.touch,
        countedIn: targets.counted_in === 'wall clock' ? 'wallClock' : 'workingTime',
      },
    })),
    teams: raw.teams.map(toTeam),
    routing: {
      rules: raw.routing.rules.map((rule) => {
        if (rule === 'contact owner') return { kind: 'contactOwner' };
        if (rule === 'account owner') return { kind: 'accountOwner' };
        return { kind: 'rotation', team: rule.rotation };
      }),
      fallback: raw.routing.fallback,
    },
    chat: {
      usual: raw.chat.usual,
      people: new Map(
        Object.entries(raw.chat.people).map(([email, choice]) => [email.toLowerCase(), choice]),
      ),
    },
    ladders: { acknowledge: raw.escalation.acknowledge.map(toStep), touch: raw.escalation.touch.map(toStep) },
    graceMinutes: raw.grace,
    disqualifyReasons: raw.disqualify_reasons.map(({ name, label, note }) => ({
      name,
      label,
      noteRequired: note === 'required',
    })),
  };
}

function toTeam(raw: RawPolicy['teams'][number]): Team {
  return {
    name: raw.name,
    manager: raw.manager,
    hours: { zone: raw.zone, week: raw.hours },
    members: raw.members.map((member) => {
      const working: WorkingHours = { zone: member.zone ?? raw.zone, week: member.hours ?? raw.hours };
      return { id: member.email, weight: member.weight, hours: working };
    }),
  };
}

function toStep(raw: { at: number; do: 'remind' | 'tell manager' }): Policy['ladders']['touch'][number] {
  return { offsetMinutes: raw.at, action: raw.do === 'remind' ? 'remind' : 'tellManager' };
}
