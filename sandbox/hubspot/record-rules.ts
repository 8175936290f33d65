import type { ObjectType } from './object-types.ts';
import { type ErrorDetail, invalid } from './rejection.ts';

/** One property that a record needs: always when it is made, or while another has a value. */
export type RecordRule = {
  type: ObjectType;
  required: string;
  when: 'created' | { property: string; value: string };
};

type Values = ReadonlyMap<string, string>;

/** Throws HubSpot's 400 when a new record, as it would be, lacks what the admin demands. */
export function obeyOnCreate(rules: readonly RecordRule[], type: ObjectType, record: Values): void {
  refuse(
    rules.flatMap((rule) => {
      if (rule.type !== type || filled(record, rule.required)) return [];
      return rule.when === 'created' ? missingOnCreate(rule) : conditional(rule, record);
    }),
  );
}

/** The same for a change of a record, as it would be after it; who was made incomplete may stay so. */
export function obeyOnUpdate(
  rules: readonly RecordRule[],
  type: ObjectType,
  record: Values,
  written: Values,
): void {
  refuse(
    rules.flatMap((rule) => {
      if (rule.type !== type || filled(record, rule.required) || rule.when === 'created') return [];
      const isTouched = written.has(rule.when.property) || written.has(rule.required);
      return isTouched ? conditional(rule, record) : [];
    }),
  );
}

function filled(record: Values, property: string): boolean {
  return (record.get(property) ?? '') !== '';
}

function missingOnCreate({ required }: RecordRule): ErrorDetail[] {
  const message = `A value for ${required} must be provided`;
  return [{ message, code: 'MISSING_REQUIRED_PROPERTY', context: { propertyName: [required] } }];
}

function conditional({ required, when }: RecordRule, record: Values): ErrorDetail[] {
  if (when === 'created' || record.get(when.property) !== when.value) return [];
  const message = `${required} is required because of a conditional property rule based on [${when.property}]`;
  const context = { propertyName: [required] };
  return [{ message, code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', context }];
}

function refuse(errors: ErrorDetail[]): void {
  if (errors.length > 0) throw invalid('The property values provided are invalid', errors);
}
