import fc from 'fast-check';
import type { BriefingView } from '../../../src/domain/briefing/view.ts';
import type { Activity, Lead } from '../../../src/domain/lead/lead.ts';
import { account, activity, ada, at, ben, deal, lead, minutesAfter, policy } from '../../support/examples.ts';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** Few words, so that the same is often said twice; some that no chat and nobody's mouth should meet. */
const word = fc.constantFrom(
  'Maya',
  'maya chen',
  'Brightwater',
  'Pricing',
  '7 visits',
  'We plan 12 depots in spreadsheets and need something by January.',
  '<!channel> *look*',
  '[click](https://evil.example)',
  '@everyone',
  '{{DATE(2026-01-01, SHORT)}}',
  'line\nbreak',
  '\u202eevil',
  '   ',
  '美咲',
  'x'.repeat(500),
);
const anything = fc.oneof({ weight: 4, arbitrary: word }, fc.string({ maxLength: 40 }));
const ago = fc.integer({ min: 0, max: 500 * 24 * 60 }).map((minutes) => minutesAfter(at('15:10'), -minutes));
const path = fc.constantFrom(
  '/pricing',
  '/compare/northstar',
  '/customers/acme',
  '/security',
  '/blog/a',
  '/blog/b',
  '',
);

const page = fc.record({
  url: path.map((one) => `https://we.example${one}`),
  title: maybe(anything),
  at: ago,
});
const record: fc.Arbitrary<Activity> = fc
  .record({
    id: fc.constantFrom('1', '2', '3', '4'),
    kind: fc.constantFrom('call', 'email', 'meeting', 'note', 'task', 'message'),
    direction: fc.constantFrom('inbound', 'outbound', null),
    title: anything,
    text: maybe(anything),
    at: ago,
    ownerId: fc.constantFrom('owner-ada', 'owner-ben', null),
    automated: fc.boolean(),
  })
  .map((override) => activity(override as Partial<Activity>));

const newestFirst = <T extends { at: Date }>(list: readonly T[]) =>
  list.toSorted((a, b) => b.at.getTime() - a.at.getTime());

const anyLead: fc.Arbitrary<Lead> = fc
  .record({
    name: maybe(anything),
    email: maybe(anything),
    phone: maybe(anything),
    jobTitle: maybe(anything),
    city: maybe(anything),
    country: maybe(anything),
    language: maybe(fc.constantFrom('en', 'de-at', 'xx')),
    visits: maybe(fc.nat(20)),
    timeZone: maybe(fc.constantFrom('Asia/Tokyo', 'America/New_York')),
    account: maybe(
      fc
        .record({ name: maybe(anything), industry: maybe(anything), employees: maybe(fc.nat(5000)) })
        .map(account),
    ),
    conversions: fc
      .array(
        fc.record({
          name: fc.oneof(
            anything,
            anything.map((one) => `Page: ${one}`),
          ),
          at: ago,
        }),
        { maxLength: 4 },
      )
      .map(newestFirst),
    formAnswers: fc.array(fc.record({ label: anything, value: anything }), { maxLength: 4 }),
    pages: fc.array(page, { maxLength: 8 }).map(newestFirst),
    activities: fc.uniqueArray(record, { maxLength: 4, selector: ({ id }) => id }).map(newestFirst),
    deals: fc
      .array(
        fc.record({ name: maybe(anything), stage: maybe(anything), wonAt: maybe(ago), lostAt: maybe(ago) }),
        {
          maxLength: 3,
        },
      )
      .map((deals) => deals.map((one, index) => deal({ ...one, id: String(index) }))),
    consent: fc.record({
      optedOut: maybe(fc.boolean()),
      marketable: maybe(fc.boolean()),
      lawfulBasis: maybe(anything),
    }),
    emailBounced: maybe(fc.boolean()),
  })
  .map(lead);

const rep = fc.constantFrom(ada, ben);
const outcome = fc.constantFrom('converted', 'disqualified', 'recycled', 'withdrawn', 'unresponsive');
const reason = maybe(fc.constantFrom('timing', 'not_a_fit'));

/** Whatever a briefing may be made from. */
export const anyView: fc.Arbitrary<Partial<BriefingView>> = fc
  .record({
    lead: anyLead,
    reader: maybe(rep),
    colleagues: fc.uniqueArray(
      fc.record({
        leadId: fc.constantFrom('601', '602', '603'),
        handoffId: fc.uuid(),
        name: maybe(anything),
        role: maybe(anything),
        rep,
        since: ago,
        status: fc.constantFrom('offered', 'accepted', 'working'),
        outcome: fc.constant(null),
        reason: fc.constant(null),
      }),
      { maxLength: 3, selector: ({ leadId }) => leadId },
    ),
    earlier: fc.array(
      fc.record({
        ...{
          handoffId: fc.uuid(),
          trigger: fc.constant('demo_request'),
          rep,
          qualifiedAt: ago,
          closedAt: ago,
        },
        ...{ outcome, reason, note: anything },
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ lead: any, reader, colleagues, earlier }) => ({
    lead: any,
    reader,
    memory: { colleagues, earlier },
    policy: policy({
      idealProfile: [
        { label: 'From Japan', when: { kind: 'text', attribute: 'country', anyOf: ['Japan'] } },
        {
          label: 'Pricing',
          when: { kind: 'number', attribute: 'employees', range: { atLeast: 200, below: null } },
        },
      ],
    }),
  })) as fc.Arbitrary<Partial<BriefingView>>;
