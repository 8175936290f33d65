import type { Field, FormName, Option } from '../../domain/card/form.ts';
import { dateInWords } from '../../domain/time/local-time.ts';
import { clean, cut } from '../../domain/words/line.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Choice, ChoiceSet, InputElement } from './adaptive-card.ts';
import { fitting } from './budget.ts';
import { inputId, valueInSeveral } from './input-id.ts';
import { label } from './text.ts';

const labelMaxLength = 60;
const choiceMaxLength = 75;
const valueMaxLength = 255;
const textMaxLength = 2000;

/** So many choices are seen at a glance, more are in a menu. */
const seenAtOnce = 10;

type Place = {
  form: FormName;
  /** Bytes for its choices. */
  room: number;
  /** By which Teams asks for choices that are not there. */
  dataset: string;
  words: Words;
};

/** One question, with a word on how to find what it does not list. */
export function fieldInput(field: Field, place: Place): { input: InputElement; hint: string | null } {
  const named = { id: inputId(place.form, field), label: label(field.label, labelMaxLength) };
  // Teams has words of its own for nothing that it does not take.
  const isChecked = field.required || ['date', 'time', 'number'].includes(field.kind);
  const asked = {
    ...named,
    ...(field.required && { isRequired: true as const }),
    ...(isChecked && { errorMessage: expected(field, place.words) }),
  };
  const plainly = (input: InputElement) => ({ input, hint: null });
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return choiceSet(field, asked, place);
    case 'text': {
      const maxLength = Math.min(field.maxLength, textMaxLength);
      const value = cut(clean(field.initial ?? ''), maxLength);
      return plainly({
        type: 'Input.Text',
        ...asked,
        isMultiline: true,
        maxLength,
        ...(value && { value }),
      });
    }
    case 'date': {
      const { min, initial: value } = field;
      return plainly({ type: 'Input.Date', ...asked, ...(min && { min }), ...(value && { value }) });
    }
    case 'time': {
      const { initial: value } = field;
      return plainly({ type: 'Input.Time', ...asked, ...(value && { value }) });
    }
    case 'number': {
      const { initial: value } = field;
      return plainly({ type: 'Input.Number', ...asked, ...(value !== null && { value }) });
    }
    case 'search': {
      const choices = choicesOf(field.initial === null ? [] : [field.initial]);
      const value = choices[0]?.value;
      return plainly({
        type: 'Input.ChoiceSet',
        ...asked,
        style: 'filtered',
        placeholder: place.words.text('forms.search'),
        choices,
        'choices.data': { type: 'Data.Query', dataset: place.dataset },
        ...(value && { value }),
      });
    }
    default:
      return field satisfies never;
  }
}

function expected(field: Field, words: Words): string {
  switch (field.kind) {
    case 'choice':
    case 'search':
      return words.text('faults.chooseOne');
    case 'choices':
      return words.text('faults.atLeastOne');
    case 'text':
      return words.text('faults.writeSomething');
    case 'date':
      return field.min === null
        ? words.text('faults.aDay')
        : words.text('faults.tooEarly', { day: dateInWords(field.min, words) });
    case 'time':
      return words.text('faults.noTime');
    case 'number':
      return words.text('faults.aNumber');
    default:
      return field satisfies never;
  }
}

/** What does not fit is found by typing. */
function choiceSet(
  field: Choosing,
  asked: Pick<ChoiceSet, 'id' | 'label' | 'isRequired' | 'errorMessage'>,
  { room, dataset, words }: Place,
): { input: ChoiceSet; hint: string | null } {
  const isSeveral = field.kind === 'choices';
  const all = choicesIn(field);
  const begun = new Set(isSeveral ? field.initial.map(valueInSeveral) : [field.initial]);
  const chosen = all.filter(({ value }) => begun.has(value));
  const others = all.filter(({ value }) => !begun.has(value));
  // Those that are chosen are kept before all others, should they not all fit.
  const kept = new Set(fitting([...chosen, ...others], room, { atLeast: Math.max(1, chosen.length) }));
  const isCut = kept.size < all.length;
  const isSeen = isSeveral && all.length <= seenAtOnce;
  const value = chosen.map((one) => one.value).join(',');
  return {
    input: {
      type: 'Input.ChoiceSet',
      ...asked,
      style: isCut ? 'filtered' : isSeen ? 'expanded' : 'compact',
      ...(isSeveral && { isMultiSelect: true }),
      placeholder: words.text('forms.choose'),
      choices: all.filter((choice) => kept.has(choice)),
      ...(isCut && { 'choices.data': { type: 'Data.Query', dataset } }),
      ...(value && { value }),
    },
    hint: isCut ? words.text('forms.typeToFind', { count: all.length - kept.size }) : null,
  };
}

type Choosing = Extract<Field, { kind: 'choice' | 'choices' }>;

/** What there is to choose from in a field. */
export function choicesIn({ kind, options }: Pick<Choosing, 'kind' | 'options'>): Choice[] {
  const choices = choicesOf(options);
  return kind === 'choice'
    ? choices
    : choices.map(({ title, value }) => ({ title, value: valueInSeveral(value) }));
}

/** An option that Teams cannot carry is left out: it would make Teams refuse all of them. */
function choicesOf(options: readonly Option[]): Choice[] {
  return options
    .filter(({ value }) => value !== '' && value.length <= valueMaxLength)
    .map(({ value, label: title }) => ({ title: label(title, choiceMaxLength), value }));
}
