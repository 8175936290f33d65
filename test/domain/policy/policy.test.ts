import { describe, expect, it } from 'vitest';
import { chatsOf, peopleOf, takersOf, teamOf } from '../../../src/domain/policy/people-of.ts';
import { triggerOf } from '../../../src/domain/policy/triggers.ts';
import {
  decidesOver,
  escalatesTo,
  managerOf,
  withSubstitutes,
} from '../../../src/domain/policy/who-decides.ts';
import { hoursOf, roundTheClock, withAbsences, withHours } from '../../../src/domain/policy/working-hours.ts';
import {
  ada,
  americas,
  ben,
  chloe,
  dario,
  demoRequest,
  everyDay,
  farah,
  grace,
  henrik,
  international,
  member,
  newYorkOffice,
  policy,
  routing,
  stranger,
} from '../../support/examples.ts';

describe('a person of the policy', () => {
  it('takes leads in the first team that lists them, else in the one they manage', () => {
    const twice = policy({ teams: [americas, { ...international, members: [member()] }] });
    expect([ada, grace, stranger].map((id) => teamOf(twice, id)?.name)).toEqual([
      'Americas',
      'Americas',
      undefined,
    ]);
  });

  it('answers to the manager of the team they hold a handoff in, outside any to the fallback person', () => {
    const rules = policy({ routing: routing([], ben) });
    const managers = ['Americas', 'International', 'a team of an older policy', null].map((team) =>
      managerOf(rules, { team }),
    );
    expect(managers).toEqual([grace, henrik, ben, ben]);
  });

  it('is listed once, whatever they are', () => {
    const rules = policy({ routing: routing([], ada) });
    expect(peopleOf(rules)).toEqual([grace, ada, ben, chloe, henrik, dario, farah]);
  });

  it('takes leads as a member, a manager or the fallback; an admin is only told of trouble', () => {
    const rules = policy({ admins: [stranger, ada], routing: routing([], ada) });
    expect(takersOf(rules)).toEqual([ada, ben, chloe, grace, dario, farah, henrik]);
    expect(peopleOf(rules)).toEqual([grace, ada, ben, chloe, henrik, dario, farah, stranger]);
  });

  it('takes no leads for marketing', () => {
    const weekly = { weekday: 1, minute: 480 } as const;
    const marketing = { people: [stranger, ada], channel: null, weekly, zone: 'UTC' };
    const rules = policy({ marketing });
    expect(peopleOf(rules)).toEqual([grace, ada, ben, chloe, henrik, dario, farah, stranger]);
    expect(takersOf(rules)).not.toContain(stranger);
  });

  it('has their own hours, a manager those of the team, anybody else all hours', () => {
    const own = everyDay('Asia/Kolkata', '10:00-12:00');
    const rules = policy({ teams: [{ ...americas, members: [member({ hours: own })] }] });
    expect([ada, grace, stranger].map((id) => hoursOf(rules, id))).toEqual([
      own,
      newYorkOffice,
      roundTheClock,
    ]);
  });
});

describe('the hours that people keep in HubSpot', () => {
  const theirs = everyDay('Asia/Tokyo', '10:00-12:00');
  const rules = policy({
    teams: [
      { ...americas, members: [member(), member({ id: ben, ownHours: true })] },
      { ...international, members: [member(), member({ id: dario })] },
    ],
  });
  const hours = new Map([ada, ben, grace, stranger].map((id) => [id, theirs]));

  it('count for a member for whom the policy wrote none, in every team of theirs', () => {
    const known = withHours(rules, hours);
    expect(known.teams.map(({ members }) => members.map((one) => one.hours))).toEqual([
      [theirs, newYorkOffice],
      [theirs, newYorkOffice],
    ]);
  });

  it('leave the holidays that the policy says', () => {
    const holidays = { place: 'US-NY', nameOn: () => null };
    const inNewYork = member({ hours: { ...newYorkOffice, holidays } });
    const known = withHours(policy({ teams: [{ ...americas, members: [inNewYork] }] }), hours);
    expect(hoursOf(known, ada)).toEqual({ ...theirs, holidays });
  });

  it('leave the team’s own, which are its manager’s, and the policy as it was written', () => {
    const before = structuredClone(rules);
    expect(hoursOf(withHours(rules, hours), grace)).toEqual(newYorkOffice);
    expect(rules).toEqual(before);
    expect(withHours(rules, new Map())).toEqual(rules);
  });
});

it('the time that a member is away is no working time of theirs, in every team', () => {
  const away = [{ from: new Date('2026-03-03T15:00:00Z'), until: new Date('2026-03-04T15:00:00Z') }];
  const rules = policy({ teams: [americas, { ...international, members: [member()] }] });
  const known = withAbsences(rules, new Map([[ada, away]]));
  expect(known.teams.map(({ members }) => members.map(({ hours }) => hours.away))).toEqual([
    [away, undefined, undefined],
    [away],
  ]);
  expect(withAbsences(rules, new Map())).toEqual(rules);
});

describe('who decides over a handoff', () => {
  it('is its manager, or the fallback person', () => {
    const over = (person: string) => decidesOver(policy(), { team: 'International' }, person);
    expect([henrik, grace, dario, ada].map(over)).toEqual([true, true, false, false]);
  });

  it('is told when the holder does not answer: the manager, of the manager’s own the fallback, of theirs nobody', () => {
    const told = (team: string, rep: string) => escalatesTo(policy(), { team, rep });
    expect(told('International', dario)).toBe(henrik);
    expect(told('International', henrik)).toBe(grace);
    expect(told('Americas', grace)).toBeNull();
  });
});

describe('somebody in the place of those who are switched off', () => {
  const rules = policy();
  const { fallback } = rules.routing;
  const [first, second] = rules.teams.map(({ manager }) => manager);

  it('is nobody while everybody is there, whoever else is gone', () => {
    expect(withSubstitutes(rules, new Set([ada]))).toEqual(rules);
  });

  it('is the fallback for a manager, and the first manager who is there for the fallback', () => {
    expect(fallback).toBe(first);
    const without = (...gone: string[]) => {
      const { teams, routing } = withSubstitutes(rules, new Set(gone));
      return [routing.fallback, ...teams.map(({ manager }) => manager)];
    };
    expect(without(second ?? '')).toEqual([fallback, first, fallback]);
    expect(without(fallback)).toEqual([second, second, second]);
    // Better somebody who does not look than nobody at all.
    expect(without(first ?? '', second ?? '')[0]).toBe(fallback);
  });
});

describe('the chats of a person', () => {
  const rules = policy({
    chat: {
      usual: 'slack',
      people: new Map([
        [ben, 'teams'],
        [chloe, 'both'],
      ]),
    },
  });

  it('are the one they like and the other in its place, or both', () => {
    expect(chatsOf(rules, ben)).toEqual({ inOrder: ['teams', 'slack'], oneIsEnough: true });
    expect(chatsOf(rules, chloe)).toEqual({ inOrder: ['slack', 'teams'], oneIsEnough: false });
  });

  it('are the usual ones for whom the policy says nothing about', () => {
    for (const id of [ada, stranger]) {
      expect(chatsOf(rules, id)).toEqual({ inOrder: ['slack', 'teams'], oneIsEnough: true });
    }
    const inTeams = policy({ chat: { usual: 'teams', people: new Map([[ben, 'slack']]) } });
    expect(chatsOf(inTeams, ada)).toEqual({ inOrder: ['teams', 'slack'], oneIsEnough: true });
    expect(chatsOf(inTeams, ben)).toEqual({ inOrder: ['slack', 'teams'], oneIsEnough: true });
    const inBoth = policy({ chat: { usual: 'both', people: new Map() } });
    expect(chatsOf(inBoth, ada)).toEqual({ inOrder: ['slack', 'teams'], oneIsEnough: false });
  });
});

it('a trigger is found by name while the policy has it', () => {
  expect([triggerOf(policy(), 'demo_request'), triggerOf(policy(), 'gone')]).toEqual([
    demoRequest,
    undefined,
  ]);
});
