import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    'x',
    'personal',
    'constructor',
    '__proto__',
    [],
    {},
    [{}],
    [[]],
  ),
  fc.constantFrom<unknown>(
    'West',
    'a@b',
    '5 min',
    'monday',
    '10:00-09:00',
    { at_least: 1 },
    { country: 'x' },
  ),
  // What may stand in one place or another.
  fc.constantFrom<unknown>(
    ...[1, 30, true, false, '2 h', '30 days', '-1 min', 'hold', 'wall clock', 'note', 'both', 'UTC'],
    ...[
      'Banking',
      ['Banking', 'Peru'],
      { industry: 'Banking' },
      { workflow: 'other' },
      { conversion: 'demo' },
    ],
    ...[
      'contact owner',
      { rotation: 'Americas' },
      { pool: 'International' },
      { rep: 'elif.demir@example.com' },
    ],
    ...[
      'tomorrow morning',
      'remind',
      'routing',
      'now',
      'unresponsive',
      'US-NY',
      { tell_channel: 'C0123456789' },
      { reassign: 'routing' },
      { times: 2, every: '5 min' },
      { acknowledge: '1 h', touch: '4 h' },
      { within: '2 h', counted_in: 'wall clock' },
    ],
    ...[{ monday: '00:00-24:00' }, { open: 1 }, 'henrik.lund@example.com', 'x@y.example', ['name', 'phone']],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

const example: unknown = parse(readFileSync('policy.yaml', 'utf8'));

/** The example policy with values exchanged anywhere: still YAML, and more often wrong than not in what it says. */
export const bentPolicy = fc
  .array(fc.tuple(fc.array(fc.nat(), { minLength: 2, maxLength: 7 }), value), {
    minLength: 1,
    maxLength: 2,
  })
  .map((bends) => {
    const policy: unknown = structuredClone(example);
    for (const [steps, exchanged] of bends) bend(policy, steps, structuredClone(exchanged));
    return stringify(policy, { aliasDuplicateObjects: false });
  });

/** Exchanges what the steps lead to, each choosing among the entries that are there. */
function bend(within: unknown, steps: readonly number[], exchanged: unknown): void {
  const [step = 0, ...rest] = steps;
  if (typeof within !== 'object' || within === null) return;
  const keys = Object.keys(within);
  const key = keys[step % keys.length];
  if (key === undefined) return;
  const inner: unknown = Reflect.get(within, key);
  const further =
    rest.length > 0 && typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0;
  if (further) bend(inner, rest, exchanged);
  else Reflect.set(within, key, exchanged);
}
