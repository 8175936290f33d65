import type { Lead } from '../lead/lead.ts';

/** What is known of a lead in words. */
export const textAttributes = [
  'country',
  'state',
  'city',
  'postcode',
  'language',
  'job_title',
  'seniority',
  'industry',
  'company',
  'company_domain',
  'email_domain',
  'lifecycle',
  'lead_status',
  'source',
  'product',
] as const;
export type TextAttribute = (typeof textAttributes)[number];

/** What is known of a lead in numbers. */
export const numberAttributes = ['employees', 'revenue', 'score', 'open_deals', 'visits'] as const;
export type NumberAttribute = (typeof numberAttributes)[number];

/** From `atLeast` up to, but not including, `below`; null is no limit. */
export type Range = { atLeast: number | null; below: number | null };

/** A property of the portal, by HubSpot's own name. */
export type PropertyOf = { object: 'contact' | 'company'; property: string };

/**
 * What must be so of a lead. The last five kinds are about what a lead did, and say since when they are met; all others
 * are about who the lead is.
 */
export type Condition =
  | { kind: 'all'; of: readonly Condition[] }
  | { kind: 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'segment'; name: string; of: Condition }
  | { kind: 'text'; attribute: TextAttribute; anyOf: readonly string[] }
  /** The domain of the lead's email is among many. */
  | { kind: 'mailDomain'; name: string; domains: ReadonlySet<string> }
  | { kind: 'number'; attribute: NumberAttribute; range: Range }
  | ({ kind: 'property'; anyOf: readonly string[] } & PropertyOf)
  | ({ kind: 'propertyNumber'; range: Range } & PropertyOf)
  | ({ kind: 'propertyKnown'; known: boolean } & PropertyOf)
  | { kind: 'trigger'; anyOf: readonly string[] }
  /** The last form or meeting page the lead sent in. */
  | { kind: 'conversion'; contains: readonly string[] }
  /** The score rose into the range. */
  | { kind: 'scoreReached'; range: Range }
  | { kind: 'stageEntered'; stages: readonly string[] }
  /** `times` views of pages whose address contains one of the words, all within `withinMinutes`. */
  | { kind: 'page'; contains: readonly string[]; times: number; withinMinutes: number }
  /** A HubSpot workflow handed the lead over under this name. */
  | { kind: 'workflow'; name: string };

/** A workflow's request to hand a lead over. */
export type WorkflowRequest = { name: string; at: Date };

/** What is known when a condition is checked. */
export type Facts = {
  lead: Lead;
  /** The trigger that was found; null while one is being looked for. */
  trigger: string | null;
  workflows: readonly WorkflowRequest[];
  /** Page views up to then led to an earlier handoff and count no more. */
  spentUntil: Date | null;
};

/** Whether a condition is met, and what was found, in words. `since` when, if it is about what the lead did. */
export type Finding = { met: boolean; since: Date | null; words: string };

/** Checks a condition against what is known of a lead. */
export function check(condition: Condition, facts: Facts): Finding {
  const { lead } = facts;
  switch (condition.kind) {
    case 'all':
      return joined(
        condition.of.map((part) => check(part, facts)),
        'all',
      );
    case 'any':
      return joined(
        condition.of.map((part) => check(part, facts)),
        'any',
      );
    case 'not': {
      const { met, words } = check(condition.of, facts);
      return { met: !met, since: null, words };
    }
    case 'segment': {
      const { met, since, words } = check(condition.of, facts);
      return { met, since, words: `${met ? '' : 'not '}${condition.name} (${words})` };
    }
    case 'text': {
      const name = attributeWords(condition.attribute);
      return oneOf(name, textOf(condition.attribute, lead), condition.anyOf, matches[condition.attribute]);
    }
    case 'mailDomain': {
      const domain = emailDomainOf(lead.email);
      const met = domain !== null && condition.domains.has(domain);
      return {
        met,
        since: null,
        words: `${met ? `${condition.name} mail at` : 'mail at'} ${domain ?? 'no domain'}`,
      };
    }
    case 'number':
      return within(
        attributeWords(condition.attribute),
        numberOf(condition.attribute, lead),
        condition.range,
      );
    case 'property':
      return oneOf(condition.property, propertyOf(condition, lead), condition.anyOf, 'is');
    case 'propertyNumber':
      return within(condition.property, asNumber(propertyOf(condition, lead)), condition.range);
    case 'propertyKnown': {
      const value = propertyOf(condition, lead);
      const words = `${condition.property} is ${value === null ? 'empty' : 'known'}`;
      return { met: (value !== null) === condition.known, since: null, words };
    }
    case 'trigger':
      return oneOf('trigger', facts.trigger, condition.anyOf, 'is');
    case 'conversion':
      return conversion(lead, condition.contains);
    case 'scoreReached':
      return scoreReached(lead, condition.range);
    case 'stageEntered':
      return stageEntered(lead, condition.stages);
    case 'page':
      return pageSeen(facts, condition);
    case 'workflow': {
      const asked = facts.workflows.filter(({ name }) => name === condition.name);
      const since = newest(asked.map(({ at }) => at));
      return {
        met: since !== null,
        since,
        words: since ? `handed over by a workflow (${condition.name})` : `no workflow ${condition.name}`,
      };
    }
    default:
      return condition satisfies never;
  }
}

/**
 * How the values of a condition are compared, without regard to case: job titles are free text, and a postcode begins
 * with its area.
 */
const matches: Readonly<Record<TextAttribute, 'is' | 'contains' | 'startsWith'>> = {
  country: 'is',
  state: 'is',
  city: 'is',
  postcode: 'startsWith',
  language: 'startsWith',
  job_title: 'contains',
  seniority: 'is',
  industry: 'is',
  company: 'contains',
  company_domain: 'is',
  email_domain: 'is',
  lifecycle: 'is',
  lead_status: 'is',
  source: 'is',
  product: 'is',
};

function textOf(attribute: TextAttribute, lead: Lead): string | null {
  const { account } = lead;
  switch (attribute) {
    case 'country':
      return lead.country ?? account?.country ?? null;
    case 'state':
      return lead.state ?? account?.state ?? null;
    case 'city':
      return lead.city ?? account?.city ?? null;
    case 'postcode':
      return lead.postcode ?? account?.postcode ?? null;
    case 'language':
      return lead.language;
    case 'job_title':
      return lead.jobTitle;
    case 'seniority':
      return lead.seniority;
    case 'industry':
      return account?.industry ?? null;
    case 'company':
      return account?.name ?? lead.company;
    case 'company_domain':
      return account?.domain ?? null;
    case 'email_domain':
      return emailDomainOf(lead.email);
    case 'lifecycle':
      return lead.lifecycleStage;
    case 'lead_status':
      return lead.leadStatus;
    case 'source':
      return lead.source.original;
    case 'product':
      return lead.product;
    default:
      return attribute satisfies never;
  }
}

function numberOf(attribute: NumberAttribute, { account, score, visits, openDeals }: Lead): number | null {
  switch (attribute) {
    case 'employees':
      return account?.employees ?? null;
    case 'revenue':
      return account?.revenue ?? null;
    case 'score':
      return score?.value ?? null;
    case 'open_deals':
      return openDeals;
    case 'visits':
      return visits;
    default:
      return attribute satisfies never;
  }
}

function propertyOf({ object, property }: PropertyOf, { properties, account }: Lead): string | null {
  const values = object === 'contact' ? properties : (account?.properties ?? {});
  return (Object.hasOwn(values, property) && values[property]?.trim()) || null;
}

/** The part after the @, in lower case. */
export function emailDomainOf(email: string | null): string | null {
  return email?.split('@')[1]?.trim().toLowerCase() || null;
}

/** Values as they compare: HubSpot writes `COMPUTER_SOFTWARE` where people write "Computer Software". */
export function comparable(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', ' ');
}

function oneOf(
  name: string,
  value: string | null,
  anyOf: readonly string[],
  how: 'is' | 'contains' | 'startsWith',
): Finding {
  if (value === null) return { met: false, since: null, words: `${name} is unknown` };
  const found = comparable(value);
  // A field of several choices has them in one text, as HubSpot writes them.
  const choices = how === 'is' ? [found, ...found.split(';').map((choice) => choice.trim())] : [found];
  const met = anyOf.some((wanted) => {
    const other = comparable(wanted);
    if (how === 'contains') return containsWord(found, other);
    return choices.some((choice) => (how === 'is' ? choice === other : choice.startsWith(other)));
  });
  return { met, since: null, words: `${name} ${value}` };
}

/** Whether the words stand in the text as words: "intern" is no part of "international". */
function containsWord(text: string, words: string): boolean {
  const letters = (place: number) => /[\p{L}\p{N}]/u.test(text.charAt(place));
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!letters(at - 1) && !letters(at + words.length)) return true;
  }
  return false;
}

function within(name: string, value: number | null, range: Range): Finding {
  if (value === null) return { met: false, since: null, words: `${name} is unknown` };
  return { met: inRange(value, range), since: null, words: `${name} ${value.toLocaleString('en-US')}` };
}

function inRange(value: number, { atLeast, below }: Range): boolean {
  return (atLeast === null || value >= atLeast) && (below === null || value < below);
}

function asNumber(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

function conversion({ conversion }: Lead, contains: readonly string[]): Finding {
  if (!conversion) return { met: false, since: null, words: 'no form sent in' };
  const name = conversion.name.toLowerCase();
  const met = contains.some((word) => name.includes(word.toLowerCase()));
  return { met, since: met ? conversion.at : null, words: `sent in "${conversion.name}"` };
}

/**
 * When the score last rose to where the range begins, or the oldest known time that it was as high. Falling into the
 * range from above is no news, nor is a score without a history: nobody knows since when it is so high.
 */
function scoreReached({ score }: Lead, range: Range): Finding {
  if (!score) return { met: false, since: null, words: 'no score' };
  let since: Date | null = null;
  if (inRange(score.value, range)) {
    for (const entry of score.history) {
      if (entry.value < (range.atLeast ?? Number.NEGATIVE_INFINITY)) break;
      since = entry.at;
    }
  }
  const words = since ? `score ${score.value} reached ${range.atLeast ?? 0}` : `score ${score.value}`;
  return { met: since !== null, since, words };
}

function stageEntered(lead: Lead, stages: readonly string[]): Finding {
  const stage = lead.lifecycleStage;
  if (!stage) return { met: false, since: null, words: 'no lifecycle stage' };
  const wanted = stages.some((name) => comparable(name) === comparable(stage));
  const since = wanted ? (lead.stageEnteredAt[stage] ?? null) : null;
  return { met: since !== null, since, words: since ? `became ${stage}` : `stage ${stage}` };
}

function pageSeen(
  { lead, spentUntil }: Facts,
  { contains, times, withinMinutes }: Extract<Condition, { kind: 'page' }>,
): Finding {
  const seen = lead.pages
    .filter(({ at }) => !spentUntil || at > spentUntil)
    .filter(({ url }) => contains.some((word) => url.toLowerCase().includes(word.toLowerCase())))
    .map(({ at }) => at.getTime())
    .sort((a, b) => b - a);
  const page = contains.join(' or ');
  const [newest] = seen;
  if (newest === undefined) return { met: false, since: null, words: `did not see ${page}` };
  const upTo = (last: number) =>
    seen.filter((at) => at <= last && last - at <= withinMinutes * 60_000).length;
  // The newest view that made it enough: a single later view does not undo that.
  const last = seen.find((at) => upTo(at) >= times);
  const count = upTo(last ?? newest);
  const words = count === 1 ? `saw ${page} once` : `saw ${page} ${count} times`;
  return { met: last !== undefined, since: last === undefined ? null : new Date(last), words };
}

/** All are met since the last of them was; of any, the newest counts. */
function joined(parts: readonly Finding[], how: 'all' | 'any'): Finding {
  const met = how === 'all' ? parts.every((part) => part.met) : parts.some((part) => part.met);
  const decisive = parts.filter((part) => part.met === met);
  const since = met ? newest(decisive.map((part) => part.since)) : null;
  return { met, since, words: decisive.map(({ words }) => words).join(', ') };
}

function newest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length > 0 ? new Date(Math.max(...known)) : null;
}

function attributeWords(attribute: TextAttribute | NumberAttribute): string {
  return attribute.replaceAll('_', ' ');
}

/** Whether a condition always says since when it is met: without that, nobody knows whether it is news. */
export function tellsSince(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.some(tellsSince);
    case 'any':
      return condition.of.every(tellsSince);
    case 'segment':
      return tellsSince(condition.of);
    case 'conversion':
    case 'scoreReached':
    case 'stageEntered':
    case 'page':
    case 'workflow':
      return true;
    case 'not':
    case 'text':
    case 'mailDomain':
    case 'number':
    case 'property':
    case 'propertyNumber':
    case 'propertyKnown':
    case 'trigger':
      return false;
    default:
      return condition satisfies never;
  }
}

/** The conditions that a condition is made of, down to the last. */
export function partsOf(condition: Condition): Condition[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(partsOf);
    case 'not':
    case 'segment':
      return partsOf(condition.of);
    default:
      return [condition];
  }
}
