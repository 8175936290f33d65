import { describe, expect, it } from 'vitest';
import { homeOf, leadsOf, strangersHome } from '../../../src/domain/home/home.ts';
import type { OpenLead } from '../../../src/domain/home/home-facts.ts';
import type { HomeView } from '../../../src/domain/home/home-view.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import {
  accepted,
  ada,
  assignment,
  at,
  ben,
  chloe,
  grace,
  minutesAfter,
  offered,
  policy,
  routing,
  working,
} from '../../support/examples.ts';
import { about, homeView, read } from './home-view.ts';

const now = at('15:10');
const later = (minutes: number) => minutesAfter(now, minutes);
const held = (rep: string, minutesAgo = 10) => assignment({ rep, at: later(-minutesAgo) });

function home(open: readonly OpenLead[], override: Partial<HomeView> = {}): string[] {
  return read(homeOf(homeView({ facts: { open }, ...override })));
}

/** The lines that stand between this one and the next title of a list. */
function below(lines: readonly string[], title: string): string[] {
  const from = lines.indexOf(title) + 1;
  const rest = lines.slice(from);
  const end = rest.findIndex((line) => !line.startsWith('- '));
  return from === 0 ? [] : rest.slice(0, end === -1 ? undefined : end);
}

describe('the page of a rep', () => {
  it('lists what waits for them by urgency, each lead with what they do next', () => {
    const lines = home([
      about('Wait', offered({ respondBy: later(30) })),
      about('Late', offered({ respondBy: later(-5), ackBreachedAt: later(-5) })),
      about('Call', accepted({ touchBy: later(20) })),
      about('Afternoon', accepted({ touchBy: later(300) })),
      about('Busy', working({ attempts: [later(-60)] })),
    ]);
    expect(below(lines, 'Now (3)')).toEqual([
      '- Late · Late Ltd | accept now, it was due 15:05 UTC · Demo request [Accept]',
      '- Call · Call Ltd | reach out by 15:30 UTC · Demo request [Log]',
      '- Wait · Wait Ltd | accept by 15:40 UTC · Demo request [Accept]',
    ]);
    expect(below(lines, 'Today (1)')).toEqual([
      '- Afternoon · Afternoon Ltd | reach out by 20:10 UTC · Demo request [Log]',
    ]);
    expect(below(lines, 'Later (1)')).toEqual(['- 1 lead, with nothing due today [Show All]']);
  });

  it('begins with the numbers, of which those that are none are left out', () => {
    const open = [
      about('Wait', offered({ respondBy: later(30) })),
      about('Late', accepted({ touchBy: later(-5), touchBreachedAt: later(-5) })),
    ];
    const [title, numbers] = read(homeOf(homeView({ facts: { open, sleeping: 3 } })));
    expect([title, numbers]).toEqual([
      'Your leads',
      '1 waiting for your answer · 1 due within the hour · 1 late · 3 asleep until their day',
    ]);
    expect(home([])[1]).toBe('0 waiting for your answer');
  });

  it('unfolds what is not due today when it is asked for', () => {
    const open = [about('Busy', working({ attempts: [later(-60)] }))];
    const lines = read(homeOf(homeView({ facts: { open } }), { whole: true }));
    expect(below(lines, 'Later (1)')).toEqual([
      '- Busy · Busy Ltd | last touch 14:10 UTC · Demo request [Log]',
    ]);
  });

  it('has a lead on the day on which somebody means to try again', () => {
    const lines = home([
      about('Soon', working({ attempts: [later(-60)], tryAgainBy: later(300) })),
      about('Passed', working({ attempts: [later(-60)], tryAgainBy: later(-10) })),
      about('Met', working({ attempts: [later(-60)], tryAgainBy: later(-10), meetingAt: later(-5) })),
    ]);
    expect(below(lines, 'Now (1)')).toEqual([
      '- Passed · Passed Ltd | try again now, you planned it for 15:00 UTC · Demo request [Log]',
    ]);
    expect(below(lines, 'Today (1)')).toEqual([
      '- Soon · Soon Ltd | try again by 20:10 UTC · Demo request [Log]',
    ]);
    expect(lines).toContain('Later (1)');
  });

  it('says what somebody has put off, and for whom a lead waits', () => {
    const lines = home([
      about('Off', offered({ respondBy: later(30), snoozedUntil: later(20) })),
      about('Asked', offered({ respondBy: later(40), asked: { until: later(50), due: later(60) } })),
    ]);
    expect(below(lines, 'Now (2)')).toEqual([
      '- Off · Off Ltd | back at 15:30 UTC, due 15:40 UTC · Demo request [Accept]',
      '- Asked · Asked Ltd | waiting for Grace Whitfield, still due 15:50 UTC · Demo request [Accept]',
    ]);
  });

  it('shows ten rows of a list at most, and counts the others', () => {
    const open = Array.from({ length: 14 }, (_, index) =>
      about(`L${index}`, offered({ respondBy: later(30) })),
    );
    const rows = below(home(open), 'Now (14)');
    expect(rows).toHaveLength(11);
    expect(rows.at(-1)).toBe('- and 4 more');
  });

  it('offers what the team may take before it', () => {
    const rescue = { openTo: [ada, chloe], respondBy: later(-5), ackBreachedAt: later(-5) };
    const lines = home([about('Open', offered({ assignment: held(ben), ...rescue }))]);
    expect(below(lines, 'Take it first (1)')).toEqual([
      '- Open · Open Ltd | Ben Castillo has not answered, it was due 15:05 UTC · Demo request [Claim]',
    ]);
  });

  it('says when nothing waits until when that is so', () => {
    expect(home([])).toContain('Nothing waits for you. You are at work until 22:30 UTC.');
    expect(home([], { now: at('23:30') })).toContain(
      'Nothing waits for you. You are back at work 14:00 UTC.',
    );
  });

  it('teaches whoever has never had a lead what comes here, and has a sample for them', () => {
    const lines = read(homeOf(homeView({ facts: { hadAny: false } })));
    expect(lines.find((line) => line.startsWith('What comes here'))).toContain('A card comes to Messages');
    expect(lines.at(-1)).toBe('[Send Me a Sample Card] [Away…] [Settings]');
  });

  it('lets whoever is away come back, and tells how long they are', () => {
    const away = (until: Date | null) =>
      home([], { absences: new Map([[ada, [{ from: later(-60), until, why: 'out of office' }]]]) });
    expect(away(at('20:00'))).toContain('You are away until 20:00 UTC: no new leads come to you.');
    expect(away(null)).toContain('You are away: no new leads come to you until you say that you are back.');
    expect(away(null).at(-1)).toBe('[I’m Back] [Settings]');
    expect(away(null)).toContain('Nothing waits for you.');
  });

  it('tells of which leads it speaks, and of no others', () => {
    const open = [about('Mine', offered()), about('Other', offered({ assignment: held(ben) }))];
    expect(homeOf(homeView({ facts: { open } })).about).toEqual(['Mine']);
  });
});

describe('the page of a manager', () => {
  const ofGrace = (open: readonly OpenLead[], override: Partial<HomeView> = {}) =>
    home(open, { reader: grace, ...override });
  const late = { respondBy: later(-5), ackBreachedAt: later(-5), escalatedTo: grace };

  it('begins with what waits for their decision, then what is about to be late, then who has what', () => {
    const lines = ofGrace([
      about('Late', offered({ assignment: held(ada), ...late })),
      about(
        'Gone',
        offered({ assignment: held(ben), escalatedTo: grace, unreachable: 'has no account in Slack' }),
      ),
      about('Soon', accepted({ assignment: held(ben), touchBy: later(20) })),
      about('Busy', working({ assignment: held(ben) })),
    ]);
    expect(lines.slice(0, 2)).toEqual(['Your team', '2 to decide · 2 due within the hour · 1 late · 4 open']);
    expect(below(lines, 'Decide (2)')).toEqual([
      '- Late · Late Ltd | Ada Okafor has not answered, due 15:05 UTC · Demo request [Reassign]',
      '- Gone · Gone Ltd | Ben Castillo cannot be reached: has no account in Slack · Demo request [Reassign]',
    ]);
    expect(below(lines, 'About to be late (1)')).toEqual([
      '- Soon · Soon Ltd | Ben Castillo has until 15:30 UTC to reach out · Demo request [Reassign]',
    ]);
    expect(below(lines, 'Who has what')).toEqual([
      '- Ada Okafor | 1 open · 1 late [Leads]',
      '- Ben Castillo | 3 open · next due 15:15 UTC [Leads]',
      '- Chloe Nguyen | nothing open',
    ]);
  });

  it('asks nothing for a lead whose rep has time again', () => {
    const granted = { respondBy: later(30), ackBreachedAt: later(-5), escalatedTo: grace };
    const lines = ofGrace([about('Granted', offered({ assignment: held(ada), ...granted }))]);
    expect(lines).toContain('Nothing waits for your decision.');
  });

  it('says who is away, and until when', () => {
    const absences = new Map([[ben, [{ from: later(-60), until: at('20:00'), why: 'out of office' }]]]);
    const lines = ofGrace([], { absences });
    expect(lines[1]).toBe('0 to decide · 0 open · 1 away');
    expect(below(lines, 'Who has what')).toContain('- Ben Castillo | nothing open · away until 20:00 UTC');
  });

  it('has their own leads after those of the team', () => {
    const lines = ofGrace([about('Own', offered({ assignment: held(grace), respondBy: later(30) }))]);
    expect(below(lines, 'Yours, now (1)')).toEqual([
      '- Own · Own Ltd | accept by 15:40 UTC · Demo request [Accept]',
    ]);
  });

  it('teaches whose team has had no lead yet', () => {
    const lines = read(homeOf(homeView({ reader: grace, facts: { hadAny: false } })));
    expect(lines.find((line) => line.startsWith('What comes here'))).toContain('waits for your decision');
  });

  it('leads to what one of the team has, line by line', () => {
    const open = [
      about('One', offered({ assignment: held(ben), respondBy: later(30) })),
      about('Own', offered()),
    ];
    const lines = read(leadsOf(ben, homeView({ reader: grace, facts: { open } })));
    expect(lines).toEqual([
      'Leads of Ben Castillo',
      '',
      '- One · One Ltd | Ben Castillo has until 15:40 UTC to accept · Demo request [Reassign]',
      '[Back]',
    ]);
    expect(read(leadsOf(chloe, homeView({ reader: grace, facts: { open } })))).toContain('nothing open');
  });

  it('leaves to the first lists what does not fit in all of them', () => {
    const many = (name: string, handoff: Parameters<typeof about>[1]) =>
      Array.from({ length: 12 }, (_, index) => about(`${name}${index}`, handoff));
    const sections = homeOf(
      homeView({
        reader: grace,
        facts: {
          open: [
            ...many('Late', offered({ assignment: held(ada), ...late })),
            ...many('Soon', accepted({ assignment: held(ben), touchBy: later(20) })),
            ...many('Own', offered({ assignment: held(grace), respondBy: later(30) })),
            ...many('Today', accepted({ assignment: held(grace), touchBy: later(200) })),
          ],
        },
      }),
    ).sections;
    const counts = sections.flatMap((section) => (section.kind === 'rows' ? [section.rows.length] : []));
    expect(counts).toEqual([11, 11, 3, 11, 8]);
  });
});

it('the page of somebody who takes no leads says so', () => {
  const alone = 'reception@example.com';
  const rules = policy({ routing: routing([], grace), admins: [alone] });
  expect(home([], { reader: alone, policy: rules })).toEqual([
    'Lead handoffs',
    'You take no leads. What you have to know of them comes to Messages, and you can ask for more.',
    '[Help]',
  ]);
});

it('the page of a stranger says what this is, and whom to ask', () => {
  const [title, text] = read(strangersHome(wordsIn('en')));
  expect(title).toBe('Hello');
  expect(text).toContain('ask whoever keeps it to add your email');
});
