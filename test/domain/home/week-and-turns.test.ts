import { describe, expect, it } from 'vitest';
import type { HeldInWeek } from '../../../src/domain/home/home-facts.ts';
import { turnsSection } from '../../../src/domain/home/turns.ts';
import { ownWeek, teamWeek } from '../../../src/domain/home/week.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { ada, americas, at, ben, chloe, grace, member } from '../../support/examples.ts';
import { homeView } from './home-view.ts';

/** A lead that was done in time, and touched after so many minutes of work. */
function fact(rep: string, minutes: number, override: Partial<HeldInWeek> = {}): HeldInWeek {
  return { ...{ rep, isLate: false, isDone: true, secondsToTouch: minutes * 60 }, ...override };
}

type Facts = NonNullable<Parameters<typeof homeView>[0]['facts']>;
const times = (count: number, make: () => HeldInWeek) => Array.from({ length: count }, make);

function textOf(section: ReturnType<typeof turnsSection>): string {
  return section?.kind === 'text' ? plain(section.text) : '';
}

describe('the week of a rep', () => {
  const week = (facts: Facts) => textOf(ownWeek(homeView({ facts })));

  it('stands beside the median of the team', () => {
    const past = [
      ...times(5, () => fact(ada, 20)),
      fact(ada, 20, { isLate: true }),
      ...times(6, () => fact(ben, 40)),
    ];
    expect(week({ past })).toBe(
      '6 leads · 83 % in time (team 92 %) · first touch after 20 min, in the median (team 30 min)',
    );
  });

  it('is compared with nobody where the team is the rep alone', () => {
    expect(week({ past: times(5, () => fact(ada, 20)) })).toBe(
      '5 leads · 100 % in time · first touch after 20 min, in the median',
    );
  });

  it('is only counted while it is too short to be compared', () => {
    const past = [fact(ada, 20), fact(ada, 20, { isLate: true }), ...times(9, () => fact(ben, 40))];
    expect(week({ past })).toBe('2 leads · 1 late · too few to compare with the team');
    expect(week({ past: [fact(ada, 20)] })).toBe('1 lead · none late · too few to compare with the team');
    expect(week({})).toBe('No leads yet. What you do shows here, beside the median of your team.');
  });

  it('counts what ended in it, by how', () => {
    const closed = [
      { outcome: 'converted', count: 2 },
      { outcome: 'recycled', count: 1 },
      { outcome: 'disqualified', count: 3 },
    ] as const;
    expect(week({ closed })).toContain('Ended: 2 became deals, 1 back to nurture, and 3 disqualified');
  });
});

it('the week of a team is that of its members', () => {
  const view = homeView({ reader: grace, facts: { past: [fact(ada, 20), fact(ben, 40), fact(grace, 90)] } });
  expect(textOf(teamWeek(americas, view))).toBe(
    '2 leads · 100 % in time · first touch after 30 min, in the median',
  );
  expect(textOf(teamWeek(americas, homeView({ reader: grace })))).toBe('No leads yet.');
});

describe('the turns of a team', () => {
  const turns = (override: Parameters<typeof homeView>[0] = {}) =>
    textOf(turnsSection(americas, homeView(override))).split(' · ')[0];
  const owed = (credits: [string, number][]) => ({ credits: new Map([['Americas', new Map(credits)]]) });

  it('are foretold as things stand', () => {
    expect(turns()).toBe('The next turn is yours');
    expect(
      turns({
        facts: owed([
          [ada, -0.5],
          [ben, 0.5],
        ]),
      }),
    ).toBe('Your turn comes after Ben Castillo');
    expect(
      turns({
        facts: owed([
          [ada, -1],
          [ben, 0.5],
          [chloe, 0.5],
        ]),
      }),
    ).toBe('Your turn comes after Ben Castillo and Chloe Nguyen');
  });

  it('pass over who is away or not at work, also the reader', () => {
    const away = { from: at('14:00'), until: at('20:00'), why: 'out of office' };
    expect(turns({ absences: new Map([[ada, [away]]]) })).toBe('The next turn is Ben Castillo’s');
    expect(turns({ now: at('23:30') })).toBe('Nobody takes turns right now');
  });

  it('are told with each one’s share, and what they had of the last week', () => {
    const facts = {
      turns: new Map([
        [
          'Americas',
          new Map([
            [ada, 5],
            [ben, 2],
          ]),
        ],
      ]),
    };
    expect(textOf(turnsSection(americas, homeView({ facts })))).toContain(
      'shares Ada Okafor 50 % (5), Ben Castillo 25 % (2), Chloe Nguyen 25 % (0), in the last 7 days',
    );
  });

  it('are none where nobody shares them', () => {
    expect(turnsSection({ ...americas, members: [member()] }, homeView({}))).toBeNull();
  });
});
