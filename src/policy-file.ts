import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import {
  type LocalSpan,
  type Policy,
  requiredFields,
  type Team,
  type Weekday,
  type WorkingHours,
  type WorkingWeek,
} from './domain/policy.ts';

/** The policy file is wrong; each problem names line, path, what was found and what is expected. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file} is not a policy:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads a policy from a file. @throws PolicyError naming every problem. */
export function readPolicyFile(file: string): { policy: Policy; text: string } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new PolicyError(file, [
      `cannot be read (${code}): expected a YAML file there, or HANDOFF_POLICY to name it`,
    ]);
  }
  return { policy: parsePolicy(text, file), text };
}

/** Parses the text of a policy; `file` is what its problems call it. @throws PolicyError naming every problem. */
export function parsePolicy(text: string, file: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  if (document.errors.length > 0) {
    throw new PolicyError(
      file,
      document.errors.map(({ message, pos }) => `line ${lineAt(pos[0])}: ${message}`),
    );
  }
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const parsed = policySchema
    .superRefine(checkReferences)
    .transform((raw) => toPolicy(raw, version))
    .safeParse(valuesOf(document, file), { error: inWords });
  if (parsed.success) return parsed.data;
  const problem = (path: readonly PropertyKey[], message: string) => {
    const where = path.length > 0 ? `${path.join('.')}: ` : '';
    return `line ${lineAt(offsetOf(document.contents, path))}: ${where}${message}`;
  };
  throw new PolicyError(
    file,
    parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) =>
            problem([...issue.path, key], 'is unknown, expected a key of the example policy'),
          )
        : problem(issue.path, issue.message),
    ),
  );
}

/** The document as plain values; aliases are looked up only here, and may lead nowhere. */
function valuesOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new PolicyError(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
}

/** Where the deepest part of the path that exists stands in the text. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      const child = (node as { items?: Node[] } | null)?.items?.[Number(key)];
      if (!child) break;
      node = child;
      offset = child.range?.[0] ?? offset;
    }
  }
  return offset;
}

const minutesPerUnit = { s: 1 / 60, min: 1, h: 60, day: 1440, days: 1440 } as const;
const durationForm = /^(-?\d+(?:\.\d+)?) ?(s|min|h|days?)$/;

/** A duration as people write it, in minutes. */
const minutes = z
  .string({ error: found('a duration such as "15 min", "4 h" or "2 days"') })
  .transform((text, context) => {
    const [, amount, unit] = durationForm.exec(text.trim()) ?? [];
    if (amount === undefined || unit === undefined) {
      context.addIssue(`found "${text}", expected a duration such as "45 s", "15 min", "4 h" or "2 days"`);
      return z.NEVER;
    }
    return Number(amount) * minutesPerUnit[unit as keyof typeof minutesPerUnit];
  })
  .refine((value) => Math.abs(value) <= 366 * 1440, 'expected a duration of at most 366 days');

const positiveMinutes = minutes.refine((value) => value > 0, 'expected a duration above 0');

const email = z
  .string({ error: found('an email') })
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
    error: (issue) => `found "${issue.input}", expected an email`,
  });

const word = z.string({ error: found('text') }).min(1, 'expected text, found nothing');

const zone = z.string({ error: found('an IANA time zone such as Europe/Berlin') }).refine(isZone, {
  error: (issue) => `found "${issue.input}", expected an IANA time zone such as Europe/Berlin`,
});

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const hours = z
  .record(
    z.string(),
    z.union([z.string(), z.array(z.string())], 'expected hours such as "09:00-17:30", or a list of them'),
  )
  .transform((raw, context) => {
    const week: Partial<Record<Weekday, readonly LocalSpan[]>> = {};
    for (const [days, text] of Object.entries(raw)) {
      const range = daysOf(days);
      const spans = spansOf([text].flat());
      if (!range) context.addIssue(`found "${days}", expected a day or a range such as monday-friday`);
      else if (!spans) {
        const expected = 'hours such as "09:00-17:30", or a list of them that do not overlap';
        context.addIssue(`found "${[text].flat().join(', ')}" for ${days}, expected ${expected}`);
      } else
        for (const day of range) {
          if (week[day]) context.addIssue(`found ${weekdays[day - 1]} twice, expected each day once`);
          week[day] = spans;
        }
    }
    if (Object.keys(raw).length === 0) context.addIssue('expected at least one working day');
    return week as WorkingWeek;
  });

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

const ladder = z.array(z.strictObject({ at: minutes, do: z.enum(['remind', 'tell manager']) }));

const policySchema = z.strictObject({
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
  escalation: z.strictObject({ acknowledge: ladder, touch: ladder }),
  grace: z.array(positiveMinutes).min(1, 'expected at least one choice'),
  disqualify_reasons: z
    .array(
      z.strictObject({ name: word, label: word, note: z.enum(['required', 'optional']).default('optional') }),
    )
    .min(1, 'expected at least one reason'),
});

type RawPolicy = z.output<typeof policySchema>;

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

function toPolicy(raw: RawPolicy, version: string): Policy {
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

function daysOf(text: string): Weekday[] | null {
  const [from, to = from, ...more] = text
    .split('-')
    .map((day) => weekdays.indexOf(day.trim() as (typeof weekdays)[number]) + 1);
  if (!from || !to || to < from || more.length > 0) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) as Weekday);
}

/** Spans in order and apart; null when there is none, or one cannot be read, or they overlap. */
function spansOf(texts: readonly string[]): LocalSpan[] | null {
  const spans = texts.map(spanOf).filter((span) => span !== null);
  spans.sort((a, b) => a.fromMinute - b.fromMinute);
  const apart = spans.every((span, index) => span.fromMinute >= (spans[index - 1]?.toMinute ?? 0));
  return spans.length > 0 && spans.length === texts.length && apart ? spans : null;
}

function spanOf(text: string): LocalSpan | null {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)$/.exec(text.trim()) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return from < to && to <= 1440 ? { fromMinute: from, toMinute: to } : null;
}

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

function found(expected: string) {
  return ({ input }: { input?: unknown }) => {
    if (input === undefined) return `is missing: expected ${expected}`;
    const text = typeof input === 'number' ? String(input) : JSON.stringify(input);
    return `found ${text.length > 60 ? `${text.slice(0, 60)}…` : text}, expected ${expected}`;
  };
}

const kinds: Readonly<Record<string, string>> = {
  object: 'keys with values',
  record: 'keys with values',
  array: 'a list',
  number: 'a number',
};

/** What no field has words of its own for. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return found(kinds[issue.expected] ?? issue.expected)(issue);
  if (issue.code !== 'invalid_value') return undefined;
  return found(`one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`)(issue);
}
