import type { PortalProperty } from '../lead/portal-property.ts';
import { dayOf } from '../time/day.ts';
import { lines, severalOf } from './answers.ts';
import { type Field, noteMaxLength } from './form.ts';

/** The question for a property of the portal's, which begins with the value that it has. */
export function portalField(property: PortalProperty, value: string, { required = false } = {}): Field {
  const { name, label, kind, options } = property;
  const question = { name, label, hint: null, required };
  const answer = answerOf(property, value);
  switch (kind) {
    case 'text':
    case 'longText':
      return { ...question, kind: 'text', maxLength: noteMaxLength, initial: answer };
    case 'number':
      return { ...question, kind, decimals: true, initial: answer === '' ? null : Number(answer) };
    case 'date':
    case 'time':
      return { ...question, kind: 'date', min: null, initial: dayOf(answer) };
    case 'choice':
      return { ...question, kind, options, initial: answer || null };
    case 'choices':
      return { ...question, kind, options, initial: severalOf(answer) };
    default:
      return kind satisfies never;
  }
}

/** A value as it is answered in a form. */
function answerOf({ kind }: PortalProperty, value: string): string {
  switch (kind) {
    case 'date':
    case 'time':
      return value.slice(0, '2026-12-31'.length);
    case 'choices':
      return lines(value.split(separator).filter((one) => one !== ''));
    default:
      return value;
  }
}

/** HubSpot's sign between the values of a property that has several. */
const separator = ';';

/** What HubSpot is to have for an answer; null: it has that already. */
export function writtenFor(property: PortalProperty, answer: string, value: string): string | null {
  const given = answer.trim();
  if (given === answerOf(property, value).trim()) return null;
  switch (property.kind) {
    case 'time':
      // Noon in UTC is the same day nearly everywhere.
      return given && `${given}T12:00:00Z`;
    case 'choices':
      return severalOf(given).join(separator);
    default:
      return given;
  }
}

/** A value as people read it: 50,000 for 50000, and what the pages call a choice. */
export function shownOf({ kind, options }: PortalProperty, value: string): string {
  const labelOf = (one: string) => options.find((option) => option.value === one)?.label ?? one;
  switch (kind) {
    case 'number':
      return value && Number(value).toLocaleString('en-US', { maximumFractionDigits: 20 });
    case 'choice':
      return labelOf(value);
    case 'choices':
      return value.split(separator).map(labelOf).join(', ');
    case 'time':
      return value.slice(0, '2026-12-31'.length);
    default:
      return value;
  }
}
