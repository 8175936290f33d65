import { describe, expect, it } from 'vitest';
import {
  disqualifyForm,
  type Form,
  formFor,
  formNames,
  graceForm,
  reassignForm,
  touchForm,
} from '../../src/domain/form.ts';
import { touchKinds, touchOutcomes } from '../../src/domain/handoff.ts';
import {
  accepted,
  ada,
  assignment,
  ben,
  chloe,
  dario,
  farah,
  grace,
  henrik,
  names,
  offered,
  policy,
  stranger,
} from '../support/examples.ts';

describe('forms', () => {
  it('for a touch offer every kind and outcome, a call to begin with, and take a note', () => {
    const [kind, outcome, note] = touchForm().fields;
    expect(kind).toMatchObject({ name: 'kind', required: true, initial: 'call' });
    expect(kind?.kind === 'choice' && kind.options.map((option) => option.value)).toEqual([...touchKinds]);
    expect(outcome).toMatchObject({ name: 'outcome', required: true, initial: null });
    expect(outcome?.kind === 'choice' && outcome.options.map((option) => option.value)).toEqual([
      ...touchOutcomes,
    ]);
    expect(note).toMatchObject({ name: 'note', kind: 'text', required: false, maxLength: 2000 });
  });

  it('for disqualifying offer the policy’s reasons and say which need a note', () => {
    expect(disqualifyForm(policy()).fields).toMatchObject([
      {
        name: 'reason',
        options: [
          { value: 'not_a_fit', label: 'Not a fit' },
          { value: 'timing', label: 'Wrong timing' },
        ],
        initial: null,
      },
      { name: 'note', required: false, hint: 'Needed for: Wrong timing' },
    ]);
  });

  it('for disqualifying give no hint when no reason needs a note', () => {
    const rules = policy({
      disqualifyReasons: [{ name: 'spam', label: 'Spam', noteRequired: false, refundsTurn: false }],
    });
    expect(disqualifyForm(rules).fields[1]).toMatchObject({ name: 'note', hint: null });
  });

  it('for reassigning offer the candidates by name', () => {
    expect(reassignForm([ben, stranger], names).fields).toMatchObject([
      {
        name: 'to',
        options: [
          { value: ben, label: 'Ben Castillo' },
          { value: stranger, label: stranger },
        ],
      },
    ]);
  });

  it('for grace offer the policy’s choices in words, the first to begin with', () => {
    expect(graceForm(policy({ graceMinutes: [15, 60, 90, 240] })).fields).toMatchObject([
      {
        name: 'minutes',
        initial: '15',
        options: [
          { value: '15', label: '15 minutes' },
          { value: '60', label: '1 hour' },
          { value: '90', label: '90 minutes' },
          { value: '240', label: '4 hours' },
        ],
      },
    ]);
  });

  it('have labels and titles that fit a phone: titles of 24 characters at most, as Slack allows', () => {
    for (const form of [
      touchForm(),
      disqualifyForm(policy()),
      reassignForm([ben], names),
      graceForm(policy()),
    ]) {
      expect([form.name, form.title.length <= 24, form.submit.length <= 24]).toEqual([form.name, true, true]);
    }
  });
});

describe('a form of this moment', () => {
  const view = { handoff: offered(), policy: policy(), names, inactive: new Set<string>() };
  const choicesOf = (form: Form | null, field: string) =>
    form?.fields.flatMap((f) =>
      f.name === field && f.kind === 'choice' ? f.options.map((o) => o.value) : [],
    );

  it('is found by its name', () => {
    for (const name of formNames) expect(formFor(name, view)?.name).toBe(name);
  });

  it('to reassign offers everybody of the policy but the holder and who is switched off', () => {
    expect(choicesOf(formFor('reassign', view), 'to')).toEqual([grace, ben, chloe, henrik, dario, farah]);
    const withBen = { ...view, handoff: accepted({ assignment: assignment({ rep: ben }) }) };
    const inactive = new Set([chloe, farah]);
    expect(choicesOf(formFor('reassign', { ...withBen, inactive }), 'to')).toEqual([
      grace,
      ada,
      henrik,
      dario,
    ]);
  });

  it('to reassign is none when nobody is left', () => {
    const inactive = new Set([grace, ben, chloe, henrik, dario, farah]);
    expect(formFor('reassign', { ...view, inactive })).toBeNull();
  });

  it('is none when the policy has no answer to its question', () => {
    const silent = { ...view, policy: policy({ graceMinutes: [], disqualifyReasons: [] }) };
    expect(formNames.filter((name) => formFor(name, silent) === null)).toEqual(['disqualify', 'giveGrace']);
  });
});
