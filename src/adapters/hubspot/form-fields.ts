import { z } from 'zod';
import type { PropertyOption } from '../../domain/lead/portal-property.ts';
import type { HubSpot } from './client.ts';

/** The fields of a form by the names of their properties, in its order. */
export type FormFields = ReadonlyMap<string, FormField>;

/** A field as whoever fills in the form reads it; a hidden one nobody fills in. */
export type FormField = { label: string; hidden: boolean; options: readonly PropertyOption[] };

const field = z.object({
  name: z.string(),
  label: z.string(),
  hidden: z.boolean().default(false),
  options: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
});

const definition = z.object({
  fieldGroups: z.array(
    z.object({
      fields: z
        .array(
          field.extend({
            /** Those that are asked for because of what was answered before. */
            dependentFields: z.array(z.object({ dependentField: field })).default([]),
          }),
        )
        .default([]),
    }),
  ),
});

/** Reads what the fields of a form are called. */
export async function fieldsOfForm(hubspot: HubSpot, form: string): Promise<FormFields> {
  const read = await hubspot.send('read a form', { path: `/marketing/v3/forms/${form}` });
  const fields = definition
    .parse(read)
    .fieldGroups.flatMap((group) =>
      group.fields.flatMap(({ dependentFields, ...own }) => [
        own,
        ...dependentFields.map(({ dependentField }) => dependentField),
      ]),
    );
  return new Map(fields.map(({ name, ...rest }) => [name, rest]));
}
