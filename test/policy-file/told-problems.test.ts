import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy-file.ts';
import { problemsOf, small } from '../support/policies/small.ts';

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
