import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursOf } from '../src/domain/policy.ts';
import { PolicyError, parsePolicy, readPolicyFile } from '../src/policy-file.ts';
import { bentPolicy } from './support/policies/bent.ts';

const small = `\
properties:
  score: lead_score
qualification:
  required: [email]
triggers:
  - name: demo
    label: Demo request
    when: { conversion: [demo] }
    targets: { acknowledge: 15 min, touch: 1 h }
  - name: score
    label: Score
    when: { score_reached: 50 }
    targets: { acknowledge: 4 h, touch: 2 days, counted_in: wall clock }
teams:
  - name: West
    manager: Max@Example.com
    zone: America/New_York
    hours: { monday-friday: "09:00-17:30" }
    members:
      - { email: ann@example.com, weight: 2 }
      - { email: bea@example.com, zone: Asia/Kolkata, hours: { saturday: ["13:00-24:00", "9:00-12:00"] } }
routing:
  rules: [{ to: contact owner }, { to: account owner }, { to: { rotation: West } }]
  fallback: max@example.com
escalation:
  acknowledge:
    - { at: -5 min, do: remind }
    - { at: 0 min, do: tell manager }
  touch: []
grace: [45 s, 1 day]
disqualify_reasons:
  - { name: spam, label: Spam, follow_up: nothing, refund: true }
  - { name: timing, label: Timing, follow_up: note }
`;

/** The problems of a text that is no policy. */
function problemsOf(text: string): readonly string[] {
  try {
    parsePolicy(text, 'policy.yaml');
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
}

describe('a policy', () => {
  it('is read into our own terms: durations in minutes, emails in lower case, defaults filled in', () => {
    const { version, ...policy } = parsePolicy(small, 'policy.yaml');
    const week = (span: { fromMinute: number; toMinute: number }) =>
      Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [span]]));
    const office = { zone: 'America/New_York', week: week({ fromMinute: 540, toMinute: 1050 }) };
    const noCaps = { open: null, perDay: null, perHour: null };
    const saturday = [
      { fromMinute: 540, toMinute: 720 },
      { fromMinute: 780, toMinute: 1440 },
    ];
    expect(policy).toEqual({
      properties: {
        score: 'lead_score',
        scoreComponents: [],
        summary: null,
        product: null,
        contact: [],
        company: [],
        openDeals: false,
      },
      qualification: { required: ['email'], never: [], freshWithinDays: 7 },
      triggers: [
        {
          name: 'demo',
          label: 'Demo request',
          when: { kind: 'conversion', contains: ['demo'] },
          targets: { acknowledgeWithinMinutes: 15, touchWithinMinutes: 60, countedIn: 'workingTime' },
          coolDownMinutes: null,
          once: false,
        },
        {
          name: 'score',
          label: 'Score',
          when: { kind: 'scoreReached', range: { atLeast: 50, below: null } },
          targets: { acknowledgeWithinMinutes: 240, touchWithinMinutes: 2880, countedIn: 'wallClock' },
          coolDownMinutes: null,
          once: false,
        },
      ],
      teams: [
        {
          name: 'West',
          manager: 'max@example.com',
          hours: office,
          members: [
            { id: 'ann@example.com', weight: 2, hours: office, ownHours: false, caps: noCaps, active: true },
            {
              id: 'bea@example.com',
              weight: 1,
              hours: { zone: 'Asia/Kolkata', week: { 6: saturday } },
              ownHours: true,
              caps: noCaps,
              active: true,
            },
          ],
        },
      ],
      routing: {
        rules: [
          { name: 'contact owner', when: null, to: { kind: 'contactOwner' }, whenNobody: 'next' },
          { name: 'account owner', when: null, to: { kind: 'accountOwner' }, whenNobody: 'next' },
          { name: 'rotation West', when: null, to: { kind: 'rotation', team: 'West' }, whenNobody: 'next' },
        ],
        fallback: 'max@example.com',
        accountBy: ['association', 'domain', 'name'],
      },
      chat: { usual: 'slack', people: new Map() },
      ladders: {
        acknowledge: [
          { offsetMinutes: -5, action: 'remind' },
          { offsetMinutes: 0, action: 'tellManager' },
        ],
        touch: [],
      },
      graceMinutes: [0.75, 1440],
      disqualifyReasons: [
        { name: 'spam', label: 'Spam', noteRequired: false, refundsTurn: true },
        { name: 'timing', label: 'Timing', noteRequired: true, refundsTurn: false },
      ],
    });
  });

  it('says where people read their cards: in Slack, unless it says otherwise', () => {
    const chatOf = (section: string) => parsePolicy(`${small}${section}`, 'policy.yaml').chat;
    expect(chatOf('')).toEqual({ usual: 'slack', people: new Map() });
    expect(chatOf('chat: {}\n')).toEqual({ usual: 'slack', people: new Map() });
    expect(chatOf('chat: { usual: teams }\n')).toEqual({ usual: 'teams', people: new Map() });
    expect(
      chatOf(
        'chat:\n  people:\n    Ann@Example.com: teams\n    max@example.com: both\n    BEA@example.com: slack\n',
      ),
    ).toEqual({
      usual: 'slack',
      people: new Map([
        ['ann@example.com', 'teams'],
        ['max@example.com', 'both'],
        ['bea@example.com', 'slack'],
      ]),
    });
  });

  it('is known by its text: another text is another version', () => {
    const versionOf = (text: string) => parsePolicy(text, 'policy.yaml').version;
    expect(versionOf(small)).toMatch(/^[0-9a-f]{12}$/);
    expect(versionOf(small)).toBe(versionOf(small));
    expect(versionOf(`${small}# a remark\n`)).not.toBe(versionOf(small));
  });

  it('is the example that comes with the bot, in which everybody has hours', () => {
    const { policy, text } = readPolicyFile('policy.yaml');
    expect(text).toBe(readFileSync('policy.yaml', 'utf8'));
    expect(policy.triggers.map(({ name }) => name)).toEqual([
      'demo_request',
      'pricing',
      'workflow',
      'hot_score',
      'score',
      'guide',
      'lifecycle',
    ]);
    expect(policy.teams.map((team) => [team.name, team.members.length])).toEqual([
      ['Americas', 3],
      ['International', 3],
    ]);
    expect(hoursOf(policy, 'chloe.nguyen@example.com').zone).toBe('America/Los_Angeles');
  });

  it('that is not there names the file and how to name another', () => {
    expect(() => readPolicyFile('no-such-policy.yaml')).toThrow(
      'no-such-policy.yaml is not a policy:\n  cannot be read (ENOENT): expected a YAML file there, or HANDOFF_POLICY to name it',
    );
  });
});

describe('a broken policy is told', () => {
  const aDuration = 'expected a duration such as "15 min", "4 h" or "2 days"';
  const hours = 'expected hours such as "09:00-17:30", or a list of them that do not overlap';

  const table: [title: string, find: string, replacement: string, problem: string][] = [
    [
      'a key that is misspelt',
      '  required: [email]',
      '  requird: [email]',
      'line 4: qualification.requird: is unknown, did you mean required?',
    ],
    ['a part that is missing', 'grace: [45 s, 1 day]\n', '', 'line 1: grace: is missing: expected a list'],
    [
      'a part of the wrong kind',
      'triggers:\n',
      'triggers: 5\nmore:\n',
      'line 5: triggers: found 5, expected a list',
    ],
    [
      'a field that nobody knows',
      '[email]',
      '[email, shoe_size]',
      'line 4: qualification.required.1: found "shoe_size", expected one of email, name, phone, jobTitle, country, company, or { property: <name in HubSpot> }',
    ],
    [
      'a condition that is almost another',
      '{ score_reached: 50 }',
      '{ score_reach: 50 }',
      'line 12: triggers.1.when.score_reach: is unknown, did you mean score_reached?',
    ],
    [
      'a condition of an earlier grammar',
      '{ conversion: [demo] }',
      '{ conversion_contains: [demo] }',
      'line 8: triggers.0.when.conversion_contains: is unknown, did you mean conversion?',
    ],
    [
      'a condition of nothing',
      '{ score_reached: 50 }',
      '{}',
      'line 12: triggers.1.when: expected at least one criterion, found none',
    ],
    [
      'a choice of nothing',
      '{ score_reached: 50 }',
      '{ score_reached: 50, any: [] }',
      'line 12: triggers.1.when.any: expected at least one condition, found none',
    ],
    [
      'a condition within another that says nothing',
      '{ score_reached: 50 }',
      '{ score_reached: 50, any: [{ country: Peru }, {}] }',
      'line 12: triggers.1.when.any.1: expected at least one criterion, found none',
    ],
    [
      'values that are none',
      '{ score_reached: 50 }',
      '{ score_reached: 50, country: [] }',
      'line 12: triggers.1.when.country: expected at least one word, found none',
    ],
    [
      'a number where words are expected',
      '{ score_reached: 50 }',
      '{ score_reached: 50, postcode: 10115 }',
      'line 12: triggers.1.when.postcode: found 10115, expected a word or a list of words: quotes make a number a word',
    ],
    [
      'words where a number is expected',
      '{ score_reached: 50 }',
      '{ score_reached: high }',
      'line 12: triggers.1.when.score_reached: found "high", expected a number or { at_least: …, below: … }',
    ],
    [
      'pages that are to be seen not once',
      '{ score_reached: 50 }',
      '{ page: { contains: /pricing, times: 0 } }',
      'line 12: triggers.1.when.page.times: found 0, expected 1 or more',
    ],
    [
      'a segment within a segment',
      'properties:\n',
      'segments: { A: { country: Peru }, B: { any: [{ segment: A }] } }\nproperties:\n',
      'line 1: segments.B.any.0.segment: found the segment "A" within a segment, expected attributes alone',
    ],
    [
      'a duration in no words',
      'acknowledge: 15 min',
      'acknowledge: soon',
      'line 9: triggers.0.targets.acknowledge: found "soon", expected a duration such as "45 s", "15 min", "4 h" or "2 days"',
    ],
    [
      'a duration without a unit',
      'acknowledge: 15 min',
      'acknowledge: 15',
      `line 9: triggers.0.targets.acknowledge: found 15, ${aDuration}`,
    ],
    [
      'a duration that is missing',
      'acknowledge: 15 min, ',
      '',
      `line 9: triggers.0.targets.acknowledge: is missing: ${aDuration}`,
    ],
    [
      'a target of no time',
      'acknowledge: 15 min',
      'acknowledge: 0 min',
      'line 9: triggers.0.targets.acknowledge: expected a duration above 0',
    ],
    [
      'a target before its time',
      'touch: 1 h',
      'touch: -1 h',
      'line 9: triggers.0.targets.touch: expected a duration above 0',
    ],
    [
      'a target beyond a year',
      'touch: 1 h',
      'touch: 400 days',
      'line 9: triggers.0.targets.touch: expected a duration of at most 366 days',
    ],
    [
      'a way of counting that nobody knows',
      'wall clock',
      'lunar time',
      'line 13: triggers.1.targets.counted_in: found "lunar time", expected one of "working time", "wall clock"',
    ],
    [
      'a name that is there twice',
      'name: score',
      'name: demo',
      'line 10: triggers.1.name: "demo" is there twice, expected a name of its own',
    ],
    [
      'a reason that is there twice',
      'name: timing',
      'name: spam',
      'line 33: disqualify_reasons.1.name: "spam" is there twice, expected a name of its own',
    ],
    [
      'a name of nothing',
      'name: score',
      'name: ""',
      'line 10: triggers.1.name: expected text, found nothing',
    ],
    [
      'a manager without an email',
      'Max@Example.com',
      'Max',
      'line 16: teams.0.manager: found "max", expected an email',
    ],
    [
      'a zone that nobody knows',
      'zone: America/New_York',
      'zone: New York',
      'line 17: teams.0.zone: found "New York", expected an IANA time zone such as Europe/Berlin',
    ],
    [
      'a zone that is missing',
      '    zone: America/New_York\n',
      '',
      'line 15: teams.0.zone: is missing: expected an IANA time zone such as Europe/Berlin',
    ],
    [
      'hours that end before they begin',
      '"09:00-17:30"',
      '"17:30-09:00"',
      `line 18: teams.0.hours: found "17:30-09:00" for monday-friday, ${hours}`,
    ],
    [
      'a minute that no hour has',
      '"09:00-17:30"',
      '"09:75-17:30"',
      `line 18: teams.0.hours: found "09:75-17:30" for monday-friday, ${hours}`,
    ],
    [
      'hours past midnight',
      '"09:00-17:30"',
      '"20:00-24:01"',
      `line 18: teams.0.hours: found "20:00-24:01" for monday-friday, ${hours}`,
    ],
    [
      'hours that overlap',
      '"9:00-12:00"',
      '"9:00-13:30"',
      `line 21: teams.0.members.1.hours: found "13:00-24:00, 9:00-13:30" for saturday, ${hours}`,
    ],
    [
      'a day without hours',
      '"09:00-17:30"',
      '[]',
      `line 18: teams.0.hours: found "" for monday-friday, ${hours}`,
    ],
    [
      'hours that are a number',
      '"09:00-17:30"',
      '9',
      'line 18: teams.0.hours.monday-friday: expected hours such as "09:00-17:30", or a list of them',
    ],
    [
      'a day that nobody knows',
      'monday-friday',
      'mon-fri',
      'line 18: teams.0.hours: found "mon-fri", expected a day or a range such as monday-friday',
    ],
    [
      'a range that runs backwards',
      'monday-friday',
      'friday-monday',
      'line 18: teams.0.hours: found "friday-monday", expected a day or a range such as monday-friday',
    ],
    [
      'a range of three',
      'monday-friday',
      'monday-tuesday-friday',
      'line 18: teams.0.hours: found "monday-tuesday-friday", expected a day or a range such as monday-friday',
    ],
    [
      'a day that is there twice',
      '"09:00-17:30"',
      '"09:00-17:30", friday: "09:00-12:00"',
      'line 18: teams.0.hours: found friday twice, expected each day once',
    ],
    [
      'no working day',
      '{ monday-friday: "09:00-17:30" }',
      '{}',
      'line 18: teams.0.hours: expected at least one working day',
    ],
    [
      'a weight below 0',
      'weight: 2',
      'weight: -2',
      'line 20: teams.0.members.0.weight: found -2, expected a weight of 0 or more',
    ],
    [
      'a weight without end',
      'weight: 2',
      'weight: .inf',
      'line 20: teams.0.members.0.weight: found Infinity, expected a number',
    ],
    [
      'a member who is there twice',
      'bea@example.com',
      'ANN@example.com',
      'line 21: teams.0.members.1.email: ann@example.com is in this team twice, expected each member once',
    ],
    [
      'a rule that nobody knows',
      'to: contact owner',
      'to: whoever',
      'line 23: routing.rules.0.to: found "whoever", expected "contact owner", "account owner", { rep: <email> }, { rotation: <team> } or { pool: <team> }',
    ],
    [
      'a rotation over a team that is not there',
      'rotation: West',
      'rotation: East',
      'line 23: routing.rules.2.to.rotation: found "East", expected one of the teams: West',
    ],
    [
      'nobody to fall back on',
      '  fallback: max@example.com\n',
      '',
      'line 22: routing.fallback: is missing: expected an email',
    ],
    [
      'a rung that does nothing known',
      'do: remind',
      'do: shout',
      'line 27: escalation.acknowledge.0.do: found "shout", expected one of "remind", "tell manager"',
    ],
    ['no choice of grace', '[45 s, 1 day]', '[]', 'line 30: grace: expected at least one choice'],
    [
      'a note that is neither',
      'follow_up: note',
      'follow_up: maybe',
      'line 33: disqualify_reasons.1.follow_up: found "maybe", expected what the rep is asked next: nothing or note',
    ],
    [
      'a key that is there twice',
      '  score: lead_score\n',
      '  score: a\n  score: b\n',
      'line 3: found the key "score" a second time, expected each key once',
    ],
    [
      'a tab that indents',
      '  score: lead_score',
      '\tscore: lead_score',
      'line 2: found a tab before the text, expected spaces',
    ],
    [
      'an alias of what it is a part of',
      'triggers:\n',
      'triggers: &all\n  - *all\n',
      'line 6: found *all within what &all names, expected it outside',
    ],
    [
      'an alias of nothing',
      'score: lead_score',
      'score: *nothing',
      'line 2: found *nothing, expected &nothing above it to name what it stands for',
    ],
  ];
  for (const [title, find, replacement, problem] of table) {
    it(`${title}: ${problem}`, () => {
      expect(small).toContain(find);
      const broken = small.replace(find, replacement);
      expect(problemsOf(broken)).toContain(problem);
    });
  }

  const chatTable: [title: string, section: string, problem: string][] = [
    [
      'a chat that nobody knows',
      'chat: { usual: email }',
      'line 34: chat.usual: found "email", expected slack, teams or both',
    ],
    [
      'a person’s chat that nobody knows',
      'chat:\n  people:\n    ann@example.com: Teams',
      'line 36: chat.people.ann@example.com: found "Teams", expected slack, teams or both',
    ],
    [
      'a person who is in no team',
      'chat:\n  people:\n    ann@example.com: teams\n    Zoe@example.com: teams',
      'line 37: chat.people.Zoe@example.com: found "Zoe@example.com", expected the email of a member, a manager or the fallback',
    ],
    [
      'people in a list',
      'chat: { people: [ann@example.com] }',
      'line 34: chat.people: found ["ann@example.com"], expected keys with values',
    ],
    [
      'a part of the chats that is misspelt',
      'chat: { usually: teams }',
      'line 34: chat.usually: is unknown, did you mean usual?',
    ],
  ];
  for (const [title, section, problem] of chatTable) {
    it(`${title}: ${problem}`, () => {
      expect(problemsOf(`${small}${section}\n`)).toEqual([problem]);
    });
  }

  for (const text of ['', '\n\n', '# only a remark\n', 'hello', '- a list']) {
    it(`when it is ${JSON.stringify(text)}, in line 1`, () => {
      expect(problemsOf(text)).toEqual([
        expect.stringMatching(/^line 1: found .+, expected keys with values$/),
      ]);
    });
  }

  it('every problem at once, under the name of the file', () => {
    const broken = small
      .replace('acknowledge: 15 min', 'acknowledge: soon')
      .replace('weight: 2', 'weight: -2');
    expect(() => parsePolicy(broken, 'rules.yaml')).toThrow(
      /^rules\.yaml is not a policy:\n {2}line 9: .*soon.*\n {2}line 20: .*-2/,
    );
  });

  it('each problem once', () => {
    const broken = small.replace('monday-friday', 'mon-fri');
    expect(problemsOf(broken)).toHaveLength(1);
  });
});

describe('whatever the text', () => {
  const example = readFileSync('policy.yaml', 'utf8')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line));
  const lines = [
    ...`${small}chat:\n  usual: teams\n  people:\n    ann@example.com: both\n`.split('\n'),
    ...example,
  ];
  const token = fc.constantFrom(
    ...[
      '*a',
      '&a ',
      '<<: *a',
      '? ',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '!!binary ',
      '!x ',
      '---',
      '...',
    ],
    ...[
      '~',
      '.nan',
      '.inf',
      '0x1F',
      '1e999',
      '2026-03-03',
      '__proto__: 1',
      'constructor: {}',
      '%YAML 1.1',
      '\t',
      '\u0000',
      '🦊',
    ],
    ...lines.map((line) => line.trim()),
  );
  /** The example policy, torn: lines dropped, doubled, moved, and tokens put anywhere. */
  const tear = fc.record({
    kind: fc.constantFrom('drop', 'double', 'insert', 'replace', 'indent'),
    line: fc.nat(example.length - 1),
    column: fc.nat(60),
    token,
  });
  const torn = fc.array(tear, { minLength: 1, maxLength: 6 }).map((tears) => {
    const text = [...example];
    for (const { kind, line, column, token } of tears) {
      const old = text[line] ?? '';
      const middle = `${old.slice(0, column)}${token}${old.slice(column)}`;
      const next = { drop: [], double: [old, old], insert: [middle], replace: [token], indent: [`  ${old}`] }[
        kind
      ];
      text.splice(line, 1, ...next);
    }
    return text.join('\n');
  });
  const anyText = fc.oneof(
    { weight: 6, arbitrary: torn },
    { weight: 6, arbitrary: bentPolicy },
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(token).map((tokens) => tokens.join('\n')),
  );

  it('it is a policy, or a PolicyError says why not', () => {
    let sound = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const problems = problemsOf(text);
        for (const problem of problems) expect(problem).not.toBe('');
        if (problems.length === 0) sound += 1;
      }),
      { numRuns: 600, seed: 1066 },
    );
    expect(sound).toBeGreaterThan(5);
  });
});
