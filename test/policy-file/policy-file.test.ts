import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressIn } from '../../src/domain/policy/people-of.ts';
import type { LadderAction } from '../../src/domain/policy/policy.ts';
import { hoursOf } from '../../src/domain/policy/working-hours.ts';
import { PolicyError, parsePolicy, readPolicyFile } from '../../src/policy-file.ts';
import { reason, recycleRules } from '../support/examples.ts';
import { bentPolicy } from '../support/policies/bent.ts';

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
  touch: [{ at: 0 min, do: tell manager }]
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
      language: 'en',
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
          when: { kind: 'conversion', titleOf: 'form', contains: ['demo'] },
          targets: [
            {
              when: null,
              acknowledge: { minutes: 15, countedIn: 'workingTime' },
              touch: { minutes: 60, countedIn: 'workingTime' },
              attempts: null,
            },
          ],
          coolDownMinutes: null,
          once: false,
        },
        {
          name: 'score',
          label: 'Score',
          when: { kind: 'scoreReached', range: { atLeast: 50, below: null } },
          targets: [
            {
              when: null,
              acknowledge: { minutes: 240, countedIn: 'wallClock' },
              touch: { minutes: 2880, countedIn: 'wallClock' },
              attempts: null,
            },
          ],
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
      chatAddresses: new Map(),
      ladders: {
        acknowledge: [
          { offsetMinutes: -5, action: { do: 'remind' }, offHours: 'wait', repeat: null },
          { offsetMinutes: 0, action: { do: 'tellManager' }, offHours: 'wait', repeat: null },
        ],
        touch: [{ offsetMinutes: 0, action: { do: 'tellManager' }, offHours: 'wait', repeat: null }],
      },
      grace: [0.75, 1440],
      silentAfter: null,
      disqualifyReasons: [
        reason('spam', 'Spam', { refundsTurn: true }),
        reason('timing', 'Timing', { noteRequired: true }),
      ],
      intros: [],
      handBackReasons: [
        { name: 'wrong_territory', label: 'Not my territory', noteRequired: false, refundsTurn: true },
        { name: 'no_capacity', label: 'No time for it', noteRequired: false, refundsTurn: false },
        { name: 'conflict', label: 'Conflict of interest', noteRequired: true, refundsTurn: true },
        { name: 'other', label: 'Other', noteRequired: true, refundsTurn: false },
      ],
      deals: [],
      leadRecords: null,
      suppression: null,
      overturnWithinMinutes: 2 * 1440,
      recycle: recycleRules({
        revisit: {
          name: 'revisit',
          label: 'Back as agreed',
          when: { kind: 'all', of: [] },
          targets: [
            {
              when: null,
              acknowledge: { minutes: 240, countedIn: 'workingTime' },
              touch: { minutes: 1440, countedIn: 'workingTime' },
              attempts: null,
            },
          ],
          coolDownMinutes: null,
          once: false,
        },
      }),
      briefing: { formAnswers: true },
      cards: [],
      pages: new Map(),
      respectsQuiet: false,
      notify: null,
      webhooks: [],
      update: [],
      admins: ['max@example.com'],
      whoSees: { why: 'concerned' },
      retention: { events: 30, neverHandedOver: 30, handedOver: 730.5 },
    });
  });

  it('says what stands on cards: for a trigger or a team first, then for everybody else', () => {
    const special = '{ trigger: demo, show: [summary] }, { team: West, first: [words], hide: [fit] }';
    const { cards } = parsePolicy(`${small}card: { hide: [about], for: [${special}] }\n`, 'policy.yaml');
    const usual = { trigger: null, team: null, show: [], first: [], hide: [] };
    expect(cards).toEqual([
      { ...usual, trigger: 'demo', show: ['summary'] },
      { ...usual, team: 'West', first: ['words'], hide: ['fit'] },
      { ...usual, hide: ['about'] },
    ]);
  });

  it('says which deals are made, the example as well once it is no comment any more', () => {
    const example = readFileSync('policy.yaml', 'utf8');
    const [block = ''] = /^# deals:\n(# {3}.*\n)+/m.exec(example) ?? [];
    const { deals } = parsePolicy(example.replace(block, block.replaceAll(/^# /gm, '')), 'policy.yaml');
    const named = (name: string) => ({ id: name, label: name });
    const at = { pipeline: named('Sales Pipeline'), stage: named('Appointment Scheduled') };
    expect(deals).toEqual([
      {
        when: { kind: 'trigger', anyOf: ['demo_request'] },
        moment: 'accepted',
        at,
        name: '{company}: {trigger}',
        unlessOpenDeal: true,
        ifDisqualified: { moveTo: named('Closed Lost') },
      },
      {
        when: null,
        moment: 'meetingBooked',
        at,
        name: '{company}: {trigger}',
        unlessOpenDeal: true,
        ifDisqualified: 'leave',
      },
    ]);
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

  describe('says how long reps have', () => {
    const targetsOf = (targets: string) => {
      const text = small
        .replace('targets: { acknowledge: 15 min, touch: 1 h }', targets)
        .replace('label: Timing', 'label: Timing, outcome: unresponsive');
      return parsePolicy(text, 'policy.yaml').triggers[0]?.targets;
    };
    const working = (minutes: number) => ({ minutes, countedIn: 'workingTime' });
    const wall = (minutes: number) => ({ minutes, countedIn: 'wallClock' });

    it('four hours and twenty-four when it says nothing', () => {
      expect(targetsOf('')).toEqual([
        { when: null, acknowledge: working(240), touch: working(1440), attempts: null },
      ]);
    });

    it('in working time or by the wall clock, all alike or one by one', () => {
      expect(
        targetsOf(
          'targets: { acknowledge: 10 min, touch: { within: 1 h, counted_in: working time }, counted_in: wall clock }',
        ),
      ).toEqual([{ when: null, acknowledge: wall(10), touch: working(60), attempts: null }]);
    });

    it('how often they must try, counted as the targets or by itself', () => {
      const attemptsOf = (attempts: string, rest = '') =>
        targetsOf(`targets: { acknowledge: 10 min, touch: 1 h, attempts: ${attempts}${rest} }`)?.[0]
          ?.attempts;
      const attempts = { at_least: 6, within: '2 working days' };
      const plain = JSON.stringify(attempts);
      expect(attemptsOf(plain)).toEqual({ atLeast: 6, within: working(960) });
      expect(attemptsOf(plain, ', counted_in: wall clock')).toEqual({ atLeast: 6, within: wall(960) });
      expect(
        attemptsOf(JSON.stringify({ ...attempts, within: '14 days', counted_in: 'wall clock' })),
      ).toEqual({
        atLeast: 6,
        within: wall(20_160),
      });
    });

    it('by who the lead is, the last for all others', () => {
      const bySize = targetsOf(
        'targets: [{ if: { employees: 5000 }, acknowledge: 10 min, touch: 1 h }, { acknowledge: 15 min, touch: 2 h }]',
      );
      expect(bySize?.map(({ when, acknowledge }) => [when, acknowledge.minutes])).toEqual([
        [{ kind: 'number', attribute: 'employees', range: { atLeast: 5000, below: null } }, 10],
        [null, 15],
      ]);
    });

    it('by properties, which are read then', () => {
      const byProperty = small.replace(
        '{ acknowledge: 15 min, touch: 1 h }',
        '[{ if: { property: { vip: known } }, acknowledge: 10 min, touch: 1 h }, { acknowledge: 15 min, touch: 2 h }]',
      );
      expect(parsePolicy(byProperty, 'policy.yaml').properties.contact).toEqual(['vip']);
    });
  });

  describe('says what happens around a target', () => {
    const stepsOf = (...steps: string[]) => {
      const text = small.replace(
        '[{ at: 0 min, do: tell manager }]',
        `\n${steps.map((step) => `    - ${step}`).join('\n')}`,
      );
      return parsePolicy(text, 'policy.yaml').ladders.touch;
    };
    const table: [written: string, action: LadderAction, offHours: 'now' | 'wait'][] = [
      ['offer to team', { do: 'offerToTeam' }, 'wait'],
      ['tell manager', { do: 'tellManager' }, 'wait'],
      ['{ reassign: routing }', { do: 'reassign', to: null }, 'now'],
      [
        '{ reassign: { rep: Bea@example.com } }',
        { do: 'reassign', to: { kind: 'rep', person: 'bea@example.com' } },
        'now',
      ],
      ['{ reassign: { rotation: West } }', { do: 'reassign', to: { kind: 'rotation', team: 'West' } }, 'now'],
      ['{ reassign: { pool: West } }', { do: 'reassign', to: { kind: 'pool', team: 'West' } }, 'now'],
      [
        '{ tell_channel: C0123456789 }',
        { do: 'tellChannel', platform: 'slack', channel: 'C0123456789' },
        'now',
      ],
      [
        '{ tell_channel: G0123456789 }',
        { do: 'tellChannel', platform: 'slack', channel: 'G0123456789' },
        'now',
      ],
      [
        '{ tell_channel: "19:a-b_c@thread.tacv2" }',
        { do: 'tellChannel', platform: 'teams', channel: '19:a-b_c@thread.tacv2' },
        'now',
      ],
      [
        '{ tell_channel: "19:abc@thread.skype" }',
        { do: 'tellChannel', platform: 'teams', channel: '19:abc@thread.skype' },
        'now',
      ],
    ];
    for (const [written, action, offHours] of table) {
      it(`${written}, off hours ${offHours}`, () => {
        expect(stepsOf(`{ at: 5 min, do: ${written} }`)).toEqual([
          { offsetMinutes: 5, action, offHours, repeat: null },
        ]);
      });
    }

    it('to the rep: a reminder or a message, when they are next at work', () => {
      expect(
        stepsOf(
          '{ at: -5 min, do: remind }',
          '{ at: -1 min, do: message }',
          '{ at: 0 min, do: tell manager }',
        ),
      ).toMatchObject([
        { action: { do: 'remind' }, offHours: 'wait' },
        { action: { do: 'message' }, offHours: 'wait' },
        { action: { do: 'tellManager' } },
      ]);
    });

    it('at night as well or not, as it is told, and again', () => {
      expect(
        stepsOf(
          '{ at: 0 min, do: tell manager, off_hours: now, repeat: { times: 20, every: 1 h } }',
          '{ at: 1 day, do: { reassign: routing }, off_hours: wait }',
        ),
      ).toEqual([
        {
          offsetMinutes: 0,
          action: { do: 'tellManager' },
          offHours: 'now',
          repeat: { times: 20, everyMinutes: 60 },
        },
        { offsetMinutes: 1440, action: { do: 'reassign', to: null }, offHours: 'wait', repeat: null },
      ]);
    });

    it('reminders again until the next step', () => {
      const [reminder] = stepsOf(
        '{ at: -20 min, do: remind, repeat: { times: 3, every: 5 min } }',
        '{ at: 0 min, do: tell manager }',
      );
      expect(reminder).toMatchObject({ offsetMinutes: -20, repeat: { times: 3, everyMinutes: 5 } });
    });
  });

  describe('keeps HubSpot’s Lead object', () => {
    const rulesIn = (lines: string) => parsePolicy(`${small}${lines}`, 'policy.yaml').leadRecords;
    const usual = { pipeline: null, stages: {}, reasons: {} };

    it('when it says so, and not otherwise', () => {
      expect(rulesIn('lead_object: on\n')).toEqual(usual);
      expect(rulesIn('lead_object: true\n')).toEqual(usual);
      expect(rulesIn('lead_object: off\n')).toBeNull();
      expect(rulesIn('')).toBeNull();
    });

    it('on a board whose names are the portal’s, with HubSpot’s reasons for its own', () => {
      const written =
        '{ pipeline: Inbound, stages: { attempting: Working }, reasons: { spam: Not a good fit } }';
      expect(rulesIn(`lead_object: ${written}\n`)).toEqual({
        pipeline: 'Inbound',
        stages: { attempting: 'Working' },
        reasons: { spam: 'Not a good fit' },
      });
    });

    it('not with what is no stage, or no reason of its own', () => {
      expect(problemsOf(`${small}lead_object: sometimes\n`)[0]).toContain(
        'expected on, off, or { pipeline: <its name>, stages: { … }, reasons: { … } }',
      );
      expect(problemsOf(`${small}lead_object: { stages: { won: Won } }\n`)[0]).toContain(
        'lead_object.stages',
      );
      expect(problemsOf(`${small}lead_object: { reasons: { dull: Not a good fit } }\n`)[0]).toContain(
        'lead_object.reasons.dull: found "dull", expected one of the disqualify reasons: ',
      );
    });
  });

  it('says how much longer a manager may give', () => {
    const graceOf = (grace: string) =>
      parsePolicy(small.replace('[45 s, 1 day]', grace), 'policy.yaml').grace;
    expect(graceOf('[15 min, 1 h, tomorrow morning]')).toEqual([15, 60, 'untilMorning']);
    expect(graceOf('[tomorrow morning]')).toEqual(['untilMorning']);
  });

  it('says when a rep is silent: never, unless it says otherwise', () => {
    const silentAfter = (section: string) => parsePolicy(`${small}${section}`, 'policy.yaml').silentAfter;
    expect(['', 'silent_after:\n', 'silent_after: null\n'].map(silentAfter)).toEqual([null, null, null]);
    expect(silentAfter('silent_after: 3\n')).toBe(3);
  });

  it('says who may see the story of a lead: whom it concerns, unless it says otherwise', () => {
    const whoSees = (section: string) => parsePolicy(`${small}${section}`, 'policy.yaml').whoSees;
    expect(whoSees('')).toEqual({ why: 'concerned' });
    expect(whoSees('who_sees: { why: team }\n')).toEqual({ why: 'team' });
    expect(problemsOf(`${small}who_sees: { why: nobody }\n`)[0]).toContain(
      'found "nobody", expected concerned, team or everybody',
    );
  });

  it('says who of marketing learns what becomes of their leads: nobody, unless it says so', () => {
    const marketing = (section: string) => parsePolicy(`${small}${section}`, 'policy.yaml').marketing;
    expect(marketing('')).toBeUndefined();
    expect(marketing('marketing: { people: [Mona@Example.com] }\n')).toEqual({
      people: ['mona@example.com'],
      channel: null,
      weekly: { weekday: 1, minute: 480 },
      zone: 'America/New_York',
    });
    const whole =
      'marketing: { people: [mona@example.com], tell_channel: C0MARKETING, weekly: friday 16:30, zone: Europe/Berlin }';
    expect(marketing(`${whole}\n`)).toEqual({
      people: ['mona@example.com'],
      channel: { platform: 'slack', id: 'C0MARKETING' },
      weekly: { weekday: 5, minute: 990 },
      zone: 'Europe/Berlin',
    });
  });

  it('says how long what is known of leads is kept, in days', () => {
    const retention = (section: string) => parsePolicy(`${small}${section}`, 'policy.yaml').retention;
    expect(retention('')).toEqual({ events: 30, neverHandedOver: 30, handedOver: 730.5 });
    expect(retention('retention: { events: 10 days, handed_over: 1 year }\n')).toEqual({
      ...{ events: 10, neverHandedOver: 30, handedOver: 365.25 },
    });
    for (const [section, problem] of [
      ['events: 0 days', 'found "0 days", expected a time such as "30 days", "24 months" or "2 years"'],
      ['events: 2 weeks', 'found "2 weeks", expected a time such as "30 days", "24 months" or "2 years"'],
      ['events: 1 day', 'found 1 days, expected at least the 7 days of fresh_within'],
    ]) {
      expect(problemsOf(`${small}retention: { ${section} }\n`)[0]).toContain(problem);
    }
  });

  it('says why leads come back, and which of the reasons needs attempts', () => {
    const { disqualifyReasons, handBackReasons } = parsePolicy(
      `${small.replace('label: Timing', 'label: No answer, outcome: unresponsive')}hand_back_reasons:\n  - { name: full, label: Too busy, follow_up: note, refund: true }\n`,
      'policy.yaml',
    );
    expect(disqualifyReasons.map(({ outcome }) => outcome)).toEqual(['disqualified', 'unresponsive']);
    expect(handBackReasons).toEqual([
      { name: 'full', label: 'Too busy', noteRequired: true, refundsTurn: true },
    ]);
  });

  it('says by which email somebody has their account in a chat, and by which they read', () => {
    const rules = parsePolicy(
      `${small}chat:\n  people:\n    Ann@example.com: { slack: Ann.O@corp.example, teams: ann@tenant.example, usual: both }\n    max@example.com: { teams: m.w@tenant.example }\n`,
      'policy.yaml',
    );
    expect(rules.chat.people).toEqual(new Map([['ann@example.com', 'both']]));
    const addresses = ['ann@example.com', 'max@example.com'].map((person) => [
      addressIn(rules, 'slack', person),
      addressIn(rules, 'teams', person),
    ]);
    expect(addresses).toEqual([
      ['ann.o@corp.example', 'ann@tenant.example'],
      ['max@example.com', 'm.w@tenant.example'],
    ]);
  });

  it('says who is told of trouble: the fallback, unless it says otherwise, and they may have a chat of their own', () => {
    const { admins, chat } = parsePolicy(
      `${small}admins: [Ops@example.com, max@example.com]\nchat: { people: { ops@example.com: teams } }\n`,
      'policy.yaml',
    );
    expect(admins).toEqual(['ops@example.com', 'max@example.com']);
    expect(chat.people.get('ops@example.com')).toBe('teams');
  });

  describe('says which holidays are free', () => {
    const placesOf = (team: string, member: string) => {
      const text = small
        .replace('    members:\n', `${team}    members:\n`)
        .replace('zone: Asia/Kolkata', `zone: Asia/Kolkata${member}`);
      const [west] = parsePolicy(text, 'policy.yaml').teams;
      return [west?.hours, ...(west?.members ?? []).map(({ hours }) => hours)].map(
        (hours) => hours?.holidays?.place ?? null,
      );
    };

    it('none, unless it says so', () => {
      expect(placesOf('', '')).toEqual([null, null, null]);
    });

    it('of the team for everybody in it, whatever their zone', () => {
      expect(placesOf('    holidays: US-NY\n', '')).toEqual(['US-NY', 'US-NY', 'US-NY']);
    });

    it('of their own for whom it names some, which leaves the question of their hours to HubSpot', () => {
      expect(placesOf('    holidays: US-NY\n', ', holidays: IN')).toEqual(['US-NY', 'US-NY', 'IN']);
      expect(placesOf('', ', holidays: IN')).toEqual([null, null, 'IN']);
      const ann = small.replace('weight: 2', 'weight: 2, holidays: DE');
      expect(parsePolicy(ann, 'policy.yaml').teams[0]?.members[0]?.ownHours).toBe(false);
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
  const aTarget = 'expected a duration such as "15 min", "4 h" or "2 days", or { within: …, counted_in: … }';
  const aChannel =
    'expected the id of a channel: C0123456789, the last of its details in Slack, or 19:…@thread.tacv2 from its link in Teams, with ":" and "@" for %3A and %40';
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
      `line 9: triggers.0.targets.acknowledge: found "soon", ${aTarget}`,
    ],
    [
      'a duration without a unit',
      'acknowledge: 15 min',
      'acknowledge: 15',
      `line 9: triggers.0.targets.acknowledge: found 15, ${aTarget}`,
    ],
    [
      'a duration that is missing',
      'acknowledge: 15 min, ',
      '',
      `line 9: triggers.0.targets.acknowledge: is missing: ${aTarget}`,
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
      'a way of counting of one target that nobody knows',
      'touch: 1 h',
      'touch: { within: 1 h, counted_in: lunar time }',
      'line 9: triggers.0.targets.touch.counted_in: found "lunar time", expected one of "working time", "wall clock"',
    ],
    [
      'a target that is misspelt',
      'touch: 1 h',
      'tuch: 1 h',
      'line 9: triggers.0.targets.tuch: is unknown, did you mean touch?',
    ],
    [
      'a target that is misspelt, in a list',
      '{ acknowledge: 15 min, touch: 1 h }',
      '[{ acknowledge: 15 min, tuch: 1 h }]',
      'line 9: triggers.0.targets.0.tuch: is unknown, did you mean touch?',
    ],
    [
      'targets in words',
      '{ acknowledge: 15 min, touch: 1 h }',
      'soon',
      'line 9: triggers.0.targets: found "soon", expected { acknowledge: …, touch: … }, or a list of such with an if',
    ],
    [
      'a list of no targets',
      '{ acknowledge: 15 min, touch: 1 h }',
      '[]',
      'line 9: triggers.0.targets: expected at least one entry, found none',
    ],
    [
      'targets for a segment that nobody defined',
      '{ acknowledge: 15 min, touch: 1 h }',
      '[{ if: { segment: Big }, acknowledge: 15 min, touch: 1 h }, { acknowledge: 15 min, touch: 1 h }]',
      'line 9: triggers.0.targets.0.if.segment: found "Big", expected one of the segments: none, as the policy defines no segments',
    ],
    [
      'targets by a property that is not read',
      '{ acknowledge: 15 min, touch: 1 h }',
      '[{ if: { product: x }, acknowledge: 15 min, touch: 1 h }, { acknowledge: 15 min, touch: 1 h }]',
      'line 9: triggers.0.targets.0.if.product: never holds without properties.product, expected it to name the HubSpot property',
    ],
    [
      'no attempts as a minimum',
      'touch: 1 h',
      'touch: 1 h, attempts: { at_least: 0, within: 2 days }',
      'line 9: triggers.0.targets.attempts.at_least: found 0, expected 1 or more',
    ],
    [
      'half an attempt',
      'touch: 1 h',
      'touch: 1 h, attempts: { at_least: 0.5, within: 2 days }',
      'line 9: triggers.0.targets.attempts.at_least: found 0.5, expected a whole number',
    ],
    [
      'attempts without a span',
      'touch: 1 h',
      'touch: 1 h, attempts: { at_least: 6 }',
      'line 9: triggers.0.targets.attempts.within: is missing: expected a duration such as "15 min", "4 h" or "2 days"',
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
      'hours of no length',
      '"09:00-17:30"',
      '"09:00-09:00"',
      `line 18: teams.0.hours: found "09:00-09:00" for monday-friday, ${hours}`,
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
      'line 27: escalation.acknowledge.0.do: found "shout", expected remind, message, mail, offer to team, tell manager, { reassign: routing }, { reassign: { rep, rotation or pool: … } }, { tell_channel: <id> }, { mail: rep, manager or an address } or { webhook: <name> }',
    ],
    [
      'a channel by its name',
      'do: remind',
      'do: { tell_channel: "#alarms" }',
      `line 27: escalation.acknowledge.0.do.tell_channel: found "#alarms", ${aChannel}`,
    ],
    [
      'a channel that is a person',
      'do: remind',
      'do: { tell_channel: U0123456789 }',
      `line 27: escalation.acknowledge.0.do.tell_channel: found "U0123456789", ${aChannel}`,
    ],
    [
      'a channel as it stands in a link',
      'do: remind',
      'do: { tell_channel: "19%3Ahandoffs%40thread.tacv2" }',
      `line 27: escalation.acknowledge.0.do.tell_channel: found "19%3Ahandoffs%40thread.tacv2", ${aChannel}`,
    ],
    [
      'no channel',
      'do: remind',
      'do: { tell_channel: }',
      `line 27: escalation.acknowledge.0.do.tell_channel: found null, ${aChannel}`,
    ],
    [
      'somebody else of no kind',
      'do: remind',
      'do: { reassign: anybody }',
      'line 27: escalation.acknowledge.0.do.reassign: found "anybody", expected "routing", { rep: <email> }, { rotation: <team> } or { pool: <team> }',
    ],
    [
      'somebody else without an email',
      'do: remind',
      'do: { reassign: { rep: Max } }',
      'line 27: escalation.acknowledge.0.do.reassign.rep: found "max", expected an email',
    ],
    [
      'a rung outside working hours that is neither',
      'do: remind',
      'do: remind, off_hours: skip',
      'line 27: escalation.acknowledge.0.off_hours: found "skip", expected now or wait',
    ],
    [
      'a rung that is repeated without end',
      'do: remind',
      'do: remind, repeat: { times: 21, every: 1 s }',
      'line 27: escalation.acknowledge.0.repeat.times: found 21, expected from 1 to 20 times',
    ],
    [
      'a rung that is repeated never',
      'do: remind',
      'do: remind, repeat: { times: 0, every: 1 s }',
      'line 27: escalation.acknowledge.0.repeat.times: found 0, expected from 1 to 20 times',
    ],
    [
      'a rung that is repeated at once',
      'do: remind',
      'do: remind, repeat: { times: 1, every: 0 s }',
      'line 27: escalation.acknowledge.0.repeat.every: expected a duration above 0',
    ],
    [
      'a reminder at the time of what comes after it',
      'at: -5 min',
      'at: 0 min',
      'line 27: escalation.acknowledge.0.at: is overtaken by the step below it (0 min), expected to end before that',
    ],
    [
      'a ladder of nothing',
      '[{ at: 0 min, do: tell manager }]',
      '[]',
      'line 29: escalation.touch: ends without anybody but the rep being told, expected a step with offer to team, tell manager, reassign or tell_channel',
    ],
    [
      'grace of no kind',
      '[45 s, 1 day]',
      '[45 s, some day]',
      'line 30: grace.1: found "some day", expected a duration such as "15 min" or "4 h", or "tomorrow morning"',
    ],
    [
      'an outcome that nobody knows',
      'follow_up: note',
      'follow_up: note, outcome: lost',
      'line 33: disqualify_reasons.1.outcome: found "lost", expected one of disqualified, unresponsive, recycled, routed anew',
    ],
    [
      'holidays of a place that nobody knows',
      'zone: America/New_York',
      'zone: America/New_York\n    holidays: US-XX',
      'line 18: teams.0.holidays: found "US-XX", expected a country such as DE, or with its state US-NY, whose public holidays are known',
    ],
    [
      'holidays of a member in a place that nobody knows',
      'weight: 2',
      'weight: 2, holidays: [US]',
      'line 20: teams.0.members.0.holidays: found ["US"], expected a country such as DE, or with its state US-NY, or { place, except, also }',
    ],
    ['no choice of grace', '[45 s, 1 day]', '[]', 'line 30: grace: expected at least one choice'],
    [
      'a note that is neither',
      'follow_up: note',
      'follow_up: maybe',
      'line 33: disqualify_reasons.1.follow_up: found "maybe", expected what the rep is asked next: nothing, note, other contact, or a list of these',
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

  const sections: [title: string, section: string, problem: string][] = [
    ['silence after one card', 'silent_after: 1', 'line 34: silent_after: found 1, expected 2 or more'],
    [
      'silence after words',
      'silent_after: often',
      'line 34: silent_after: found "often", expected a whole number of cards, or nothing',
    ],
    [
      'no reason to hand back',
      'hand_back_reasons: []',
      'line 34: hand_back_reasons: expected at least one reason',
    ],
    [
      'a reason to hand back that is there twice',
      'hand_back_reasons:\n  - { name: a, label: A, follow_up: note }\n  - { name: a, label: B, follow_up: note }',
      'line 36: hand_back_reasons.1.name: "a" is there twice, expected a name of its own',
    ],
    [
      'a reason to hand back with an outcome',
      'hand_back_reasons: [{ name: a, label: A, follow_up: note, outcome: unresponsive }]',
      'line 34: hand_back_reasons.0.outcome: is unknown, expected one of name, label, follow_up, refund',
    ],
    [
      'more to set from the card than fits',
      'update: [a, b, c, d, e, f]',
      'line 34: update: expected five properties or fewer: more belong in HubSpot itself',
    ],
    [
      'a part of a card that nobody knows',
      'card: { first: [photo] }',
      'line 34: card.first.0: found "photo", expected role, words, signals, memory, warnings, summary, answers, openers, fit, about, activity',
    ],
    [
      'a card for a trigger that nobody knows',
      'card:\n  for:\n    - { trigger: webinar, show: [summary] }',
      'line 36: card.for.0.trigger: found "webinar", expected one of the triggers: demo, score',
    ],
    [
      'a card for a team that nobody knows',
      'card:\n  for:\n    - { team: East, show: [summary] }',
      'line 36: card.for.0.team: found "East", expected one of the teams: West',
    ],
    ['no admin', 'admins: []', 'line 34: admins: expected at least one admin'],
    ['an admin without an email', 'admins: [Max]', 'line 34: admins.0: found "max", expected an email'],
    [
      'a chat that nobody knows',
      'chat: { usual: email }',
      'line 34: chat.usual: found "email", expected slack, teams or both',
    ],
    [
      'a person’s chat that nobody knows',
      'chat:\n  people:\n    ann@example.com: Teams',
      'line 36: chat.people.ann@example.com: found "Teams", expected slack, teams or both, or { usual: slack, slack: <email>, teams: <email> }',
    ],
    [
      'a person who is in no team',
      'chat:\n  people:\n    ann@example.com: teams\n    Zoe@example.com: teams',
      'line 37: chat.people.Zoe@example.com: found "Zoe@example.com", expected the email of a member, a manager, the fallback, an admin or somebody of marketing',
    ],
    [
      'two people with one account',
      'chat:\n  people:\n    ann@example.com: { slack: Max@example.com }',
      'line 36: chat.people.ann@example.com.slack: found "max@example.com", which is the account of max@example.com, expected one of their own',
    ],
    [
      'people in a list',
      'chat: { people: [ann@example.com] }',
      'line 34: chat.people: found ["ann@example.com"], expected keys with values',
    ],
    [
      'marketing without people',
      'marketing: { people: [] }',
      'line 34: marketing.people: expected at least one person',
    ],
    [
      'a report on no day of the week',
      'marketing: { people: [mona@example.com], weekly: mondays 08:00 }',
      'line 34: marketing.weekly: found "mondays 08:00", expected a day and a time such as "monday 08:00"',
    ],
    [
      'a report after the end of the day',
      'marketing: { people: [mona@example.com], weekly: monday 24:00 }',
      'line 34: marketing.weekly: found "monday 24:00", expected a day and a time such as "monday 08:00"',
    ],
    [
      'a channel of marketing by its name',
      "marketing: { people: [mona@example.com], tell_channel: '#marketing' }",
      'line 34: marketing.tell_channel: found "#marketing", expected the id of a channel: C0123456789, the last of its details in Slack, or 19:…@thread.tacv2 from its link in Teams, with ":" and "@" for %3A and %40',
    ],
    [
      'a part of the chats that is misspelt',
      'chat: { usually: teams }',
      'line 34: chat.usually: is unknown, did you mean usual?',
    ],
  ];
  for (const [title, section, problem] of sections) {
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
