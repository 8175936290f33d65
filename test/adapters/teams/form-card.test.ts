import { describe, expect, test } from 'vitest';
import type { Action, CardElement, InputElement } from '../../../src/adapters/teams/adaptive-card.ts';
import { teamsForm } from '../../../src/adapters/teams/form-card.ts';
import { type Form, formNames } from '../../../src/domain/card/form.ts';
import { disqualifyForm, graceForm, reassignForm, touchForm } from '../../../src/domain/card/form-for.ts';
import { line } from '../../../src/domain/card/text.ts';
import { policy } from '../../support/examples.ts';
import { buttonsOf, everyElement, problemsOf, read } from './client.ts';

const about = 'Demo request: Priya Nair';
const mark = { handoffId: 'h-1', revision: 7, about };
const data = { handoff: 'h-1', revision: 7, form: { name: 'logTouch', about } };

const grace = graceForm([
  { value: '15', label: '15 minutes' },
  { value: 'untilMorning', label: 'Until tomorrow morning' },
]);

function reassign(...people: [id: string, name: string][]): Form {
  return reassignForm(people.map(([value, label]) => ({ value, label })));
}

/** What stands below what it is about. */
function questions(form: Form): readonly CardElement[] {
  const last = teamsForm(form, mark).body.at(-1);
  return last?.type === 'Container' ? last.items : [];
}

function inputs(elements: readonly CardElement[]): InputElement[] {
  return everyElement(elements).filter(
    (element) => element.type === 'Input.ChoiceSet' || element.type === 'Input.Text',
  );
}

describe('a form', () => {
  test('says of whom it is, then come its questions and its buttons', () => {
    const shown = teamsForm(touchForm(), mark);
    expect(read(shown.body)).toEqual([
      '*Log a Touch*',
      'Demo request: Priya Nair',
      '<What did you do?> call',
      '<How did it go?>',
      '<Worth knowing next time>',
      '[Log Touch] [Cancel]',
    ]);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('never renews itself: what is being typed would be gone', () => {
    expect(teamsForm(touchForm(), mark).refresh).toBeUndefined();
  });

  test('is sent with the handoff, the revision and its name, as an invoke or as a message', () => {
    const [submit, cancel]: readonly (Action | undefined)[] = buttonsOf(questions(touchForm()));
    const verb = 'handoff.form.logTouch';
    expect(submit).toEqual({
      type: 'Action.Execute',
      title: 'Log Touch',
      verb,
      data,
      style: 'positive',
      fallback: { type: 'Action.Submit', title: 'Log Touch', data: { ...data, verb }, style: 'positive' },
    });
    expect(cancel).toMatchObject({ title: 'Cancel', verb: 'handoff.cancel', data, associatedInputs: 'none' });
  });

  test('asks for a choice in a menu, and says what to do when it is missing', () => {
    expect(inputs(questions(disqualifyForm(policy())))[0]).toEqual({
      type: 'Input.ChoiceSet',
      id: 'disqualify.reason',
      label: 'Why?',
      isRequired: true,
      errorMessage: 'Choose one.',
      style: 'compact',
      placeholder: 'Choose',
      choices: [
        { title: 'Not a fit', value: 'not_a_fit' },
        { title: 'Wrong timing', value: 'timing' },
      ],
    });
  });

  test('gives a text room and a limit, with the hint below it', () => {
    const [, note, hint] = questions(disqualifyForm(policy()));
    expect(note).toEqual({
      type: 'Input.Text',
      id: 'disqualify.note',
      label: 'What marketing should learn from it',
      isMultiline: true,
      maxLength: 2000,
    });
    expect(hint && read([hint])).toEqual(['Needed for: Wrong timing']);
  });

  test('asks for a text that is required', () => {
    const form: Form = {
      ...touchForm(),
      fields: [{ kind: 'text', name: 'note', label: 'Note', hint: null, required: true, maxLength: 9000 }],
    };
    expect(inputs(questions(form))[0]).toMatchObject({
      isRequired: true,
      errorMessage: 'Write something here.',
      maxLength: 2000,
    });
  });

  test('starts with the usual choice', () => {
    expect(inputs(questions(grace))[0]).toMatchObject({ value: '15' });
  });
});

test.each(formNames)('%s is sent with a verb of its own', (name) => {
  const [submit] = buttonsOf(questions({ ...touchForm(), name }));
  expect(submit).toMatchObject({ verb: `handoff.form.${name}` });
  expect(inputs(questions({ ...touchForm(), name }))[0]?.id).toBe(`${name}.kind`);
});

describe('a menu of more people than a message can hold', () => {
  const many = Array.from({ length: 900 }, (_, n): [string, string] => [`rep${n}@acme.test`, `Rep ${n}`]);
  const shown = teamsForm(reassign(...many), mark);
  const [people] = inputs(shown.body).map((input) => (input.type === 'Input.ChoiceSet' ? input.choices : []));

  test('has as many as fit, and says how many do not', () => {
    expect(people?.length).toBeGreaterThan(300);
    expect(JSON.stringify(shown)).toContain(`and ${900 - (people?.length ?? 0)} more that do not fit here`);
    expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThanOrEqual(25_000);
    expect(problemsOf(shown)).toEqual([]);
  });
});

test('a choice that Teams cannot carry does not cost the whole card', () => {
  const card = teamsForm(
    reassign(['', 'x'], [`${'x'.repeat(300)}@acme.test`, 'x'], ['bo@acme.test', 'Bo']),
    mark,
  );
  expect(inputs(card.body)[0]).toMatchObject({ choices: [{ title: 'Bo', value: 'bo@acme.test' }] });
  expect(problemsOf(card)).toEqual([]);
});

test('a name is neither a link nor a time', () => {
  const form = reassign(['bo@acme.test', '[Bo](https://evil.test) {{TIME(2020-01-01T00:00:00Z)}}']);
  expect(JSON.stringify(teamsForm(form, mark))).not.toMatch(/]\(|\{\{TIME/);
});

describe('a form that was refused', () => {
  const form = disqualifyForm(policy());
  const values = { reason: 'timing', note: 'Two\nlines, {{braces}}' };
  const refused = { values, error: { field: 'note', text: line`"Wrong timing" needs a longer note.` } };

  test('comes back with what was typed, the error below its field', () => {
    const shown = teamsForm(form, mark, { refused });
    expect(read(shown.body).slice(2)).toEqual([
      '<Why?> timing',
      '<What marketing should learn from it> Two\nlines, {{braces}}',
      '"Wrong timing" needs a longer note.',
      'Needed for: Wrong timing',
      '[Disqualify] [Cancel]',
    ]);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('has the error on top when the form has no such field any more', () => {
    const error = { field: 'gone', text: line`Try again.` };
    const rows = read(teamsForm(form, mark, { refused: { values, error } }).body);
    expect(rows.slice(2, 4)).toEqual(['Try again.', '<Why?> timing']);
  });

  test('keeps no choice that is none any more', () => {
    const [reason] = inputs(
      teamsForm(form, mark, { refused: { ...refused, values: { reason: 'no_longer_there' } } }).body,
    );
    expect(reason).not.toHaveProperty('value');
  });
});
