import fc from 'fast-check';
import type { Lead } from '../../../src/domain/lead/lead.ts';
import type { Condition } from '../../../src/domain/policy/condition.ts';
import type { Facts } from '../../../src/domain/policy/facts.ts';
import { account, at, lead, minutesAfter } from '../examples.ts';

// Few values each, so that conditions often overlap and leads often meet them.
const word = fc.constantFrom('a', 'A', 'b', 'a b', 'ab', 'c_d', 'c d');
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
const limit = fc.option(fc.constantFrom(0, 1, 2, 5), { nil: null });
const range = fc.record({ atLeast: limit, below: limit });
const object = fc.constantFrom('contact' as const, 'company' as const);
const property = fc.constantFrom('p', 'q');
/** Something to ask of a lead. */
export const anyPart: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    attribute: fc.constantFrom('country', 'job_title', 'postcode', 'product', 'email_domain'),
    anyOf: words,
  }),
  fc.record({
    kind: fc.constant('mailDomain' as const),
    name: fc.constant('personal'),
    domains: fc.constant(new Set(['a'])),
  }),
  fc.record({
    kind: fc.constant('number' as const),
    attribute: fc.constantFrom('employees', 'visits'),
    range,
  }),
  fc.record({ kind: fc.constant('property' as const), object, property, anyOf: words }),
  fc.record({ kind: fc.constant('propertyNumber' as const), object, property, range }),
  fc.record({ kind: fc.constant('propertyKnown' as const), object, property, known: fc.boolean() }),
  fc.record({ kind: fc.constant('trigger' as const), anyOf: words }),
  fc.record({
    kind: fc.constant('conversion' as const),
    titleOf: fc.constantFrom('form', 'page'),
    contains: words,
  }),
  fc.record({ kind: fc.constant('scoreReached' as const), range }),
  fc.record({ kind: fc.constant('stageEntered' as const), stages: words }),
  fc.record({
    kind: fc.constantFrom('page', 'visitsEndingOn'),
    contains: words,
    times: fc.integer({ min: 1, max: 3 }),
    withinMinutes: fc.constantFrom(1, 3, 10),
  }),
  fc.record({ kind: fc.constant('workflow' as const), name: fc.constantFrom('a', 'b') }),
) as fc.Arbitrary<Condition>;

/** Anything that can be asked of a lead, put together in any way. */
export const { condition: anyCondition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    anyPart,
    fc.record({ kind: fc.constant('all' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('any' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
    fc.record({ kind: fc.constant('segment' as const), name: fc.constant('s'), of: tie('condition') }),
  ),
}));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const text = maybe(
  fc.oneof(
    word,
    fc.tuple(word, word).map((two) => two.join(';')),
  ),
);
const number = maybe(fc.constantFrom(0, 1, 2, 3, 5, 6));
const minutesAgo = fc.integer({ min: 0, max: 15 }).map((count) => minutesAfter(at('15:00'), -count));
const properties = fc.dictionary(property, fc.constantFrom('', ' ', 'a', 'b', '1', '5'));
const anyLead: fc.Arbitrary<Lead> = fc
  .record({
    country: text,
    jobTitle: text,
    postcode: text,
    product: text,
    email: maybe(word.map((domain) => `x@${domain}`)),
    visits: number,
    properties,
    lifecycleStage: maybe(word),
    stageEnteredAt: fc.dictionary(word, minutesAgo),
    conversions: fc
      .array(
        fc.record({
          name: fc.oneof(
            word,
            fc.tuple(word, word).map((two) => two.join(': ')),
          ),
          at: minutesAgo,
        }),
        {
          maxLength: 3,
        },
      )
      .map((sent) => sent.toSorted((a, b) => b.at.getTime() - a.at.getTime())),
    score: maybe(
      fc.array(fc.record({ value: fc.constantFrom(0, 1, 2, 5), at: minutesAgo }), { maxLength: 4 }),
    ).map((history) => history && { value: history[0]?.value ?? 1, components: [], history }),
    pages: fc.array(
      fc.record(
        { url: word.map((path) => `https://we/${path}`), at: minutesAgo, opened: fc.constant(true as const) },
        { requiredKeys: ['url', 'at'] },
      ),
      {
        maxLength: 6,
      },
    ),
    account: maybe(fc.record({ employees: number, properties }).map(account)),
  })
  .map(lead);
/** A lead with everything else that conditions are held against. */
export const anyFacts: fc.Arbitrary<Facts> = fc.record({
  lead: anyLead,
  trigger: maybe(word),
  workflows: fc.array(fc.record({ name: fc.constantFrom('a', 'b'), at: minutesAgo }), { maxLength: 2 }),
  spentUntil: maybe(minutesAgo),
  freshFrom: maybe(minutesAgo),
});
