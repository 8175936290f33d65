import { describe, expect, it } from 'vitest';
import { type BulletinContent, bulletinOf, type News } from '../../../src/domain/card/bulletin.ts';
import { plain } from '../../../src/domain/words/line.ts';
import type { Why } from '../../../src/domain/words/reason.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import {
  accepted,
  ada,
  assignment,
  at,
  ben,
  lead,
  minutesAfter,
  names,
  offered,
  policy,
  respondBy,
  working,
} from '../../support/examples.ts';

function told(override: Partial<BulletinContent>) {
  const usual = { views: [], digest: [], others: [], names, words: wordsIn('en') } as const;
  const said = { ...usual, now: at('21:00'), ...override } as const;
  const { title, text, items } = bulletinOf(said);
  return {
    title,
    text: plain(text),
    items: items.map((item) => [item.title, plain(item.text), item.handoffId]),
  };
}

const missed = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    handoff: offered({ id: `h-${index + 1}`, respondBy: minutesAfter(respondBy, index) }),
    lead: lead(),
    policy: policy(),
    missed: true,
  }));
const covered = (id: string, rep = ada, why: Why = { kind: 'outOfOffice' }): News => ({
  kind: 'covered',
  handoffId: id,
  rep,
  why,
});
const setAway: News = { kind: 'setAway', missed: 3 };
const repSetAway: News = { kind: 'repSetAway', rep: ada, missed: 3 };
const clockStood: News = { kind: 'clockStood', from: at('15:00'), until: at('21:00') };

describe('leads that passed their target unnoticed', () => {
  it('are listed by when they were due, the latest last, with who has them', () => {
    const theirs = { ...accepted(), id: 'h-2', assignment: assignment({ rep: ben }) };
    const views = [
      { handoff: theirs, lead: lead({ name: 'Max Weber' }), policy: policy(), missed: true },
      ...missed(1),
    ];
    expect(told({ views })).toEqual({
      title: '2 leads passed their target while the bot was down',
      text: 'They still wait: show a card to act on it.',
      items: [
        ['Demo request: Lena Fischer · Northwind Robotics', 'due 15:15 UTC, with Ada Okafor', 'h-1'],
        ['Demo request: Max Weber · Northwind Robotics', 'due 16:05 UTC, with Ben Castillo', 'h-2'],
      ],
    });
  });

  it('are counted when there are more than anybody reads, and the latest are listed', () => {
    const { title, text, items } = told({ views: missed(17) });
    expect(title).toBe('17 leads passed their target while the bot was down');
    expect(text).toBe(
      'They still wait: show a card to act on it. These are the latest 15, and 2 more passed before them.',
    );
    expect(items.map(([, , id]) => id)).toEqual(
      missed(17)
        .slice(2)
        .map(({ handoff }) => handoff.id),
    );
  });

  it('are fifteen at most without a word about more', () => {
    const { text, items } = told({ views: missed(15) });
    expect([text, items.length]).toEqual(['They still wait: show a card to act on it.', 15]);
  });

  it('are none any more when somebody has answered since', () => {
    const views = [...missed(1), { handoff: working(), lead: lead(), policy: policy(), missed: true }];
    expect(told({ views })).toMatchObject({
      title: '1 lead passed its target while the bot was down',
      text: 'It still waits: show its card to act on it.',
      items: [['Demo request: Lena Fischer · Northwind Robotics', 'due 15:15 UTC, with Ada Okafor', 'h-1']],
    });
  });
});

it('a chat that keeps the bot out is told with what has to be done about it', () => {
  const why = 'the Messages tab is switched off';
  expect(told({ others: [{ kind: 'shutOut', platform: 'slack', why }] })).toMatchObject({
    title: 'Slack keeps the bot out',
    text: "No card gets there until somebody changes it: the Messages tab is switched off. Whoever can be reached in another chat gets theirs there; the others' leads wait, and their targets run on.",
  });
});

it('what keeps intros from being sent is told with what has to be done about it', () => {
  expect(told({ others: [{ kind: 'introsBlocked', rep: null }] })).toMatchObject({
    title: 'No intro goes out',
    text: 'HubSpot does not let the bot use sequences: give its app the scopes automation.sequences.read and automation.sequences.enrollments.write. Everything else goes on.',
  });
  expect(told({ others: [{ kind: 'introsBlocked', rep: ada }] })).toMatchObject({
    title: 'No intro goes out for Ada Okafor',
    text: expect.stringContaining('a seat of Sales or Service Hub'),
  });
});

describe('leads of a rep who is away', () => {
  const moved = { ...offered({ id: 'h-9', assignment: assignment({ rep: ben }) }), respondBy: at('21:15') };
  const view = { handoff: moved, lead: lead(), policy: policy(), missed: false };
  const explained =
    'Ada Okafor is out of office. What they had not answered went to others; what they had accepted is due later.';

  it('are told together, with who has each of them now, and until when', () => {
    expect(told({ others: [covered('h-9'), covered('h-8')], views: [view] })).toEqual({
      title: '2 leads of Ada Okafor',
      text: explained,
      items: [['Demo request: Lena Fischer · Northwind Robotics', 'due 21:15 UTC, with Ben Castillo', 'h-9']],
    });
  });

  it('have a heading for each rep, with why', () => {
    const others = [covered('h-9'), covered('h-8', ben, { kind: 'otherHours' })];
    expect(told({ others, views: [view] })).toMatchObject({
      title: 'A lead of Ada Okafor',
      text: [
        explained,
        `A lead of Ben Castillo. ${explained.replace('Ada Okafor is out of office', 'Ben Castillo works other hours')}`,
      ].join('\n'),
    });
  });

  it('are not counted among those that passed their target', () => {
    expect(told({ others: [covered('h-9')], views: [view, ...missed(1)] })).toMatchObject({
      title: 'A lead of Ada Okafor',
      text: [
        explained,
        '1 lead passed its target while the bot was down. It still waits: show its card to act on it.',
      ].join('\n'),
      items: [
        [expect.anything(), expect.anything(), 'h-1'],
        [expect.anything(), expect.anything(), 'h-9'],
      ],
    });
  });
});

describe('a rep who let too many cards pass', () => {
  it('reads what that means, and comes back by a button', () => {
    expect(told({ others: [setAway] })).toEqual({
      title: 'Your leads are paused',
      text: 'You did not answer the last 3 cards, so no new leads come to you. What you have accepted stays yours.',
      items: [],
    });
    const content = {
      views: [],
      digest: [],
      others: [setAway],
      names,
      words: wordsIn('en'),
      now: at('21:00'),
    };
    expect(bulletinOf(content).actions).toEqual([{ kind: 'say', words: 'back', label: "I'm Back" }]);
    expect(bulletinOf({ ...content, others: [repSetAway] }).actions).toBeUndefined();
  });

  it('is told of to their manager', () => {
    expect(told({ others: [repSetAway] })).toEqual({
      title: 'The leads of Ada Okafor are paused',
      text: 'They did not answer the last 3 cards. New leads come to them again when they say that they are back.',
      items: [],
    });
  });
});

it('who looks after the bot reads how long the clock stood still', () => {
  expect(told({ others: [clockStood] })).toEqual({
    title: 'The clock stood still',
    text: 'From 15:00 UTC to 21:00 UTC (6 hr) the bot was down. Everything due was done now.',
    items: [],
  });
});

it('several kinds of news are told one below the other, each under its heading, the first as the title', () => {
  expect(told({ others: [clockStood, repSetAway], views: missed(1) })).toEqual({
    title: 'The clock stood still',
    text: [
      'From 15:00 UTC to 21:00 UTC (6 hr) the bot was down. Everything due was done now.',
      'The leads of Ada Okafor are paused. They did not answer the last 3 cards. New leads come to them again when they say that they are back.',
      '1 lead passed its target while the bot was down. It still waits: show its card to act on it.',
    ].join('\n'),
    items: [['Demo request: Lena Fischer · Northwind Robotics', 'due 15:15 UTC, with Ada Okafor', 'h-1']],
  });
});
