import type { Fields } from '../fields.ts';

/** The arguments of a call: strings when they came as a form, JSON values when they came as JSON. */
export type Arguments = Fields;

export function stringArgument(args: Arguments, name: string): string | null {
  const value = args[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function flagArgument(args: Arguments, name: string): boolean {
  return ['true', '1'].includes(stringArgument(args, name) ?? '');
}

/** A whole number in a range; `otherwise` when it is missing or not a number. */
export function numberArgument(
  args: Arguments,
  name: string,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
): number {
  const value = Number.parseInt(stringArgument(args, name) ?? '', 10);
  return Number.isNaN(value) ? otherwise : Math.min(max, Math.max(min, value));
}

/** A JSON argument, which a form carries as text: `undefined` when missing or not JSON. */
export function jsonArgument(args: Arguments, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
