import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addressIn } from '../../src/domain/policy/people-of.ts';
import type { LadderAction } from '../../src/domain/policy/policy.ts';
import { hoursOf } from '../../src/domain/policy/working-hours.ts';
import { parsePolicy, readPolicyFile } from '../../src/policy-file.ts';
import { reason, recycleRules } from '../support/examples.ts';
import { problemsOf, small } from '../support/policies/small.ts';

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
      threads: 'important',
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
      events: [],
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

  it('says how much of what was before the first start counts', () => {
    const asked = (start: string) => small.replace('qualification:', `qualification:\n  start: ${start}`);
    const read = (start: string) => parsePolicy(asked(start), 'policy.yaml').qualification.beforeStartMinutes;
    expect(['from now', 'from 3 days before', 'from 12 h before'].map(read)).toEqual([undefined, 4320, 720]);
    for (const wrong of ['now', 'from then', 'from some days before']) {
      expect(problemsOf(asked(wrong))[0]).toContain('expected');
    }
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
