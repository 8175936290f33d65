import { dayOf } from '../time/day.ts';
import { dateInWords } from '../time/local-time.ts';
import type { Line } from '../words/line.ts';
import type { Words } from '../words/words.ts';
import type { Answers, Field, Form } from './form.ts';

/** Several answers as one. */
export function lines(answers: readonly string[]): string {
  return answers.join('\n');
}

/** The answers that `lines` joined. */
export function severalOf(answer: string): string[] {
  return answer.split('\n').filter((one) => one !== '');
}

/** The number that was answered, with a point before its decimals; null when it is none, or has some that it may not. */
export function numberOf(answer: string, { decimals }: { decimals: boolean }): number | null {
  const pattern = decimals ? /^-?\d{1,15}(\.\d{1,15})?$/ : /^-?\d{1,15}$/;
  return pattern.test(answer) ? Number(answer) : null;
}

/** Whether it is a time of day, such as `09:30`. */
function isTime(answer: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(answer);
}

/** What is wrong with an answer. A choice or a text that is missing is a matter of what the form is for. */
export function faultOf(field: Field, answer: string, words: Words): Line | null {
  if (answer === '') return field.required ? missing(field, words) : null;
  switch (field.kind) {
    case 'choice':
    case 'search':
      return null;
    case 'choices': {
      const known = new Set(field.options.map(({ value }) => value));
      return severalOf(answer).every((one) => known.has(one)) ? null : words.line('faults.fromList');
    }
    case 'text': {
      const { length } = answer.trim();
      if (length <= field.maxLength) return null;
      return words.line('faults.tooLong', { length, most: field.maxLength });
    }
    case 'date': {
      const day = dayOf(answer);
      if (day === null) return words.line('faults.noDay');
      if (field.min === null || day >= field.min) return null;
      return words.line('faults.tooEarly', { day: dateInWords(field.min, words) });
    }
    case 'time':
      return isTime(answer) ? null : words.line('faults.noTime');
    case 'number': {
      const { decimals } = field;
      if (numberOf(answer, { decimals }) !== null) return null;
      return decimals ? words.line('faults.noNumber') : words.line('faults.noWholeNumber');
    }
    default:
      return field satisfies never;
  }
}

function missing({ kind }: Field, words: Words): Line | null {
  switch (kind) {
    case 'choices':
      return words.line('faults.atLeastOne');
    case 'date':
      return words.line('faults.aDay');
    case 'time':
      return words.line('faults.noTime');
    case 'number':
      return words.line('faults.aNumber');
    case 'choice':
    case 'text':
    case 'search':
      return null;
    default:
      return kind satisfies never;
  }
}

/** A form that begins with what was answered, as far as it can be an answer. */
export function filledIn(form: Form, answers: Answers): Form {
  return { ...form, fields: form.fields.map((field) => filled(field, answers[field.name])) };
}

function filled(field: Field, answer: string | undefined): Field {
  if (answer === undefined) return field;
  switch (field.kind) {
    case 'choice':
      return field.options.some(({ value }) => value === answer) ? { ...field, initial: answer } : field;
    case 'choices': {
      const chosen = new Set(severalOf(answer));
      return { ...field, initial: field.options.map(({ value }) => value).filter((one) => chosen.has(one)) };
    }
    case 'text':
      return { ...field, initial: answer };
    case 'date':
      return { ...field, initial: dayOf(answer) };
    case 'time':
      return { ...field, initial: isTime(answer) ? answer : null };
    case 'number':
      return { ...field, initial: numberOf(answer, { decimals: field.decimals }) };
    case 'search':
      // Whoever knows what it is called puts that in its place.
      return { ...field, initial: answer === '' ? null : { value: answer, label: answer } };
    default:
      return field satisfies never;
  }
}
