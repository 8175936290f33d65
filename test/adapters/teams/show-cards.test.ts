import { describe, expect, test } from 'vitest';
import type {
  Action,
  AdaptiveCard,
  CardElement,
  InputElement,
} from '../../../src/adapters/teams/adaptive-card.ts';
import { teamsCard } from '../../../src/adapters/teams/card.ts';
import type { Card } from '../../../src/domain/card/card.ts';
import { type Form, formNames } from '../../../src/domain/card/form.ts';
import { disqualifyForm, graceForm, reassignForm, touchForm } from '../../../src/domain/card/form-for.ts';
import { line } from '../../../src/domain/card/text.ts';
import { policy } from '../../support/examples.ts';
import { buttonsOf, everyElement, problemsOf, read } from './client.ts';

const mark = { handoffId: 'h-1', revision: 7 };

const grace = graceForm([
  { value: '15', label: '15 minutes' },
  { value: 'untilMorning', label: 'Until tomorrow morning' },
]);

function reassign(...people: [id: string, name: string][]): Form {
  return reassignForm(people.map(([value, label]) => ({ value, label })));
}

function cardWith(...forms: Form[]): AdaptiveCard {
  const card: Card = {
    title: 'Demo request',
    tone: 'new',
    status: line`Respond soon`,
    sections: [],
    actions: forms.map((form) => ({ kind: 'form', form, label: form.title, primary: false })),
    history: [],
  };
  return teamsCard(card, mark);
}

/** What unfolds below the only button. */
function unfolded(form: Form): readonly CardElement[] {
  const [button] = buttonsOf(cardWith(form).body);
  return button?.type === 'Action.ShowCard' ? button.card.body : [];
}

function inputs(elements: readonly CardElement[]): InputElement[] {
  return everyElement(elements).filter(
    (element) => element.type === 'Input.ChoiceSet' || element.type === 'Input.Text',
  );
}

describe('a form', () => {
  test('unfolds to its questions and its button', () => {
    expect(read(unfolded(touchForm()))).toEqual([
      '<What did you do?> call',
      '<How did it go?>',
      '<Worth knowing next time>',
      '[Log Touch]',
    ]);
  });

  test('is sent with the verb, the handoff and the revision, as an invoke or as a message', () => {
    const [submit]: readonly (Action | undefined)[] = buttonsOf(unfolded(touchForm()));
    const data = { handoff: 'h-1', revision: 7 };
    expect(submit).toEqual({
      type: 'Action.Execute',
      title: 'Log Touch',
      verb: 'handoff.form.logTouch',
      data,
      style: 'positive',
      fallback: {
        type: 'Action.Submit',
        title: 'Log Touch',
        data: { ...data, verb: 'handoff.form.logTouch' },
        style: 'positive',
      },
    });
  });

  test('asks for a choice in a menu, and says what to do when it is missing', () => {
    expect(inputs(unfolded(disqualifyForm(policy())))[0]).toEqual({
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
    const [, note, hint] = unfolded(disqualifyForm(policy()));
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
    expect(inputs(unfolded(form))[0]).toMatchObject({
      isRequired: true,
      errorMessage: 'Write something here.',
      maxLength: 2000,
    });
  });

  test('starts with the usual choice', () => {
    expect(inputs(unfolded(grace))[0]).toMatchObject({ value: '15' });
  });
});

test.each(formNames)('%s is sent with a verb of its own', (name) => {
  const [submit] = buttonsOf(unfolded({ ...touchForm(), name }));
  expect(submit).toMatchObject({ verb: `handoff.form.${name}` });
  expect(inputs(unfolded({ ...touchForm(), name }))[0]?.id).toBe(`${name}.kind`);
});

test('forms with the same questions have ids of their own', () => {
  const card = cardWith(touchForm(), disqualifyForm(policy()));
  const ids = inputs(card.body).map(({ id }) => id);
  expect(ids).toEqual([
    'logTouch.kind',
    'logTouch.outcome',
    'logTouch.note',
    'disqualify.reason',
    'disqualify.note',
  ]);
  expect(problemsOf(card)).toEqual([]);
});

describe('a menu of more people than a card can hold', () => {
  const many = Array.from({ length: 900 }, (_, n): [string, string] => [`rep${n}@acme.test`, `Rep ${n}`]);
  const card = cardWith(reassign(...many), grace);
  const [people, minutes] = inputs(card.body).map((input) =>
    input.type === 'Input.ChoiceSet' ? input.choices : [],
  );

  test('has as many as fit, and says how many do not', () => {
    expect(people?.length).toBeGreaterThan(200);
    expect(JSON.stringify(card)).toContain(`and ${900 - (people?.length ?? 0)} more that do not fit here`);
    expect(problemsOf(card)).toEqual([]);
  });

  test('takes nothing from the other forms', () => {
    expect(minutes?.map(({ title }) => title)).toEqual(['15 minutes', 'Until tomorrow morning']);
  });
});

test('a choice that Teams cannot carry does not cost the whole card', () => {
  const card = cardWith(reassign(['', 'x'], [`${'x'.repeat(300)}@acme.test`, 'x'], ['bo@acme.test', 'Bo']));
  expect(inputs(card.body)[0]).toMatchObject({ choices: [{ title: 'Bo', value: 'bo@acme.test' }] });
  expect(problemsOf(card)).toEqual([]);
});

test('a name is neither a link nor a time', () => {
  const form = reassign(['bo@acme.test', '[Bo](https://evil.test) {{TIME(2020-01-01T00:00:00Z)}}']);
  expect(JSON.stringify(cardWith(form))).not.toMatch(/]\(|\{\{TIME/);
});

test('what was typed comes back as it was, but for a choice that is none any more', () => {
  const form = disqualifyForm(policy());
  const card: Card = {
    title: 'Demo request',
    tone: 'new',
    status: line`Respond soon`,
    sections: [],
    actions: [{ kind: 'form', form, label: 'Disqualify', primary: false }],
    history: [],
  };
  const values = { reason: 'no_longer_there', note: 'Two\nlines, {{braces}}' };
  const error = { field: 'reason', text: line`Choose one.` };
  const shown = teamsCard(card, mark, { open: { form: 'disqualify', values, error } });
  const [reason, note] = inputs(shown.body);
  expect(reason).not.toHaveProperty('value');
  expect(note).toMatchObject({ value: 'Two\nlines, {{braces}}' });
  expect(problemsOf(shown)).toEqual([]);
});
