import { describe, expect, it } from 'vitest';
import {
  chatsOf,
  hoursOf,
  managerOf,
  peopleOf,
  roundTheClock,
  teamOf,
  triggerOf,
} from '../../src/domain/policy.ts';
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
  stranger,
} from '../support/examples.ts';

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
    const rules = policy({ routing: { rules: [], fallback: ben } });
    const managers = ['Americas', 'International', 'a team of an older policy', null].map((team) =>
      managerOf(rules, { team }),
    );
    expect(managers).toEqual([grace, henrik, ben, ben]);
  });

  it('is listed once, whatever they are', () => {
    const rules = policy({ routing: { rules: [], fallback: ada } });
    expect(peopleOf(rules)).toEqual([grace, ada, ben, chloe, henrik, dario, farah]);
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
