import { describe, expect, it } from 'vitest';
import type { HandoffEvent, Refusal } from '../../src/domain/handoff.ts';
import { tell, tellRefusal } from '../../src/domain/story.ts';
import { plain } from '../../src/domain/text.ts';
import {
  acceptedAt,
  ada,
  assignment,
  at,
  ben,
  grace,
  names,
  offeredEvent,
  policy,
  respondBy,
  stranger,
  touch,
  touchBy,
} from '../support/examples.ts';

function words(event: HandoffEvent, by: string | null) {
  const told = tell({ seq: 2, at: at('15:10'), by, event }, policy(), names);
  return told && [plain(told.text), told.notify.join(', ') || 'quiet'];
}

describe('the thread', () => {
  const chosen = [{ kind: 'reassigned', person: ben, taken: true, by: grace }] as const;
  const table: [HandoffEvent, by: string | null, text: string, string][] = [
    [
      { type: 'unreachable', rep: ada, why: 'has no account in any connected chat', manager: grace },
      null,
      'Ada Okafor cannot be reached: has no account in any connected chat. Grace Whitfield, please decide.',
      grace,
    ],
    [{ type: 'accepted', touchBy }, ada, 'Ada Okafor accepted. First touch due 16:05 UTC.', 'quiet'],
    [
      { type: 'touched', touch: touch() },
      ada,
      'Ada Okafor logged a touch: Call, connected. "Wants a quote"',
      'quiet',
    ],
    [
      { type: 'touched', touch: touch({ kind: 'message', outcome: 'leftMessage', note: '' }) },
      ada,
      'Ada Okafor logged a touch: Message, left a message.',
      'quiet',
    ],
    [
      { type: 'disqualified', reason: 'timing', note: 'back in May' },
      grace,
      'Grace Whitfield disqualified the lead: Wrong timing. "back in May"',
      'quiet',
    ],
    [
      { type: 'disqualified', reason: 'gone_from_the_policy', note: '' },
      ada,
      'Ada Okafor disqualified the lead: gone_from_the_policy.',
      'quiet',
    ],
    [
      { type: 'reassigned', from: ada, assignment: assignment({ rep: ben, reasons: chosen }), respondBy },
      grace,
      'Now with Ben Castillo (chosen by Grace Whitfield). Respond by 15:15 UTC.',
      ben,
    ],
    [
      { type: 'reassigned', from: ada, assignment: assignment({ rep: ben, reasons: [] }), respondBy },
      grace,
      'Now with Ben Castillo. Respond by 15:15 UTC.',
      ben,
    ],
    [
      {
        type: 'reassigned',
        from: ada,
        assignment: assignment({ rep: ben }),
        respondBy,
        moved: { why: 'their HubSpot user was deactivated', manager: grace },
      },
      null,
      'Ada Okafor: their HubSpot user was deactivated. Now with Ben Castillo (next turn in Americas). Respond by 15:15 UTC.',
      `${ben}, ${grace}`,
    ],
    [
      {
        type: 'reassigned',
        from: grace,
        assignment: assignment({ rep: grace, team: null, reasons: [] }),
        respondBy,
        moved: { why: 'their HubSpot user was deactivated', manager: null },
      },
      null,
      'Grace Whitfield: their HubSpot user was deactivated. Now with Grace Whitfield. Respond by 15:15 UTC.',
      grace,
    ],
    [
      { type: 'graceGiven', clock: 'touch', until: touchBy },
      grace,
      'Grace Whitfield gave grace until 16:05 UTC.',
      'quiet',
    ],
    [
      { type: 'reminded', clock: 'acknowledge', rep: ada, due: respondBy },
      null,
      'Reminder for Ada Okafor: this lead waits for your answer, due 15:15 UTC.',
      ada,
    ],
    [
      { type: 'reminded', clock: 'touch', rep: ada, due: touchBy },
      null,
      'Reminder for Ada Okafor: the first touch is due 16:05 UTC.',
      ada,
    ],
    [{ type: 'breached', clock: 'acknowledge', due: respondBy }, null, 'No answer by 15:15 UTC.', 'quiet'],
    [{ type: 'breached', clock: 'touch', due: touchBy }, null, 'No touch by 16:05 UTC.', 'quiet'],
    [
      { type: 'escalated', clock: 'touch', manager: grace },
      null,
      'Grace Whitfield, please decide: reassign it, take it, or give grace.',
      grace,
    ],
  ];
  for (const [event, by, text, notify] of table) {
    it(`tells "${text}" (${notify})`, () => {
      expect(words(event, by)).toEqual([text, notify]);
    });
  }

  it('leaves to the card what the card itself tells', () => {
    expect([words(offeredEvent, null), words({ type: 'delivered', to: ada, respondBy }, null)]).toEqual([
      null,
      null,
    ]);
  });

  it('calls the system the bot', () => {
    expect(words({ type: 'graceGiven', clock: 'touch', until: touchBy }, null)?.[0]).toMatch(
      /^The bot gave grace/,
    );
  });

  it('mentions people instead of only naming them', () => {
    const line = tell(
      { seq: 2, at: at('15:10'), by: ada, event: { type: 'accepted', touchBy } },
      policy(),
      names,
    );
    expect(line?.text[0]).toEqual({ kind: 'person', id: ada, name: 'Ada Okafor' });
  });

  it('keeps a note’s markup as text', () => {
    const line = tell(
      {
        seq: 2,
        at: at('15:10'),
        by: ada,
        event: { type: 'touched', touch: touch({ note: '<!channel> *now*' }) },
      },
      policy(),
      names,
    );
    expect(line?.text.filter((span) => span.kind !== 'person').every((span) => span.kind === 'text')).toBe(
      true,
    );
    expect(line && plain(line.text)).toContain('"<!channel> *now*"');
  });
});

describe('a refusal says what is so and what can be done', () => {
  const table: [Refusal, string][] = [
    [
      { refused: 'closed', outcome: 'disqualified' },
      'This handoff is closed (disqualified). Nothing was changed.',
    ],
    [{ refused: 'notYours', holder: ben }, 'Ben Castillo holds this lead now. Nothing was changed.'],
    [
      { refused: 'managersOnly', manager: grace },
      'Only Grace Whitfield can decide this. Nothing was changed.',
    ],
    [
      { refused: 'alreadyAccepted', acceptedAt },
      'Already accepted 15:05 UTC. Log a touch when you have reached out.',
    ],
    [{ refused: 'alreadyHolds', rep: ben }, 'Ben Castillo holds this lead already. Choose somebody else.'],
    [
      { refused: 'unknownReason', reason: 'mood' },
      '"mood" is not among the reasons any more. Open the form again and choose one.',
    ],
    [
      { refused: 'noteMissing', reason: 'Wrong timing' },
      '"Wrong timing" needs a note: tell marketing what to learn from it.',
    ],
    [
      { refused: 'unknownPerson', person: stranger },
      `${stranger} takes no leads. Choose somebody from the list.`,
    ],
    [{ refused: 'nothingRunning' }, 'No deadline is running, so there is nothing to extend.'],
    [{ refused: 'stale' }, 'The handoff has moved on. Nothing was changed.'],
  ];
  for (const [refusal, text] of table) {
    it(`${refusal.refused}: ${text}`, () => {
      expect(plain(tellRefusal(refusal, names))).toBe(text);
    });
  }
});
