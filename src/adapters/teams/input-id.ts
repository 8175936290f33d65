import { lines } from '../../domain/card/answers.ts';
import type { Answers, Field, FormName } from '../../domain/card/form.ts';
import { typed } from './typed.ts';

/** What the id of each input of a form begins with; cards of before held several forms. */
function prefixOf(form: FormName): string {
  return `${form}.`;
}

/** At the end of the id of one that takes several answers, which Teams sends with commas between them. */
const several = '[]';

export function inputId(form: FormName, { name, kind }: Pick<Field, 'name' | 'kind'>): string {
  return `${prefixOf(form)}${name}${kind === 'choices' ? several : ''}`;
}

/** A value among several: a comma of its own would end it. */
export function valueInSeveral(value: string): string {
  return value.replaceAll('%', '%25').replaceAll(',', '%2C');
}

/** The form's own inputs, by field; the data of the button and other forms' inputs may stand beside them. */
export function answersIn(form: FormName, inputs: Readonly<Record<string, unknown>>): Answers {
  const prefix = prefixOf(form);
  const answers = Object.entries(inputs).flatMap(([id, value]): [string, string][] => {
    // Numbers come as numbers.
    const text = typeof value === 'number' ? String(value) : value;
    if (!id.startsWith(prefix) || typeof text !== 'string') return [];
    const name = id.slice(prefix.length);
    return name.endsWith(several)
      ? [[name.slice(0, -several.length), lines(text.split(',').map(plainValue))]]
      : [[name, typed(text)]];
  });
  return Object.fromEntries(answers);
}

function plainValue(value: string): string {
  return value.replaceAll('%2C', ',').replaceAll('%25', '%');
}
