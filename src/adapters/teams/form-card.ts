import type { Field, Form } from '../../domain/card/form.ts';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import { type Line, oneLine } from '../../domain/words/line.ts';
import { type Words, wordsIn } from '../../domain/words/words.ts';
import type { Action, ActionSet, AdaptiveCard, FormData, TextElement, TextRun } from './adaptive-card.ts';
import { byteLength, cardMaxBytes, shareOf } from './budget.ts';
import { button, verbs } from './button.ts';
import { datasetOf } from './dataset.ts';
import { choicesIn, fieldInput } from './field-input.ts';
import { frame, titleBlock } from './frame.ts';
import type { Zone } from './local-time.ts';
import { label, richLine, textBlock, textRun } from './text.ts';

/** Of what it is: `whose` is the lead in a line, `about` the title of the lead's card. */
export type FormMark = { handoffId: HandoffId; revision: number; whose: string; about: string };

/** Why nothing came of a form: at the field that is to be mended; above them all without one. */
export type FormError = { field: string | null; text: Line };

const titleMaxLength = 60;
const whoseMaxLength = 150;
const aboutMaxLength = 150;
const hintMaxLength = 160;
/** Leaves room for the sign of what is needed. */
const labelMaxLength = 58;
const errorLimits = { characters: 300, spans: 12 };

/**
 * A form, as a message of its own: the lead's card may change while somebody fills it in, and a client that draws a message
 * anew forgets what was typed into it. It never renews itself. Teams tells nothing of a choice before the form is sent
 * in: what is asked only then comes with the answer to that. Whoever chooses something else has to get past what was
 * asked because of the last choice, so that Teams insists on none of it.
 */
export function teamsForm(
  form: Form,
  { handoffId, revision, whose, about }: FormMark,
  { error, zone = null }: { error?: FormError; zone?: Zone } = {},
): AdaptiveCard {
  const words = wordsIn(form.language);
  const title = label(form.title, titleMaxLength);
  const of = oneLine(whose, whoseMaxLength);
  const asked = form.fields.map(({ name }) => name);
  const decisive = form.fields.findIndex((field) => field.kind === 'choice' && field.changes);
  const questions = form.fields.map((field, index) =>
    decisive !== -1 && index > decisive && field.required ? uninsisted(field) : field,
  );
  const data: FormData = {
    handoff: handoffId,
    revision,
    form: { name: form.name, about: oneLine(about, aboutMaxLength), asked },
  };
  const draw = (room: number): AdaptiveCard => {
    const fields = questions.flatMap((field) => {
      const dataset = datasetOf(handoffId, form, field);
      const { input, hint } = fieldInput(field, { form: form.name, room, dataset, words });
      const errors = error?.field === field.name ? errorItems(error.text, zone) : [];
      return [input, ...errors, ...hintItems(field.hint), ...hintItems(hint)];
    });
    const atField = asked.some((name) => name === error?.field);
    const errors = error && !atField ? errorItems(error.text, zone) : [];
    const actions = actionSet(submitButton(form, data), cancelButton(data, words));
    return frame(
      [
        titleBlock(title),
        ...(of ? [note(textRun(of, { isSubtle: true }))] : []),
        { type: 'Container', style: 'emphasis', items: [...errors, ...fields, actions] },
      ],
      `${title}. ${of}`,
    );
  };
  return draw(shareOf(cardMaxBytes - byteLength(draw(0)), choicesLengths(form)));
}

/** Needs an answer, and says so, but Teams sends the form without. */
function uninsisted(field: Field): Field {
  return { ...field, required: false, label: `${oneLine(field.label, labelMaxLength)} *` };
}

/** Bytes that the choices of each field take, for sharing out what a card may hold. */
function choicesLengths(form: Form): number[] {
  return form.fields.flatMap((field) =>
    field.kind === 'choice' || field.kind === 'choices' ? [byteLength(choicesIn(field))] : [],
  );
}

function submitButton(form: Form, data: FormData) {
  return button(form.submit, verbs.form(form.name), data, { style: 'positive' });
}

/** Whatever is in the inputs. */
function cancelButton(data: FormData, words: Words) {
  return button(words.text('forms.cancel'), verbs.cancel, data, { associatedInputs: 'none' });
}

function actionSet(...actions: Action[]): ActionSet {
  return { type: 'ActionSet', actions };
}

/** Below its input: a placeholder is gone as soon as somebody types. */
function hintItems(hint: string | null): TextElement[] {
  const text = oneLine(hint ?? '', hintMaxLength);
  return text ? [note(textRun(text, { size: 'small', isSubtle: true }))] : [];
}

function errorItems(text: Line, zone: Zone): TextElement[] {
  const inlines = richLine(text, errorLimits, zone, { color: 'attention' });
  return inlines.length > 0 ? [note(...inlines)] : [];
}

function note(...inlines: TextRun[]): TextElement {
  return { ...textBlock(...inlines), spacing: 'small' };
}
