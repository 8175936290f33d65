import { z } from 'zod';
import { policySchema } from './schema.ts';

/** A JSON Schema as far as its keys are looked up here. */
export type JsonSchema = {
  $ref?: string;
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  definitions?: Readonly<Record<string, JsonSchema>>;
};

/** The policy file for editors: draft 7, which they know best. */
export function policyJsonSchema(): JsonSchema {
  return {
    ...z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7' }),
    title: 'Handoff policy',
  } as JsonSchema;
}

/** The keys that the policy may have at a path. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  const root = policyJsonSchema();
  const found = path.reduce<JsonSchema[]>(
    (schemas, key) =>
      schemas.flatMap((schema) => {
        if (typeof key === 'number') return choicesOf(schema.items, root);
        const { properties = {}, additionalProperties } = schema;
        if (Object.hasOwn(properties, key)) return choicesOf(properties[String(key)], root);
        return typeof additionalProperties === 'object' ? choicesOf(additionalProperties, root) : [];
      }),
    [root],
  );
  return [...new Set(found.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

/** A schema behind its references, and each of its alternatives. */
function choicesOf(schema: JsonSchema | undefined, root: JsonSchema): JsonSchema[] {
  if (!schema) return [];
  const name = schema.$ref?.replace('#/definitions/', '');
  const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? []), root.definitions?.[name ?? ''] ?? {}];
  return [schema, ...(parts.length > 1 || name ? parts.flatMap((part) => choicesOf(part, root)) : [])];
}
