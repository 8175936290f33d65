import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { partsOf, tellsSince } from '../domain/condition.ts';
import { implies } from '../domain/implies.ts';
import { type Names, namesIn, nested, type RawCondition, toCondition } from './conditions.ts';
import type { RawPolicy } from './schema.ts';
import { nameOf } from './to-policy.ts';

type Problem = { path: PropertyKey[]; message: string };

/** What no single field can tell: names that must exist or be unique, rules that can never apply, ladders that end too early. */
export function checkReferences(raw: RawPolicy, context: z.core.$RefinementCtx<RawPolicy>): void {
  const names: Names = { regions: raw.regions, segments: raw.segments };
  const unknown = unknownNames(raw);
  const problems = [
    ...unknown,
    ...unknownTeams(raw),
    ...repeated(raw),
    ...people(raw),
    ...unreadable(raw),
    ...ladders(raw),
    ...untimelyTriggers(raw),
    // Conditions can be compared only when every name in them stands for something.
    ...(unknown.length === 0
      ? [...timelessTriggers(raw, names), ...unreachable(raw, names), ...excluded(raw, names)]
      : []),
  ];
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path, message });
}

/** Every condition of the file with its place. */
function conditionsOf(raw: RawPolicy): { at: PropertyKey[]; condition: RawCondition }[] {
  return [
    ...Object.entries(raw.segments).map(([name, condition]) => ({ at: ['segments', name], condition })),
    ...raw.qualification.never.map(({ when }, index) => ({
      at: ['qualification', 'never', index, 'when'],
      condition: when,
    })),
    ...raw.triggers.map(({ when }, index) => ({ at: ['triggers', index, 'when'], condition: when })),
    ...raw.routing.rules.flatMap((rule, index) =>
      rule.if ? [{ at: ['routing', 'rules', index, 'if'], condition: rule.if }] : [],
    ),
  ];
}

function unknownNames(raw: RawPolicy): Problem[] {
  const known = {
    region: Object.keys(raw.regions),
    segment: Object.keys(raw.segments),
    trigger: raw.triggers.map(({ name }) => name),
  };
  return conditionsOf(raw).flatMap(({ at, condition }) =>
    namesIn(condition, at).flatMap(({ key, name, path }) => {
      // A segment is made of attributes alone: segments within segments could turn in a circle.
      if (key === 'segment' && at[0] === 'segments') {
        return [{ path, message: `found the segment "${name}" within a segment, expected attributes alone` }];
      }
      if (known[key].includes(name)) return [];
      const choices = known[key].join(', ') || `none, as the policy defines no ${key}s`;
      return [{ path, message: `found "${name}", expected one of the ${key}s: ${choices}` }];
    }),
  );
}

function unknownTeams(raw: RawPolicy): Problem[] {
  const teams = raw.teams.map(({ name }) => name);
  return raw.routing.rules.flatMap(({ to }, index) => {
    if (typeof to === 'string' || 'rep' in to) return [];
    const [kind, team] =
      'rotation' in to ? (['rotation', to.rotation] as const) : (['pool', to.pool] as const);
    const path = ['routing', 'rules', index, 'to', kind];
    if (!teams.includes(team))
      return [{ path, message: `found "${team}", expected one of the teams: ${teams.join(', ')}` }];
    const takers = raw.teams
      .find(({ name }) => name === team)
      ?.members.filter(({ weight, active }) => weight > 0 && active);
    if (takers && takers.length > 0) return [];
    const message = `nobody in "${team}" takes turns, expected a member with a weight above 0 who is active`;
    return [{ path, message }];
  });
}

function repeated(raw: RawPolicy): Problem[] {
  const members = raw.teams.flatMap(({ members }, team) =>
    members.flatMap(({ email }, index) =>
      members.findIndex((member) => member.email === email) === index
        ? []
        : [
            {
              path: ['teams', team, 'members', index, 'email'],
              message: `${email} is in this team twice, expected each member once`,
            },
          ],
    ),
  );
  const lists: [PropertyKey[], readonly { name?: string | undefined }[]][] = [
    [['triggers'], raw.triggers],
    [['teams'], raw.teams],
    [['disqualify_reasons'], raw.disqualify_reasons],
    [['qualification', 'never'], raw.qualification.never],
    [['routing', 'rules'], raw.routing.rules],
  ];
  const names = lists.flatMap(([path, entries]) =>
    entries.flatMap(({ name }, index) =>
      name === undefined || entries.findIndex((entry) => entry.name === name) === index
        ? []
        : [
            {
              path: [...path, index, 'name'],
              message: `"${name}" is there twice, expected a name of its own`,
            },
          ],
    ),
  );
  return [...members, ...names];
}

function people(raw: RawPolicy): Problem[] {
  const named = new Set([
    raw.routing.fallback,
    ...raw.teams.flatMap(({ manager, members }) => [manager, ...members.map(({ email }) => email)]),
  ]);
  const used = [
    ...Object.keys(raw.chat.people).map((person) => ({ person, path: ['chat', 'people', person] })),
    ...raw.routing.rules.flatMap(({ to }, index) =>
      typeof to === 'object' && 'rep' in to
        ? [{ person: to.rep, path: ['routing', 'rules', index, 'to', 'rep'] }]
        : [],
    ),
  ];
  const message = (person: string) =>
    `found "${person}", expected the email of a member, a manager or the fallback`;
  return used.flatMap(({ person, path }) =>
    named.has(person.toLowerCase()) ? [] : [{ path, message: message(person) }],
  );
}

/** Conditions on what nobody has told where to read in HubSpot: they would never hold. */
function unreadable(raw: RawPolicy): Problem[] {
  const needs = { score: 'score', score_reached: 'score', product: 'product' } as const;
  return conditionsOf(raw).flatMap(({ at, condition }) =>
    nested(condition, at).flatMap((part) =>
      (['score', 'score_reached', 'product'] as const).flatMap((key) => {
        const property = needs[key];
        if (part.raw[key] === undefined || raw.properties[property] !== undefined) return [];
        const message = `never holds without properties.${property}, expected it to name the HubSpot property`;
        return [{ path: [...part.path, key], message }];
      }),
    ),
  );
}

/** Escalation takes place around the target: a first rung after the last one would never be waited for. */
function ladders(raw: RawPolicy): Problem[] {
  return (['acknowledge', 'touch'] as const).flatMap((clock) => {
    const steps = raw.escalation[clock];
    return steps.flatMap(({ at }, index) => {
      const before = steps[index - 1];
      if (before && at < before.at) {
        const message = `comes before the step above it (${before.at} min), expected the steps in order of time`;
        return [{ path: ['escalation', clock, index, 'at'], message }];
      }
      const target = Math.min(...raw.triggers.map(({ targets }) => targets[clock]));
      if (-at < target) return [];
      const message = `begins ${-at} min before a target of ${target} min, expected less than the shortest target`;
      return [{ path: ['escalation', clock, index, 'at'], message }];
    });
  });
}

function timelessTriggers(raw: RawPolicy, names: Names): Problem[] {
  return raw.triggers.flatMap(({ when }, index) =>
    tellsSince(toCondition(when, names))
      ? []
      : [
          {
            path: ['triggers', index, 'when'],
            message:
              'says who the lead is but not what it did, expected one of conversion, score_reached, entered, page, workflow as well',
          },
        ],
  );
}

/** Triggers and rules behind an earlier one that takes everything that they would. */
function unreachable(raw: RawPolicy, names: Names): Problem[] {
  const triggers = raw.triggers.map(({ name, when }) => ({ name, condition: toCondition(when, names) }));
  const overlapping = triggers.flatMap(({ condition }, index) => {
    const before = triggers.slice(0, index).find((earlier, place) => {
      const rests = raw.triggers[place]?.once || raw.triggers[place]?.cool_down !== undefined;
      return !rests && implies(condition, earlier.condition);
    });
    if (!before) return [];
    const message = `overlaps: "${before.name}" above holds for every lead that it does, expected the narrower trigger first`;
    return [{ path: ['triggers', index, 'when'], message }];
  });

  const rules = raw.routing.rules.map((rule) => ({
    ...rule,
    condition: rule.if ? toCondition(rule.if, names) : null,
  }));
  const unreached = rules.flatMap((rule, index) => {
    const before = rules.slice(0, index).find((earlier) => {
      const covers =
        !earlier.condition || (rule.condition !== null && implies(rule.condition, earlier.condition));
      // A second try may wait where the first went on to the rules between them.
      const waits = rule.when_nobody === 'hold' && earlier.when_nobody !== 'hold';
      return covers && isDeepStrictEqual(earlier.to, rule.to) && !waits;
    });
    if (!before) return [];
    const name = before.name ?? nameOf(before.to);
    const message = `is never reached: "${name}" above leads there for every lead that it would, expected it above that one, or gone`;
    return [{ path: ['routing', 'rules', index, 'to'], message }];
  });
  return [...overlapping, ...unreached];
}

/** Triggers and rules for leads that are never handed over. */
function excluded(raw: RawPolicy, names: Names): Problem[] {
  const exclusions = raw.qualification.never.map(({ name, when }) => ({
    name,
    when: toCondition(when, names),
  }));
  // Pages that were seen before the last handoff count no more for an exclusion, but they do for a rule.
  const lasting = exclusions.filter(({ when }) => partsOf(when).every(({ kind }) => kind !== 'page'));
  const places = [
    ...raw.triggers.map(({ when }, index) => ({ when, path: ['triggers', index, 'when'], by: exclusions })),
    ...raw.routing.rules.flatMap((rule, index) =>
      rule.if ? [{ when: rule.if, path: ['routing', 'rules', index, 'if'], by: lasting }] : [],
    ),
  ];
  return places.flatMap(({ when, path, by }) => {
    const condition = toCondition(when, names);
    const never = by.find((exclusion) => implies(condition, exclusion.when));
    if (!never) return [];
    const message = `never applies: "${never.name}" under never excludes every lead that it is for, expected other leads`;
    return [{ path, message }];
  });
}

/** The trigger is known only once there is one: asked for earlier, it is never the one that is wanted. */
function untimelyTriggers(raw: RawPolicy): Problem[] {
  return conditionsOf(raw).flatMap(({ at, condition }) =>
    at[0] === 'routing'
      ? []
      : nested(condition, at).flatMap(({ raw: part, path }) =>
          part.trigger
            ? [
                {
                  path: [...path, 'trigger'],
                  message: 'is known only when a lead is routed, expected it in a routing rule',
                },
              ]
            : [],
        ),
  );
}
