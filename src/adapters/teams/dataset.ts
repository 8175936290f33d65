import { z } from 'zod';
import { type Answers, type Field, type Form, formNames } from '../../domain/card/form.ts';

/** What is searched: Teams sends this back with what somebody types, and of the card's other inputs nothing. */
const shape = z.object({
  handoff: z.string().min(1).max(255),
  form: z.enum(formNames),
  field: z.string().min(1).max(255),
  /** Whether it takes more than one answer. */
  several: z.boolean(),
  /** The answers on which the form depends, as they were when it was drawn. */
  given: z.record(z.string(), z.string()),
});

export type Dataset = z.output<typeof shape>;

export function datasetOf(handoff: string, form: Form, { name: field, kind }: Field): string {
  const given: Answers = Object.fromEntries(
    form.fields.flatMap((one): [string, string][] =>
      one.kind === 'choice' && one.changes && one.initial !== null ? [[one.name, one.initial]] : [],
    ),
  );
  const dataset: Dataset = { handoff, form: form.name, field, several: kind === 'choices', given };
  return JSON.stringify(dataset);
}

/** Null when it is none of ours. */
export function readDataset(text: string): Dataset | null {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
