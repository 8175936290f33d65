import personalMail from 'email-providers/all.json' with { type: 'json' };
import { z } from 'zod';
import {
  type Condition,
  type NumberAttribute,
  numberAttributes,
  type PropertyOf,
  type TextAttribute,
  textAttributes,
} from '../domain/policy/condition.ts';
import type { Range } from '../domain/policy/range.ts';
import { found, positiveMinutes, word } from './values.ts';

/** One word or several: `country: Germany` and `country: [Germany, Austria]`. */
export const words = z.union(
  [word.transform((one) => [one]), z.array(word).min(1, 'expected at least one word, found none')],
  {
    error: ({ input }) =>
      typeof input === 'number'
        ? found('a word or a list of words: quotes make a number a word')({ input })
        : found('a word or a list of words')({ input }),
  },
);

const limits = z
  .strictObject({
    at_least: z.number().optional().describe('From this number on.'),
    below: z.number().optional().describe('Up to, but not including, this number.'),
  })
  .refine(({ at_least, below }) => at_least !== undefined || below !== undefined, {
    error: 'expected at_least, below or both',
  })
  .refine(({ at_least, below }) => at_least === undefined || below === undefined || at_least < below, {
    error: 'holds for no number: expected at_least to be less than below',
  });

/** `50` means from 50 on. */
const range = z.union(
  [z.number().transform((atLeast) => ({ at_least: atLeast, below: undefined })), limits],
  {
    error: found('a number or { at_least: …, below: … }'),
  },
);

const propertyTest = z.union([z.enum(['known', 'unknown']), words, limits], {
  error: found('values, { at_least: …, below: … }, known or unknown'),
});

/** Something that is so or is not mentioned. */
const flag = z.literal(true, { error: found('true, or nothing') }).optional();

const pages = z.strictObject({
  contains: words.describe("Words in the page's address, as /pricing: one of them is enough."),
  times: z
    .int({ error: found('a whole number') })
    .min(1, { error: found('1 or more') })
    .default(1)
    .describe('How often it was seen at least; once unless told otherwise.'),
  within: positiveMinutes
    .default(7 * 1440)
    .describe('Within how long of each other; 7 days unless told otherwise.'),
});

const textMeaning: Readonly<Record<TextAttribute, string>> = {
  country: "The lead's country, else its company's, as HubSpot has it.",
  state: "The lead's state or region, else its company's.",
  city: "The lead's city, else its company's.",
  postcode: 'How the postcode begins.',
  language: 'How the language begins: `de` is also `de-at`.',
  job_title: 'Words in the job title.',
  seniority: 'HubSpot’s seniority: entry, senior, manager, director, vp, executive, owner, …',
  industry: "The company's industry.",
  company: "Words in the company's name.",
  company_domain: "The company's domain.",
  email_domain: "The domain of the lead's email; `personal` is every free mailbox.",
  lifecycle: 'The lifecycle stage, as HubSpot shows it or by its internal name.',
  lead_status: 'The lead status, as HubSpot shows it or by its internal name.',
  source: 'The original traffic source: PAID_SEARCH, REFERRALS, …',
  product: 'What the lead is interested in: needs properties.product.',
};
const numberMeaning: Readonly<Record<NumberAttribute, string>> = {
  employees: 'Employees of the company.',
  revenue: "Yearly revenue of the company, in the portal's currency.",
  score: 'The score as it is now: needs properties.score.',
  open_deals: 'Open deals of the lead or its company.',
  visits: "The lead's visits to the site.",
};

const textKeys = Object.fromEntries(
  textAttributes.map((name) => [name, words.optional().describe(textMeaning[name])]),
) as Record<TextAttribute, z.ZodOptional<typeof words>>;
const numberKeys = Object.fromEntries(
  numberAttributes.map((name) => [name, range.optional().describe(numberMeaning[name])]),
) as Record<NumberAttribute, z.ZodOptional<typeof range>>;

/** What the file says of a lead: all of its keys must be met. */
export type RawCondition = z.output<typeof leafKeys> & {
  any?: RawCondition[] | undefined;
  all?: RawCondition[] | undefined;
  not?: RawCondition | undefined;
};

const noneFound = 'expected at least one condition, found none';

const leafKeys = z.strictObject({
  ...textKeys,
  ...numberKeys,
  region: words.optional().describe("The lead's country is in one of these regions of the policy."),
  segment: words.optional().describe('The company is in one of these segments of the policy.'),
  trigger: words.optional().describe('The trigger that the lead qualified by; for routing rules.'),
  property: z
    .record(z.string(), propertyTest)
    .optional()
    .describe("Any contact properties, by HubSpot's names."),
  company_property: z
    .record(z.string(), propertyTest)
    .optional()
    .describe("Any company properties, by HubSpot's names."),
  conversion: words.optional().describe('Words in the title of a form or meeting page sent in.'),
  conversion_page: words.optional().describe('Words in the title of the page with the form sent in.'),
  any_conversion: flag.describe('The lead sent in a form or meeting page, whichever.'),
  replied: flag.describe('The lead wrote to us, by mail or message.'),
  meeting_booked: flag.describe('A meeting with the lead was booked.'),
  score_rose_by: z
    .number({ error: found('a number of points') })
    .positive('expected a number above 0')
    .optional()
    .describe('The score rose by so many points since sales had the lead: needs properties.score.'),
  score_reached: range.optional().describe('The score rose into this band: needs properties.score.'),
  entered: words.optional().describe('The lead entered one of these lifecycle stages.'),
  page: pages
    .optional()
    .describe('The lead saw such pages so often. HubSpot names one page of a visit: the last.'),
  visits_ending_on: pages.optional().describe('So many visits ended on such pages.'),
  workflow: word.optional().describe('A HubSpot workflow handed the lead over under this name.'),
});

export const condition: z.ZodType<RawCondition> = leafKeys
  .extend({
    get any() {
      return z.array(condition).min(1, noneFound).optional().describe('One of these holds.');
    },
    get all() {
      return z.array(condition).min(1, noneFound).optional().describe('All of these hold.');
    },
    get not() {
      return condition.optional().describe('This does not hold.');
    },
  })
  .refine((raw) => Object.values(raw).some((value) => value !== undefined), {
    error: 'expected at least one criterion, found none',
  })
  .meta({
    id: 'condition',
    description: 'What must be so of a lead: all the lines of one must hold.',
  }) as unknown as z.ZodType<RawCondition>;

/** Names that conditions may use, with what they stand for. */
export type Names = {
  regions: Readonly<Record<string, readonly string[]>>;
  segments: Readonly<Record<string, RawCondition>>;
};

/** A condition of the file in the domain's terms. Names must exist: see `namesIn`. */
export function toCondition(raw: RawCondition, names: Names): Condition {
  const parts: Condition[] = [
    ...textAttributes.flatMap((attribute) => textCondition(attribute, raw[attribute])),
    ...numberAttributes.flatMap((attribute) => {
      const limit = raw[attribute];
      return limit ? [{ kind: 'number', attribute, range: rangeOf(limit) } as const] : [];
    }),
    ...regionConditions(raw.region, names),
    ...anyOf((raw.segment ?? []).map((name) => segmentCondition(name, names))),
    ...(raw.trigger ? [{ kind: 'trigger', anyOf: raw.trigger } as const] : []),
    ...propertyConditions('contact', raw.property),
    ...propertyConditions('company', raw.company_property),
    ...sentIn('form', raw.conversion),
    ...sentIn('page', raw.conversion_page),
    ...(raw.any_conversion ? [{ kind: 'anyConversion' } as const] : []),
    ...(raw.replied ? [{ kind: 'replied' } as const] : []),
    ...(raw.meeting_booked ? [{ kind: 'meetingBooked' } as const] : []),
    ...(raw.score_rose_by ? [{ kind: 'scoreRose', by: raw.score_rose_by } as const] : []),
    ...(raw.score_reached ? [{ kind: 'scoreReached', range: rangeOf(raw.score_reached) } as const] : []),
    ...(raw.entered ? [{ kind: 'stageEntered', stages: raw.entered } as const] : []),
    ...pagesSeen('page', raw.page),
    ...pagesSeen('visitsEndingOn', raw.visits_ending_on),
    ...(raw.workflow ? [{ kind: 'workflow', name: raw.workflow } as const] : []),
    ...(raw.all ?? []).map((part) => toCondition(part, names)),
    ...anyOf((raw.any ?? []).map((part) => toCondition(part, names))),
    ...(raw.not ? [{ kind: 'not', of: toCondition(raw.not, names) } as const] : []),
  ];
  const [only, ...others] = parts;
  return only && others.length === 0 ? only : { kind: 'all', of: parts };
}

function textCondition(attribute: TextAttribute, values: readonly string[] | undefined): Condition[] {
  if (!values) return [];
  const isPersonal = (value: string) => attribute === 'email_domain' && value.toLowerCase() === 'personal';
  const personal = values.some(isPersonal);
  const others = values.filter((value) => !isPersonal(value));
  return anyOf([
    ...(others.length > 0 ? [{ kind: 'text', attribute, anyOf: others } as const] : []),
    ...(personal ? [{ kind: 'mailDomain', name: 'personal', domains: personalDomains } as const] : []),
  ]);
}

const personalDomains: ReadonlySet<string> = new Set(personalMail);

function regionConditions(regions: readonly string[] | undefined, names: Names): Condition[] {
  if (!regions) return [];
  return [
    { kind: 'text', attribute: 'country', anyOf: regions.flatMap((name) => names.regions[name] ?? []) },
  ];
}

function segmentCondition(name: string, names: Names): Condition {
  const raw = names.segments[name];
  if (!raw) throw new RangeError(`segment "${name}" is not defined`);
  return { kind: 'segment', name, of: toCondition(raw, names) };
}

function propertyConditions(object: PropertyOf['object'], tests: RawCondition['property']): Condition[] {
  return Object.entries(tests ?? {}).map(([property, test]): Condition => {
    if (test === 'known' || test === 'unknown') {
      return { kind: 'propertyKnown', object, property, known: test === 'known' };
    }
    return Array.isArray(test)
      ? { kind: 'property', object, property, anyOf: test }
      : { kind: 'propertyNumber', object, property, range: rangeOf(test) };
  });
}

function sentIn(titleOf: 'form' | 'page', contains: readonly string[] | undefined): Condition[] {
  return contains ? [{ kind: 'conversion', titleOf, contains }] : [];
}

function pagesSeen(kind: 'page' | 'visitsEndingOn', wanted: z.output<typeof pages> | undefined): Condition[] {
  if (!wanted) return [];
  const { contains, times, within: withinMinutes } = wanted;
  return [{ kind, contains, times, withinMinutes }];
}

function anyOf(parts: readonly Condition[]): Condition[] {
  const [only, ...others] = parts;
  if (!only) return [];
  return others.length === 0 ? [only] : [{ kind: 'any', of: parts }];
}

function rangeOf({ at_least, below }: z.output<typeof limits>): Range {
  return { atLeast: at_least ?? null, below: below ?? null };
}

/** A condition and every one within it, each with where it stands. */
export function nested(raw: RawCondition, path: readonly PropertyKey[]): Placed[] {
  return [
    { raw, path },
    ...(raw.all ?? []).flatMap((part, index) => nested(part, [...path, 'all', index])),
    ...(raw.any ?? []).flatMap((part, index) => nested(part, [...path, 'any', index])),
    ...(raw.not ? nested(raw.not, [...path, 'not']) : []),
  ];
}

type Placed = { raw: RawCondition; path: readonly PropertyKey[] };

/** The regions, segments and triggers that a condition names, each with where it stands. */
export function namesIn(raw: RawCondition, path: readonly PropertyKey[]): NameUse[] {
  const keys = ['region', 'segment', 'trigger'] as const;
  return nested(raw, path).flatMap((part) =>
    keys.flatMap((key) => (part.raw[key] ?? []).map((name) => ({ key, name, path: [...part.path, key] }))),
  );
}

export type NameUse = { key: 'region' | 'segment' | 'trigger'; name: string; path: PropertyKey[] };
