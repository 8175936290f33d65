import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardAction } from '../../../src/domain/card/card.ts';
import { cardFor } from '../../../src/domain/card/card-for.ts';
import { type Form, ownTime } from '../../../src/domain/card/form.ts';
import { type ClickCommand, decide } from '../../../src/domain/handoff/decide.ts';
import type { Handoff, Logged } from '../../../src/domain/handoff/handoff.ts';
import type { ActName, Denial } from '../../../src/domain/handoff/rights.ts';
import { withoutUndone } from '../../../src/domain/handoff/undo.ts';
import type { PersonId } from '../../../src/domain/policy/policy.ts';
import { snoozeChoices } from '../../../src/domain/time/snooze.ts';
import { assignedAt, assignment, ben, offeredEvent, stranger, touch } from '../../support/examples.ts';
import { beginning, history, people, play, rules } from '../../support/histories.ts';
import { view } from './card-words.ts';

const denials = {
  closed: true,
  notYours: true,
  managersOnly: true,
  alreadyAccepted: true,
  alreadyHolds: true,
  nothingRunning: true,
  nothingWanted: true,
  notSentBack: true,
  nothingToUndo: true,
} satisfies Record<Denial['refused'], true>;

/** How a handoff stands after a history, and all that led there. */
const stories = fc.tuple(beginning, history).map(([start, moves]) => {
  const played = play(start, moves.slice(0, 12));
  const log: Logged[] = [{ seq: 1, at: assignedAt, by: null, event: offeredEvent }];
  for (const { events, now, by } of played)
    for (const event of events) log.push({ seq: log.length + 1, at: now, by, event });
  const last = played.at(-1);
  return { handoff: last?.after ?? start, log: withoutUndone(log), now: last?.now ?? assignedAt };
});
type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never;

function buttonsOf(person: PersonId, { handoff, log, now }: Story): CardAction[] {
  const { actions, menu } = cardFor(person, view({ handoff, log, now, policy: rules }));
  return [...actions, ...menu].filter((action) => actOf(action) !== null);
}

function actOf(button: CardAction): ActName | null {
  switch (button.kind) {
    case 'command':
      return button.command === 'allow' ? 'giveGrace' : button.command;
    case 'form':
      return button.form.name;
    case 'give':
      return 'reassign';
    case 'say':
    case 'link':
      return null;
    default:
      return button satisfies never;
  }
}

/** What somebody means by an act, with nothing wrong in it but that they may not do it; `chosen`: in its form. */
function commandOf(
  act: ActName,
  by: PersonId,
  { assignment: { rep } }: Handoff,
  chosen: Readonly<Record<string, string>> = {},
): ClickCommand {
  const other = people.find((person) => person !== rep) ?? ben;
  const note = 'as agreed';
  switch (act) {
    case 'accept':
    case 'takeIt':
    case 'ping':
    case 'show':
      return { type: act, by };
    case 'fillIn':
    case 'update':
      return { type: act, by, values: [], heldUp: null };
    case 'overturn':
    case 'undo':
      return { type: act, by, isElsewhere: false };
    case 'logTouch':
      return { type: act, by, touch: touch(chosen) };
    case 'disqualify':
      return { type: act, by, reason: chosen['reason'] ?? 'not_a_fit', note };
    case 'handBack':
      return { type: act, by, reason: chosen['reason'] ?? 'other', note, to: assignment({ rep: other }) };
    case 'snooze':
      return { type: act, by, choice: snoozeChoices.find((one) => one === chosen['choice']) ?? '30min' };
    case 'reassign':
      return { type: act, by, to: chosen['to'] ?? other };
    case 'giveGrace': {
      const grace = chosen['grace'] ?? '15';
      return {
        type: act,
        by,
        grace: grace === 'asAsked' || grace === 'untilMorning' ? grace : Number(grace),
      };
    }
    default:
      return act satisfies never;
  }
}

/** Whether a decision says that somebody may not do this, whatever they would say with it. */
function isDenied(command: ClickCommand, { handoff, now }: Story): boolean {
  const decided = decide(handoff, command, rules, now);
  return 'refused' in decided && decided.refused in denials;
}

const acts: readonly ActName[] = [
  ...(['accept', 'logTouch', 'disqualify', 'handBack', 'snooze', 'reassign', 'takeIt'] as const),
  ...(['giveGrace', 'ping', 'show', 'overturn', 'undo', 'fillIn', 'update'] as const),
];
const everybody = [...people, stranger];
const settings = { numRuns: 200, seed: 20260303 };

/** What must hold of everybody's card after every history. */
function always(what: string, check: (person: PersonId, story: Story) => void): void {
  it(what, () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const person of everybody) check(person, story);
      }),
      settings,
    );
  });
}

describe('whatever happened, and whoever reads the card', () => {
  it('every button is seen by somebody, so that what follows says something', () => {
    const seen = new Set<ActName | null>();
    fc.assert(
      fc.property(stories, (story) => {
        for (const person of everybody)
          for (const button of buttonsOf(person, story)) seen.add(actOf(button));
      }),
      settings,
    );
    expect([...seen].sort()).toEqual(acts.filter((act) => act !== 'show').toSorted());
  });

  always('no button is refused to who has it', (person, story) => {
    for (const button of buttonsOf(person, story)) {
      const act = actOf(button);
      expect([act, act !== null && isDenied(commandOf(act, person, story.handoff), story)]).toEqual([
        act,
        false,
      ]);
    }
  });

  always('what is refused to somebody is no button of theirs', (person, story) => {
    const offered = buttonsOf(person, story).map(actOf);
    for (const act of acts)
      if (isDenied(commandOf(act, person, story.handoff), story)) expect(offered).not.toContain(act);
  });

  always(
    'whatever can be chosen in a form comes to something, but for what the form says of it',
    (person, story) => {
      for (const button of buttonsOf(person, story)) {
        if (button.kind !== 'form') continue;
        for (const command of choicesOf(button.form, person, story.handoff)) {
          const decided = decide(story.handoff, command, rules, story.now);
          const refused = 'refused' in decided ? decided.refused : null;
          expect([null, 'attemptsMissing']).toContain(refused);
        }
      }
    },
  );
});

/** The commands that a form leads to, one for each choice. */
function choicesOf(form: Form, by: PersonId, handoff: Handoff): ClickCommand[] {
  return form.fields.flatMap((field) =>
    field.kind === 'choice'
      ? field.options
          .filter(({ value }) => value !== ownTime)
          .map(({ value }) => commandOf(form.name, by, handoff, { [field.name]: value }))
      : [],
  );
}
