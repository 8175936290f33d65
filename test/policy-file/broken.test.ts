import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PolicyError, readPolicyFile } from '../../src/policy-file.ts';

const folder = fileURLToPath(new URL('../support/policies/', import.meta.url));

function problemsOf(name: string): readonly string[] {
  try {
    readPolicyFile(`${folder}${name}.yaml`);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
}

/** What `handoff policy check` says of each file, which differs from the sound one by a single mistake. */
const broken: Readonly<Record<string, readonly string[]>> = {
  'colon-in-text': [
    'line 17: found a second ": " in the value or a line that is indented too far, expected one "key: value" a line, and quotes around text that has a colon in it',
  ],
  'disordered-ladder': [
    'line 40: escalation.acknowledge.1.at: comes before the step above it (-5 min), expected the steps in order of time',
  ],
  'duration-in-words': [
    'line 15: triggers.0.targets.acknowledge: found "a quarter", expected a duration such as "15 min", "4 h" or "2 days", or { within: …, counted_in: … }',
  ],
  'duration-without-unit': [
    'line 15: triggers.0.targets.touch: found 60, expected a duration such as "15 min", "4 h" or "2 days", or { within: …, counted_in: … }',
  ],
  'early-ladder': [
    'line 42: escalation.touch.0.at: begins 120 min before a target of 60 min, expected less than the shortest target',
  ],
  'empty-hours': [
    'line 24: teams.0.hours: found "09:00-09:00" for monday-friday, expected hours such as "09:00-17:30", or a list of them that do not overlap',
  ],
  'empty-range': [
    'line 18: triggers.1.when.score_reached: holds for no number: expected at_least to be less than below',
  ],
  'missing-fallback': ['line 28: routing.fallback: is missing: expected an email'],
  'missing-score': [
    'line 18: triggers.1.when.score_reached: never holds without properties.score, expected it to name the HubSpot property',
  ],
  'misspelt-condition': [
    'line 10: qualification.never.0.when.lifecycel: is unknown, did you mean lifecycle?',
    'line 14: triggers.0.when: never applies: "customer" under never excludes every lead that it is for, expected other leads',
    'line 18: triggers.1.when: never applies: "customer" under never excludes every lead that it is for, expected other leads',
    'line 31: routing.rules.1.if: never applies: "customer" under never excludes every lead that it is for, expected other leads',
    'line 32: routing.rules.2.if: never applies: "customer" under never excludes every lead that it is for, expected other leads',
  ],
  'misspelt-key': ['line 8: qualification.requird: is unknown, did you mean required?'],
  'misspelt-target': [
    'line 20: triggers.1.targets.0.touch: is missing: expected a duration such as "15 min", "4 h" or "2 days", or { within: …, counted_in: … }',
    'line 20: triggers.1.targets.0.tuch: is unknown, did you mean touch?',
  ],
  'name-of-a-channel': [
    'line 40: escalation.acknowledge.1.do.tell_channel: found "#alarms", expected the id of a channel: C0123456789, the last of its details in Slack, or 19:…@thread.tacv2 from its link in Teams, with ":" and "@" for %3A and %40',
  ],
  'negative-weight': ['line 26: teams.0.members.0.weight: found -2, expected a weight of 0 or more'],
  'nobody-takes-turns': [
    'line 32: routing.rules.2.to.pool: nobody in "West" takes turns, expected a member with a weight above 0 who is active',
    'line 33: routing.rules.3.to.rotation: nobody in "West" takes turns, expected a member with a weight above 0 who is active',
  ],
  'overdue-reminder': [
    'line 39: escalation.acknowledge.0.repeat: goes on until 5 min after the target, expected a step from before the target to end before it',
  ],
  'overlapping-triggers': [
    'line 18: triggers.1.when: overlaps: "demo" above holds for every lead that it does, expected the narrower trigger first',
  ],
  'overtaken-reminder': [
    'line 40: escalation.acknowledge.1.repeat: is overtaken by the step below it (20 min), expected to end before that',
  ],
  'pointless-attempts': [
    'line 15: triggers.0.targets.attempts: are never asked for, expected a disqualify reason with the outcome unresponsive, or no attempts',
  ],
  'repeated-key': ['line 3: found the key "score" a second time, expected each key once'],
  'repeated-member': [
    'line 28: teams.0.members.2.email: ann@example.com is in this team twice, expected each member once',
  ],
  'repeated-name': ['line 16: triggers.1.name: "demo" is there twice, expected a name of its own'],
  'rule-for-nobody': [
    'line 32: routing.rules.2.if: never applies: "customer" under never excludes every lead that it is for, expected other leads',
  ],
  'silent-ladder': [
    'line 41: escalation.touch: ends without anybody but the rep being told, expected a step with offer to team, tell manager, reassign or tell_channel',
  ],
  'stranger-as-successor': [
    'line 40: escalation.acknowledge.1.do.reassign.rep: found "zoe@example.com", expected the email of a member, a manager or the fallback',
  ],
  tab: ['line 2: found a tab before the text, expected spaces'],
  'targets-for-nobody': [
    'line 20: triggers.1.targets.0.if: never applies: "customer" under never excludes every lead that it is for, expected other leads',
  ],
  'targets-for-some': [
    'line 15: triggers.0.targets.if: leaves other leads without targets, expected the last targets to have no if',
  ],
  'timeless-trigger': [
    'line 18: triggers.1.when: says who the lead is but not what it did, expected one of conversion, conversion_page, score_reached, entered, page, visits_ending_on, workflow as well',
  ],
  'trigger-for-nobody': [
    'line 18: triggers.1.when: never applies: "customer" under never excludes every lead that it is for, expected other leads',
  ],
  'unclosed-bracket': [
    'line 5: found no end of what a bracket opened, expected a closing ] or more indentation',
  ],
  'unclosed-quote': ['line 24: found no closing quote, expected one'],
  'unknown-destination': [
    'line 30: routing.rules.0.to: found "deal owner", expected "contact owner", "account owner", { rep: <email> }, { rotation: <team> } or { pool: <team> }',
  ],
  'unknown-field': [
    'line 8: qualification.required.1: found "shoe_size", expected one of email, name, phone, jobTitle, country, company, or { property: <name in HubSpot> }',
  ],
  'unknown-holidays': [
    'line 25: teams.0.holidays: found "Bavaria", expected a country such as DE, or with its state US-NY, whose public holidays are known',
  ],
  'unknown-person-in-chat': [
    'line 36: chat.people.zoe@example.com: found "zoe@example.com", expected the email of a member, a manager, the fallback, an admin or somebody of marketing',
  ],
  'unknown-place': [
    'line 48: deals.0.name: found "{compny}: {trigger}", expected no other places in it than {company}, {lead}, {trigger}',
  ],
  'unknown-property': ['line 2: properties.scores: is unknown, did you mean score?'],
  'unknown-region': [
    'line 32: routing.rules.2.if.region: found "Benelux", expected one of the regions: DACH',
  ],
  'unknown-rep': [
    'line 31: routing.rules.1.to.rep: found "anne@example.com", expected the email of a member, a manager or the fallback',
  ],
  'unknown-segment': [
    'line 31: routing.rules.1.if.segment: found "Startups", expected one of the segments: Enterprise',
  ],
  'unknown-successor': [
    'line 40: escalation.acknowledge.1.do.reassign.rotation: found "East", expected one of the teams: West',
  ],
  'unknown-team': ['line 33: routing.rules.3.to.rotation: found "East", expected one of the teams: West'],
  'unknown-trigger': [
    'line 32: routing.rules.2.if.trigger: found "webinar", expected one of the triggers: demo, score',
  ],
  'unknown-zone': [
    'line 23: teams.0.zone: found "New York", expected an IANA time zone such as Europe/Berlin',
  ],
  'unreachable-rule': [
    'line 34: routing.rules.4.to: is never reached: "rotation West" above leads there for every lead that it would, expected it above that one, or gone',
  ],
  'unreached-deal': ['line 49: deals.1: never counts: one above is for all leads, expected that one last'],
  'unreached-targets': [
    'line 21: triggers.1.targets.1: are never reached: others above are for every lead that they are for, expected them above those, or gone',
  ],
  'untimely-targets': [
    'line 16: triggers.0.targets.0.if.trigger: is known only when a lead is routed, expected it in a routing rule',
  ],
  'untimely-trigger': [
    'line 10: qualification.never.0.when.trigger: is known only when a lead is routed, expected it in a routing rule',
  ],
  'wrong-type': ['line 8: qualification.required: found "email", expected a list'],
};

describe('a policy with one mistake is told line, path and what is expected', () => {
  for (const [name, problems] of Object.entries(broken)) {
    it(`${name}: ${problems[0]}`, () => {
      expect(problemsOf(name)).toEqual(problems);
    });
  }
});

it('without the mistake it is sound', () => {
  expect(problemsOf('sound')).toEqual([]);
});

it('every broken policy is in the table, and there are at least 25', () => {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace('.yaml', ''));
  expect(files.toSorted()).toEqual([...Object.keys(broken), 'sound'].toSorted());
  expect(Object.keys(broken).length).toBeGreaterThanOrEqual(25);
});

it('every problem names its line and what is expected or meant', () => {
  for (const problem of Object.values(broken).flat()) {
    expect(problem).toMatch(/^line \d+: .*(expected|did you mean)/);
  }
});
