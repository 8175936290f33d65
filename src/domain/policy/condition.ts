import { labelIn } from '../lead/label.ts';
import type { Labelled, Lead } from '../lead/lead.ts';
import type { Reason } from '../words/reason.ts';
import { comparable, containsWords, isInArea, isLanguage } from './compare-words.ts';
import type { Facts, Finding } from './facts.ts';
import { inRange, type Range } from './range.ts';
import {
  anyConversion,
  conversionSent,
  meetingBooked,
  type PagesSeen,
  pageSeen,
  replied,
  type SentIn,
  scoreReached,
  scoreRose,
  stageEntered,
  visitsEnding,
} from './what-it-did.ts';

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

/** Those that HubSpot keeps as one of several values. */
const labelledAs: Readonly<Partial<Record<TextAttribute, Labelled>>> = {
  seniority: 'seniority',
  industry: 'industry',
  lifecycle: 'lifecycleStage',
  lead_status: 'leadStatus',
  source: 'source',
  product: 'product',
};

/** What is known of a lead in numbers. */
export const numberAttributes = ['employees', 'revenue', 'score', 'open_deals', 'visits'] as const;
export type NumberAttribute = (typeof numberAttributes)[number];

/** A property of the portal, by HubSpot's own name. */
export type PropertyOf = { object: 'contact' | 'company'; property: string };

/**
 * What must be so of a lead. The last ten kinds are about what a lead did, and say since when they are met; all others
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
  /** A form or meeting page that the lead sent in has one of the words in its own title, or in that of its page. */
  | ({ kind: 'conversion' } & SentIn)
  /** A form or meeting page was sent in, whichever. */
  | { kind: 'anyConversion' }
  /** The lead wrote to us. */
  | { kind: 'replied' }
  | { kind: 'meetingBooked' }
  /** So many points more than when its evidence was last spent. */
  | { kind: 'scoreRose'; by: number }
  /** The score rose into the range. */
  | { kind: 'scoreReached'; range: Range }
  | { kind: 'stageEntered'; stages: readonly string[] }
  /** `times` views of pages whose address contains one of the words, all within `withinMinutes`. */
  | ({ kind: 'page' } & PagesSeen)
  /** The same of visits to the site that ended on such a page. */
  | ({ kind: 'visitsEndingOn' } & PagesSeen)
  /** A HubSpot workflow handed the lead over under this name. */
  | { kind: 'workflow'; name: string };

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
      const { met, found } = check(condition.of, facts);
      return { met: !met, since: null, found };
    }
    case 'segment': {
      const finding = check(condition.of, facts);
      const kind = finding.met ? 'inSegment' : 'notInSegment';
      return { ...finding, found: { kind, segment: condition.name, found: finding.found } };
    }
    case 'text': {
      const { attribute, anyOf } = condition;
      const value = textOf(attribute, lead);
      const of = labelledAs[attribute];
      const shown = value && of && labelIn(lead.labels, of, value);
      return oneOf(known(attribute), value, anyOf, matches[attribute] ?? isOneOf, shown);
    }
    case 'mailDomain': {
      const domain = emailDomainOf(lead.email);
      if (domain === null) return { met: false, since: null, found: { kind: 'noMail' } };
      const met = condition.domains.has(domain);
      const found: Reason = met
        ? { kind: 'mailAmong', name: condition.name, domain }
        : { kind: 'mailAt', domain };
      return { met, since: null, found };
    }
    case 'number':
      return within(known(condition.attribute), numberOf(condition.attribute, lead), condition.range);
    case 'property':
      return oneOf(named(condition), propertyOf(condition, lead), condition.anyOf, isOneOf);
    case 'propertyNumber':
      return within(named(condition), asNumber(propertyOf(condition, lead)), condition.range);
    case 'propertyKnown': {
      const value = propertyOf(condition, lead);
      const kind = value === null ? 'isEmpty' : 'isKnown';
      return {
        met: (value !== null) === condition.known,
        since: null,
        found: { kind, what: named(condition) },
      };
    }
    case 'trigger':
      return oneOf(known('trigger'), facts.trigger, condition.anyOf, isOneOf);
    case 'conversion':
      return conversionSent(facts, condition);
    case 'anyConversion':
      return anyConversion(lead);
    case 'replied':
      return replied(lead);
    case 'meetingBooked':
      return meetingBooked(lead);
    case 'scoreRose':
      return scoreRose(facts, condition.by);
    case 'scoreReached':
      return scoreReached(lead, condition.range);
    case 'stageEntered':
      return stageEntered(lead, condition.stages);
    case 'page':
      return pageSeen(facts, condition);
    case 'visitsEndingOn':
      return visitsEnding(facts, condition);
    case 'workflow': {
      const asked = facts.workflows.filter(({ name }) => name === condition.name);
      const since = newest(asked.map(({ at }) => at));
      const kind = since ? 'workflow' : 'noWorkflow';
      return { met: since !== null, since, found: { kind, workflow: condition.name } };
    }
    default:
      return condition satisfies never;
  }
}

/** How the values of a condition are compared, without regard to case. */
const matches: Readonly<Partial<Record<TextAttribute, Matches>>> = {
  postcode: isInArea,
  language: isLanguage,
  job_title: containsWords,
  company: containsWords,
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

/** @param shown what people read instead of the value */
function oneOf(
  what: Reason,
  value: string | null,
  anyOf: readonly string[],
  matches: Matches,
  shown: string | null | undefined = value,
): Finding {
  if (value === null) return unknown(what);
  const met = anyOf.some((wanted) => matches(value, wanted));
  return { met, since: null, found: { kind: 'is', what, value: shown || value } };
}

function unknown(what: Reason): Finding {
  return { met: false, since: null, found: { kind: 'isUnknown', what }, unknown: true };
}

type Matches = (value: string, wanted: string) => boolean;

/** A field of several choices has them in one text, as HubSpot writes them. */
function isOneOf(value: string, wanted: string): boolean {
  const other = comparable(wanted);
  return [value, ...value.split(';')].some((choice) => comparable(choice) === other);
}

function within(what: Reason, value: number | null, range: Range): Finding {
  if (value === null) return unknown(what);
  return { met: inRange(value, range), since: null, found: { kind: 'isNumber', what, value } };
}

function asNumber(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

/**
 * All are met since the last of them was; of any, the newest counts. Nobody knows of all when no part is known to be
 * missed, and of any when one part is not known.
 */
function joined(parts: readonly Finding[], how: 'all' | 'any'): Finding {
  const met = how === 'all' ? parts.every((part) => part.met) : parts.some((part) => part.met);
  const decisive = parts.filter((part) => part.met === met);
  const since = met ? newest(decisive.map((part) => part.since)) : null;
  const isUnknown = !met && (how === 'all' ? decisive.every(isNotKnown) : decisive.some(isNotKnown));
  const found = together(decisive.map((part) => part.found));
  return { met, since, found, ...(isUnknown && { unknown: true }) };
}

function isNotKnown(finding: Finding): boolean {
  return finding.unknown === true;
}

function newest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length > 0 ? new Date(Math.max(...known)) : null;
}

function together(of: readonly Reason[]): Reason {
  const [only, ...others] = of;
  return only && others.length === 0 ? only : { kind: 'allOf', of };
}

function known(name: TextAttribute | NumberAttribute | 'trigger'): Reason {
  return { kind: 'attribute', name };
}

function named({ property }: PropertyOf): Reason {
  return { kind: 'property', name: property };
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
    case 'anyConversion':
    case 'replied':
    case 'meetingBooked':
    case 'scoreRose':
    case 'scoreReached':
    case 'stageEntered':
    case 'page':
    case 'visitsEndingOn':
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
