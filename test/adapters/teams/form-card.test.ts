import { describe, expect, test } from 'vitest';
import type { Action, CardElement, InputElement } from '../../../src/adapters/teams/adaptive-card.ts';
import { teamsForm } from '../../../src/adapters/teams/form-card.ts';
import { type Answers, type Field, type Form, formNames } from '../../../src/domain/card/form.ts';
import { formFor, graceForm, reassignForm } from '../../../src/domain/card/form-for.ts';
import { line } from '../../../src/domain/words/line.ts';
import { wordsIn } from '../../../src/domain/words/words.ts';
import { view } from '../../domain/card/card-words.ts';
import { touchForm } from '../../support/forms.ts';
import { buttonsOf, everyElement, problemsOf, read } from './client.ts';

const about = 'Demo request: Priya Nair';
const whose = 'Priya Nair · Northwind';
const mark = { handoffId: 'h-1', revision: 7, whose, about };
const asked = ['kind', 'outcome', 'note'];
const data = { handoff: 'h-1', revision: 7, form: { name: 'logTouch', about, asked } };

const disqualify = (answers?: Answers): Form =>
  formFor('disqualify', view(), answers) ?? expect.fail('no form');

const grace = graceForm(
  [
    { value: '15', label: '15 minutes' },
    { value: 'untilMorning', label: 'Until tomorrow morning' },
  ],
  { words: wordsIn('en') },
);

function reassign(...people: [id: string, name: string][]): Form {
  const options = people.map(([value, label]) => ({ value, label }));
  return reassignForm(options, { words: wordsIn('en') });
}

/** What stands below what it is about. */
function questions(form: Form): readonly CardElement[] {
  const last = teamsForm(form, mark).body.at(-1);
  return last?.type === 'Container' ? last.items : [];
}

function inputs(elements: readonly CardElement[]): InputElement[] {
  return everyElement(elements).filter((element): element is InputElement =>
    element.type.startsWith('Input.'),
  );
}

describe('a form', () => {
  test('says of whom it is, then come its questions and its buttons', () => {
    const shown = teamsForm(touchForm(), mark);
    expect(read(shown.body)).toEqual([
      '*Log a Touch*',
      'Priya Nair · Northwind',
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
    expect(inputs(questions(disqualify()))[0]).toEqual({
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

  test('gives a text room and a limit', () => {
    const [, note] = questions(disqualify());
    expect(note).toEqual({
      type: 'Input.Text',
      id: 'disqualify.note',
      label: 'What should marketing know?',
      isMultiline: true,
      maxLength: 2000,
    });
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

  test('has as many as fit, and finds the others by what is typed', () => {
    expect(people?.length).toBeGreaterThan(300);
    expect(inputs(shown.body)[0]).toMatchObject({
      style: 'filtered',
      'choices.data': {
        type: 'Data.Query',
        dataset: JSON.stringify({ handoff: 'h-1', form: 'reassign', field: 'to', several: false, given: {} }),
      },
    });
    expect(JSON.stringify(shown)).toContain(`Type to find one of ${900 - (people?.length ?? 0)} more`);
    expect(Buffer.byteLength(JSON.stringify(shown))).toBeLessThanOrEqual(25_000);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('keeps the one that is chosen', () => {
    const { fields, ...form } = reassign(...many);
    const chosen = {
      ...form,
      fields: fields.map((field) => ({ ...field, initial: 'rep899@acme.test' }) as Field),
    };
    const [input] = inputs(teamsForm(chosen, mark).body);
    expect(input).toMatchObject({ value: 'rep899@acme.test' });
    expect(JSON.stringify(input)).toContain('"title":"Rep 899"');
  });
});

test('Teams insists on no answer to what only the last choice asked', () => {
  const first = { name: 'kind', label: 'Kind?', hint: null, required: true };
  const form: Form = {
    ...touchForm(),
    fields: [
      { ...first, kind: 'choice', options: [{ value: 'a', label: 'A' }], initial: 'a', changes: true },
      { ...first, name: 'day', label: 'When?', kind: 'date', min: null, initial: null },
    ],
  };
  const [kind, day] = inputs(teamsForm(form, mark).body);
  expect(kind).toMatchObject({ label: 'Kind?', isRequired: true });
  expect(day).toMatchObject({ label: 'When? *' });
  expect(day).not.toHaveProperty('isRequired');
});

describe('a question', () => {
  const it = { name: 'it', label: 'It?', hint: null, required: true };
  const options = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ value: `v,${n}`, label: `Option ${n}` }));
  const table: [title: string, field: Field, input: object][] = [
    [
      'for a few of ten is a list to tick, whose values may hold commas',
      { ...it, kind: 'choices', options: options(10), initial: ['v,3', 'v,4'] },
      { id: 'logTouch.it[]', isMultiSelect: true, style: 'expanded', value: 'v%2C3,v%2C4' },
    ],
    [
      'for a few of more is a menu',
      { ...it, kind: 'choices', options: options(11), initial: [] },
      { isMultiSelect: true, style: 'compact' },
    ],
    [
      'for a day begins with the first one that may be chosen',
      { ...it, kind: 'date', min: '2026-03-02', initial: '2026-06-01' },
      { type: 'Input.Date', min: '2026-03-02', value: '2026-06-01' },
    ],
    [
      'for a number is one',
      { ...it, kind: 'number', decimals: true, initial: 12.5 },
      { type: 'Input.Number', value: 12.5 },
    ],
    [
      'for a record is answered by typing',
      { ...it, kind: 'search', source: 'otherLeads', initial: { value: '7', label: 'Lea' } },
      {
        style: 'filtered',
        value: '7',
        choices: [{ title: 'Lea', value: '7' }],
        'choices.data': { type: 'Data.Query' },
      },
    ],
  ];
  test.each(table)('%s', (_, field, input) => {
    const shown = teamsForm({ ...touchForm(), fields: [field] }, mark);
    expect(problemsOf(shown)).toEqual([]);
    expect(inputs(shown.body)[0]).toMatchObject(input);
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
  const form = disqualify({ reason: 'timing', note: 'Two\nlines, {{braces}}' });
  const error = { field: 'note', text: line`"Wrong timing" needs a longer note.` };

  test('comes back with what was typed, the error below its field', () => {
    const shown = teamsForm(form, mark, { error });
    expect(read(shown.body).slice(2)).toEqual([
      '<Why?> timing',
      '<What should marketing know? *> Two\nlines, {{braces}}',
      '"Wrong timing" needs a longer note.',
      '[Disqualify] [Cancel]',
    ]);
    expect(problemsOf(shown)).toEqual([]);
  });

  test('has the error on top when the form has no such field any more', () => {
    const rows = read(teamsForm(form, mark, { error: { field: 'gone', text: line`Try again.` } }).body);
    expect(rows.slice(2, 4)).toEqual(['Try again.', '<Why?> timing']);
  });

  test('keeps no choice that is none any more', () => {
    const [reason] = inputs(teamsForm(disqualify({ reason: 'no_longer_there' }), mark, { error }).body);
    expect(reason).not.toHaveProperty('value');
  });
});
