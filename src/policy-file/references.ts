import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { partsOf, tellsSince } from '../domain/policy/condition.ts';
import { implies } from '../domain/policy/implies.ts';
import { platforms } from '../domain/policy/policy.ts';
import { type Names, namesIn, nested, type RawCondition, toCondition } from './conditions.ts';
import { nameOf } from './destinations.ts';
import { repeatedDestinations } from './events.ts';
import { introConditions, introProblems } from './intros.ts';
import { ladderProblems } from './ladder-problems.ts';
import { unknownReasons } from './lead-object.ts';
import type { Problem } from './problem.ts';
import type { RawPolicy } from './schema.ts';
import { entriesOf } from './targets.ts';
import { unknownWebhooks } from './webhooks.ts';

/** What no single field can tell: names that must exist or be unique, rules that can never apply, ladders that lead nowhere. */
export function checkReferences(raw: RawPolicy, context: z.core.$RefinementCtx<RawPolicy>): void {
  const names: Names = { regions: raw.regions, segments: raw.segments };
  const unknown = unknownNames(raw);
  const problems = [
    ...unknown,
    ...unknownTeams(raw),
    ...unknownCards(raw),
    ...repeated(raw),
    ...people(raw),
    ...unreadable(raw),
    ...ladderProblems(raw),
    ...introProblems(raw),
    ...unknownWebhooks(raw),
    ...repeatedDestinations(raw),
    ...pointlessAttempts(raw),
    ...unknownReasons(raw),
    ...untimelyTriggers(raw),
    ...forgottenEvidence(raw),
    ...unreachedDeals(raw),
    // Conditions can be compared only when every name in them stands for something.
    ...(unknown.length === 0
      ? [
          ...timelessTriggers(raw, names),
          ...unreachable(raw, names),
          ...unreachableTargets(raw, names),
          ...excluded(raw, names),
        ]
      : []),
  ];
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path, message });
}

/** What a workflow handed over must be there for as long as it is a reason to call. */
function forgottenEvidence({ retention, qualification }: RawPolicy): Problem[] {
  const fresh = qualification.fresh_within / 1440;
  if (retention.events >= fresh) return [];
  const message = `found ${retention.events} days, expected at least the ${fresh} days of fresh_within`;
  return [{ path: ['retention', 'events'], message }];
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
    ...conditionalTargets(raw).map(({ when, path }) => ({ at: path, condition: when })),
    ...raw.routing.rules.flatMap((rule, index) =>
      rule.if ? [{ at: ['routing', 'rules', index, 'if'], condition: rule.if }] : [],
    ),
    ...raw.deals.flatMap((deal, index) =>
      deal.if ? [{ at: ['deals', index, 'if'], condition: deal.if }] : [],
    ),
    ...introConditions(raw.intro),
    ...raw.ideal_profile.map(({ when }, index) => ({
      at: ['ideal_profile', index, 'when'],
      condition: when,
    })),
  ];
}

/** The conditions of targets that are for some leads only. */
function conditionalTargets(raw: RawPolicy): { when: RawCondition; path: PropertyKey[] }[] {
  return raw.triggers.flatMap(({ targets }, index) =>
    entriesOf(targets).flatMap(({ entry, path }) =>
      entry.if ? [{ when: entry.if, path: ['triggers', index, ...path, 'if'] }] : [],
    ),
  );
}

/** Everybody whom a rule or a step of a ladder names, and where. */
function destinations(raw: RawPolicy) {
  const rules = raw.routing.rules.map(({ to }, index) => ({ to, path: ['routing', 'rules', index, 'to'] }));
  const steps = (['acknowledge', 'touch'] as const).flatMap((target) =>
    raw.escalation[target].flatMap(({ do: action }, index) =>
      typeof action === 'object' && 'reassign' in action
        ? [{ to: action.reassign, path: ['escalation', target, index, 'do', 'reassign'] }]
        : [],
    ),
  );
  return [...rules, ...steps];
}

function unknownNames(raw: RawPolicy): Problem[] {
  const known = {
    region: Object.keys(raw.regions),
    segment: Object.keys(raw.segments),
    trigger: raw.triggers.map(({ name }) => name),
  };
  return conditionsOf(raw).flatMap(({ at, condition }) =>
    namesIn(condition, at).flatMap(({ key, name, path }) => {
      // A segment is made of attributes alone: segments within segments could run in a circle.
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
  return destinations(raw).flatMap(({ to, path: at }) => {
    if (typeof to === 'string' || 'rep' in to) return [];
    const [kind, team] =
      'rotation' in to ? (['rotation', to.rotation] as const) : (['pool', to.pool] as const);
    const path = [...at, kind];
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

function unknownCards(raw: RawPolicy): Problem[] {
  const known = { trigger: raw.triggers.map(({ name }) => name), team: raw.teams.map(({ name }) => name) };
  return (raw.card?.for ?? []).flatMap((one, index) =>
    (['trigger', 'team'] as const).flatMap((key) => {
      const name = one[key];
      if (name === undefined || known[key].includes(name)) return [];
      const message = `found "${name}", expected one of the ${key}s: ${known[key].join(', ')}`;
      return [{ path: ['card', 'for', index, key], message }];
    }),
  );
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
    [['hand_back_reasons'], raw.hand_back_reasons],
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

/** Leads go to people of the teams and the fallback; messages go to admins and marketing as well. */
function people(raw: RawPolicy): Problem[] {
  const takers = [
    raw.routing.fallback,
    ...raw.teams.flatMap(({ manager, members }) => [manager, ...members.map(({ email }) => email)]),
  ];
  const readers = [...takers, ...(raw.admins ?? []), ...(raw.marketing?.people ?? [])];
  const inChat = Object.keys(raw.chat.people).flatMap((person) => {
    if (readers.includes(person.toLowerCase())) return [];
    const message = `found "${person}", expected the email of a member, a manager, the fallback, an admin or somebody of marketing`;
    return [{ path: ['chat', 'people', person], message }];
  });
  const named = destinations(raw).flatMap(({ to, path }) => {
    if (typeof to === 'string' || !('rep' in to) || takers.includes(to.rep)) return [];
    const message = `found "${to.rep}", expected the email of a member, a manager or the fallback`;
    return [{ path: [...path, 'rep'], message }];
  });
  return [...inChat, ...sharedAccounts(raw, readers), ...named];
}

/** An account in a chat is one person's. */
function sharedAccounts({ chat }: RawPolicy, readers: readonly string[]): Problem[] {
  const written = Object.entries(chat.people).flatMap(([person, theirs]) =>
    typeof theirs === 'string' ? [] : [{ person, theirs }],
  );
  return platforms.flatMap((platform) => {
    const addressOf = (reader: string) =>
      written.find(({ person }) => person.toLowerCase() === reader)?.theirs[platform] ?? reader;
    return written.flatMap(({ person, theirs }) => {
      const address = theirs[platform];
      const other = readers.find(
        (reader) => reader !== person.toLowerCase() && addressOf(reader) === address,
      );
      if (!other) return [];
      const message = `found "${address}", which is the account of ${other}, expected one of their own`;
      return [{ path: ['chat', 'people', person, platform], message }];
    });
  });
}

/** Conditions on what nobody has told where to read in HubSpot: they would never be met. */
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

/** A minimum of attempts is asked for when a lead is given up as unresponsive, and only then. */
function pointlessAttempts(raw: RawPolicy): Problem[] {
  if (raw.disqualify_reasons.some(({ outcome }) => outcome === 'unresponsive')) return [];
  const message =
    'are never asked for, expected a disqualify reason with the outcome unresponsive, or no attempts';
  return raw.triggers.flatMap(({ targets }, index) =>
    entriesOf(targets).flatMap(({ entry, path }) =>
      entry.attempts ? [{ path: ['triggers', index, ...path, 'attempts'], message }] : [],
    ),
  );
}

function timelessTriggers(raw: RawPolicy, names: Names): Problem[] {
  return raw.triggers.flatMap(({ when }, index) =>
    tellsSince(toCondition(when, names))
      ? []
      : [
          {
            path: ['triggers', index, 'when'],
            message:
              'says who the lead is but not what it did, expected one of conversion, conversion_page, score_reached, entered, page, visits_ending_on, workflow as well',
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
      // A rule may lead to the same team again, if the first one went on to the rules between them and this one waits.
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

/** Targets behind some that are for the same leads, and leads that none are for. */
function unreachableTargets(raw: RawPolicy, names: Names): Problem[] {
  return raw.triggers.flatMap(({ targets }, trigger) => {
    const entries = entriesOf(targets).map(({ entry, path }) => ({
      condition: entry.if ? toCondition(entry.if, names) : null,
      path: ['triggers', trigger, ...path],
    }));
    const unreached = entries.flatMap(({ condition, path }, index) => {
      const covered = entries
        .slice(0, index)
        .some((earlier) => !earlier.condition || (condition && implies(condition, earlier.condition)));
      const message =
        'are never reached: others above are for every lead that they are for, expected them above those, or gone';
      return covered ? [{ path, message }] : [];
    });
    const last = entries.at(-1);
    if (!last || entries.some(({ condition }) => condition === null)) return unreached;
    const message = 'leaves other leads without targets, expected the last targets to have no if';
    return [...unreached, { path: [...last.path, 'if'], message }];
  });
}

/** Triggers, targets and rules for leads that are never handed over. */
function excluded(raw: RawPolicy, names: Names): Problem[] {
  const exclusions = raw.qualification.never.map(({ name, when }) => ({
    name,
    when: toCondition(when, names),
  }));
  // An exclusion forgets the pages that were seen before the last handoff; a rule does not.
  const lasting = exclusions.filter(({ when }) =>
    partsOf(when).every(({ kind }) => kind !== 'page' && kind !== 'visitsEndingOn'),
  );
  const places = [
    ...raw.triggers.map(({ when }, index) => ({ when, path: ['triggers', index, 'when'], by: exclusions })),
    ...conditionalTargets(raw).map((place) => ({ ...place, by: lasting })),
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

/** The first rule for deals that fits counts. */
function unreachedDeals({ deals }: RawPolicy): Problem[] {
  const last = deals.findIndex((deal) => deal.if === undefined);
  if (last < 0) return [];
  const message = 'never counts: one above is for all leads, expected that one last';
  return deals.slice(last + 1).map((_, index) => ({ path: ['deals', last + 1 + index], message }));
}

/** `trigger` is known only from routing on: a condition that asks for it before is never met. */
function untimelyTriggers(raw: RawPolicy): Problem[] {
  return conditionsOf(raw).flatMap(({ at, condition }) =>
    ['routing', 'deals', 'intro'].includes(String(at[0]))
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
