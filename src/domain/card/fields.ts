import { type Field, noteMaxLength, type Option } from './form.ts';

/** A question with options, of which one has to be chosen. */
export function choice(
  name: string,
  label: string,
  options: readonly Option[],
  initial: string | null = null,
): Extract<Field, { kind: 'choice' }> {
  return { kind: 'choice', name, label, hint: null, required: true, options, initial };
}

/** Room for a few words. */
export function note(label: string, { required } = { required: false }): Field {
  return { kind: 'text', name: 'note', label, hint: null, required, maxLength: noteMaxLength };
}
