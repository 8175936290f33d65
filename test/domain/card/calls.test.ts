import { describe, expect, it } from 'vitest';
import {
  type CallReader,
  type CallView,
  callsBulletin,
  whatBecameOf,
} from '../../../src/domain/card/calls.ts';
import type { ReplyAction } from '../../../src/domain/card/reply-action.ts';
import type { HandoffEvent, Logged } from '../../../src/domain/handoff/handoff.ts';
import { plain } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { granted, heldUp } from '../../support/events.ts';
import {
  accepted,
  acceptedAt,
  ada,
  assignment,
  at,
  ben,
  closed,
  grace,
  lead,
  logged,
  names,
  offered,
  policy,
  respondBy,
  touch,
  touchBy,
  working,
} from '../../support/examples.ts';

const reminded = (override: Partial<Extract<HandoffEvent, { type: 'reminded' }>> = {}) =>
  ({ type: 'reminded', rep: ada, clock: 'acknowledge', due: respondBy, ...override }) as const;
const pinged = { type: 'pinged', rep: ada, due: respondBy } as const;
const toBen = {
  type: 'reassigned',
  from: ada,
  assignment: assignment({ rep: ben }),
  respondBy: at('15:30'),
  granted: null,
  moved: { why: 'did not answer', manager: grace },
} as const satisfies HandoffEvent;
const acceptance = { type: 'accepted', touchBy, granted } as const;

/** What Ada is called to by the second event of a log. */
function call(log: readonly Logged[], override: Partial<CallView> = {}): CallView {
  return { handoff: offered(), lead: lead(), log, policy: policy(), seq: 2, ...override };
}

const reads = (override: Partial<CallReader> = {}): CallReader => ({
  reader: ada,
  names,
  words: wordsIn('en'),
  now: at('15:10'),
  ...override,
});

function pressed(action: ReplyAction): string {
  if (action.kind === 'command') return action.command;
  return action.kind === 'form' ? action.form : action.kind;
}

/** What a message about one lead says, and what can be pressed in it. */
function said(view: CallView, reader = reads()) {
  const { title, text, actions = [] } = callsBulletin([view], reader);
  return [title, plain(text), ...actions.map(pressed)];
}

describe('a call to one lead', () => {
  const theLead = 'Lena Fischer · Northwind Robotics';
  const table: [string, CallView, readonly string[]][] = [
    [
      'says how long there is to answer, and takes the answer',
      call(logged([at('15:10'), null, reminded()])),
      [`5 min left to accept ${theLead} (Demo request, 1,200 people).`, 'accept', 'handBack', 'show'],
    ],
    [
      'says how late the answer is',
      call(logged([at('15:25'), null, reminded()])),
      [
        `10 min late: ${theLead} (Demo request, 1,200 people) waits for your answer.`,
        'accept',
        'handBack',
        'show',
      ],
    ],
    [
      'says how long there is to reach out, which is then logged',
      call(logged([at('15:50'), null, reminded({ clock: 'touch', due: touchBy })]), { handoff: accepted() }),
      [`15 min left to reach out to ${theLead} (Demo request, 1,200 people).`, 'logTouch', 'show'],
    ],
    [
      'names who nudges',
      call(logged([at('15:10'), grace, pinged])),
      [
        `Grace Whitfield nudges you: ${theLead} (Demo request, 1,200 people), 5 min left.`,
        'accept',
        'handBack',
        'show',
      ],
    ],
    [
      'asks for what HubSpot wants once, and opens its form',
      call(logged([at('15:10'), null, { type: 'heldUp', heldUp, asked: ada }]), {
        handoff: accepted({ heldUp }),
      }),
      [
        `${theLead} (Demo request, 1,200 people): HubSpot wants Budget before it takes the stage.`,
        'fillIn',
        'show',
      ],
    ],
  ];
  it.each(table)('%s', (_, view, [text, ...buttons]) => {
    expect(said(view)).toEqual(['', text, ...buttons]);
  });

  it('tells a manager where it went, with the reasons a press away', () => {
    const view = call(logged([at('15:16'), null, toBen]), {
      handoff: offered({ assignment: assignment({ rep: ben }), respondBy: at('15:30') }),
    });
    const [, text, ...buttons] = said(view, reads({ reader: grace }));
    expect(text).toMatch(/^Lena Fischer · Northwind Robotics \(Demo request, 1,200 people\): .*Ben Castillo/);
    expect(buttons).toEqual(['say', 'show']);
  });

  it('offers nothing that its reader may not do', () => {
    const view = call(logged([at('15:10'), null, reminded({ rep: ben })]), {
      handoff: offered({ assignment: assignment({ rep: ben }) }),
    });
    expect(whatBecameOf(view, reads())).not.toBeNull();
    expect(said(view)).toHaveLength(2);
  });

  it('fits in a line, however long the names are', () => {
    const long = lead({ name: 'x'.repeat(300) });
    const [, text = ''] = said(call(logged([at('15:10'), null, reminded()]), { lead: long }));
    expect(text.length).toBeLessThan(200);
  });
});

describe('a call that is over is a line that says what became of it, with nothing to press', () => {
  const remindedThen = (...entries: [Date, string | null, HandoffEvent][]) =>
    logged([at('15:10'), null, reminded()], ...entries);
  const touched = { type: 'touched', touch: touch() } as const;
  const table: [string, CallView, string][] = [
    [
      'accepted',
      call(remindedThen([acceptedAt, ada, acceptance]), { handoff: accepted() }),
      'Lena Fischer · Northwind Robotics: accepted 15:05 UTC.',
    ],
    [
      'reached out to',
      call(remindedThen([at('15:20'), ada, touched]), { handoff: working() }),
      'Lena Fischer · Northwind Robotics: reached out 15:20 UTC.',
    ],
    [
      'closed',
      call(remindedThen(), { handoff: closed() }),
      'Lena Fischer · Northwind Robotics: Disqualified 15:40 UTC: Not a fit',
    ],
    [
      'with somebody else',
      call(remindedThen([at('15:16'), null, toBen]), {
        handoff: offered({ assignment: assignment({ rep: ben }) }),
      }),
      'Lena Fischer · Northwind Robotics: Ben Castillo has it now.',
    ],
    [
      'called to again',
      call(remindedThen([at('15:12'), grace, pinged])),
      'Lena Fischer · Northwind Robotics: there is a newer message.',
    ],
    [
      'late',
      call(
        remindedThen([
          respondBy,
          null,
          { type: 'breached', clock: 'acknowledge', due: respondBy } as HandoffEvent,
        ]),
      ),
      'Lena Fischer · Northwind Robotics: late since 15:15 UTC.',
    ],
    [
      'given more time',
      call(remindedThen(), { handoff: offered({ respondBy: at('16:15') }) }),
      'Lena Fischer · Northwind Robotics: due 16:15 UTC now.',
    ],
    [
      'filled in',
      call(logged([at('15:10'), null, { type: 'heldUp', heldUp, asked: ada }]), {
        handoff: accepted(),
      }),
      'Lena Fischer · Northwind Robotics: done.',
    ],
  ];
  it.each(table)('%s', (_, view, text) => {
    expect(said(view)).toEqual(['', text]);
  });

  it('is not, as long as something is left to be done', () => {
    expect(whatBecameOf(call(logged([at('15:10'), null, reminded()])), reads())).toBeNull();
  });
});

describe('calls to several leads', () => {
  const open = call(logged([at('15:10'), null, reminded()]));
  const done = call(logged([at('15:10'), null, reminded()], [acceptedAt, ada, acceptance]), {
    handoff: accepted({ id: 'h-2' }),
    lead: lead({ id: '502', name: 'Max Weber' }),
  });

  it('are one message, each with its own buttons as long as it waits', () => {
    const { title, sections } = callsBulletin([open, done], reads());
    expect(title).toBe('2 leads wait for you');
    const [section] = sections ?? [];
    const rows = section?.kind === 'rows' ? section.rows : [];
    expect(rows.map(({ text, actions }) => [plain(text).split(':')[0], ...actions.map(pressed)])).toEqual([
      [
        '5 min left to accept Lena Fischer · Northwind Robotics (Demo request, 1,200 people).',
        'accept',
        'handBack',
        'show',
      ],
      ['Max Weber · Northwind Robotics'],
    ]);
  });

  it('are news where nobody has to act', () => {
    const news = (name: string) =>
      call(logged([at('15:16'), null, toBen]), {
        handoff: offered({ assignment: assignment({ rep: ben }) }),
        lead: lead({ name }),
      });
    const { title } = callsBulletin([news('Lena Fischer'), news('Max Weber')], reads({ reader: grace }));
    expect(title).toBe('News of 2 leads');
  });

  it('are in the language of who reads them', () => {
    expect(callsBulletin([open, done], reads({ words: wordsIn('de') }))).toMatchObject({
      language: 'de',
      title: '2 Leads warten auf dich',
    });
  });
});
