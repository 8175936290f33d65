import { describe, expect, it } from 'vitest';
import { type Form, type FormName, formNames } from '../../../src/domain/card/form.ts';
import { formFor, graceForm, reassignForm } from '../../../src/domain/card/form-for.ts';
import { heldUp } from '../../support/events.ts';
import {
  accepted,
  ada,
  at,
  ben,
  closed,
  offered,
  policy,
  reason,
  target,
  targets,
  touchedAt,
  working,
} from '../../support/examples.ts';
import { view } from './card-words.ts';

const unreachedReason = reason('no_answer', 'No answer', { outcome: 'unresponsive' });
/** HubSpot wants something, and the policy lets people set something. */
const full = () => view({ handoff: offered({ heldUp }), policy: policy({ update: ['budget'] }) });
const fieldsOf = (form: Form | null) => form?.fields ?? [];

describe('forms', () => {
  const reasonForms: [name: FormName, options: object[], without: string, needing: string][] = [
    [
      'disqualify',
      [
        { value: 'not_a_fit', label: 'Not a fit' },
        { value: 'timing', label: 'Wrong timing' },
      ],
      'not_a_fit',
      'timing',
    ],
    [
      'handBack',
      [
        { value: 'wrong_territory', label: 'Not my territory' },
        { value: 'other', label: 'Another reason' },
      ],
      'wrong_territory',
      'other',
    ],
  ];
  it.each(reasonForms)(
    '%s offers the policy’s reasons, and asks for a note where one needs it',
    (...given) => {
      const [name, options, without, needing] = given;
      const asked = (reason?: string) => fieldsOf(formFor(name, view(), reason ? { reason } : {}));
      expect(asked()).toMatchObject([
        { name: 'reason', options, initial: null, changes: true },
        { name: 'note', required: false, hint: null },
      ]);
      expect(asked(without)).toMatchObject([{ initial: without }, { name: 'note', required: false }]);
      expect(asked(needing)).toMatchObject([{ initial: needing }, { name: 'note', required: true }]);
    },
  );

  it.each(['disqualify', 'handBack'] as const)('%s stays as it is when no reason needs a note', (name) => {
    const rules = policy({
      disqualifyReasons: [reason('spam', 'Spam')],
      handBackReasons: [{ name: 'busy', label: 'Busy', noteRequired: false, refundsTurn: false }],
    });
    expect(fieldsOf(formFor(name, view({ policy: rules })))[0]).toMatchObject({ changes: false });
  });

  it('for grace begin with the first choice, for anything else that has to be meant with none', () => {
    const options = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ];
    expect(graceForm(options, view()).fields).toMatchObject([{ name: 'grace', options, initial: 'a' }]);
    expect(reassignForm(options, view()).fields).toMatchObject([
      { name: 'to', options, initial: 'a' },
      { name: 'note', required: false },
    ]);
  });

  it('have titles that fit a phone: 24 characters at most, as Slack allows', () => {
    for (const name of formNames) {
      const form = formFor(name, full());
      expect([name, form && form.title.length <= 24, form && form.submit.length <= 24]).toEqual([
        name,
        true,
        true,
      ]);
    }
  });
});

describe('giving a lead up', () => {
  const rules = policy({ disqualifyReasons: [reason('not_a_fit', 'Not a fit'), unreachedReason] });
  const tireless = { targets: targets({ attempts: { atLeast: 2, within: target(4800) } }) };
  const labels = (handoff: ReturnType<typeof working>) =>
    fieldsOf(formFor('disqualify', view({ handoff, policy: rules, now: at('15:40') }))).flatMap((field) =>
      field.kind === 'choice' ? field.options.map(({ label }) => label) : [],
    );

  it('shows how many attempts there were while more are needed', () => {
    expect(labels(working(tireless))).toEqual(['Not a fit', 'No answer (1 of 2 attempts)']);
  });

  it('shows nothing of it once there were enough, or when none are needed', () => {
    const enough = working({ ...tireless, attempts: [touchedAt, at('15:30')] });
    for (const handoff of [enough, working()]) expect(labels(handoff)).toEqual(['Not a fit', 'No answer']);
  });
});

describe('a form of this moment', () => {
  it('is found by its name', () => {
    for (const name of formNames) expect(formFor(name, full())?.name).toBe(name);
  });

  it('is none when the policy has no answer to its question', () => {
    const silent = policy({ grace: [], disqualifyReasons: [], handBackReasons: [] });
    expect(formNames.filter((name) => formFor(name, { ...full(), policy: silent }) === null)).toEqual([
      'disqualify',
      'handBack',
      'giveGrace',
      'update',
    ]);
  });

  it('for time is none when no clock runs', () => {
    for (const handoff of [working(), closed()]) {
      expect(formNames.filter((name) => formFor(name, { ...full(), handoff }) === null)).toEqual([
        'snooze',
        'giveGrace',
        'fillIn',
      ]);
    }
    expect(formFor('snooze', view({ handoff: accepted() }))).not.toBeNull();
  });

  it('to reassign is none when nobody is left', () => {
    const { presence } = view();
    const everybody = (formFor('reassign', view())?.fields ?? []).flatMap((field) =>
      field.kind === 'choice' ? field.options.map(({ value }) => value) : [],
    );
    expect(everybody).toContain(ben);
    const nobody = view({ presence: { ...presence, inactive: new Set(everybody) }, handoff: offered() });
    expect(nobody.handoff.assignment.rep).toBe(ada);
    expect(formFor('reassign', nobody)).toBeNull();
  });
});
