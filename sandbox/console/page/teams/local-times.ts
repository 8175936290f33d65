import type { CardState } from '../../protocol.ts';
import { formatted } from '../words.ts';

const dateForms: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  COMPACT: { year: 'numeric', month: 'numeric', day: 'numeric' },
  SHORT: { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
  LONG: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
};
const timeForm: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

/** Puts dates and times into a card's texts, in the reader's zone: the renderer knows only the browser's. */
export function withLocalTimes(card: CardState, zone: string): unknown {
  const localize = (value: unknown, names: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((one) => localize(one, names));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        if (typeof part === 'string') return [name, names.includes(name) ? localText(part, zone) : part];
        return [name, localize(part, name === 'facts' ? ['title', 'value'] : ['text'])];
      }),
    );
  };
  return localize(card, ['text']);
}

/** `{{DATE(2026-03-02T14:18:00Z,SHORT)}}` and `{{TIME(…)}}` as the reader reads them. */
function localText(text: string, zone: string): string {
  return text.replaceAll(
    /\{\{(DATE|TIME)\(([^,()]+)(?:, ?(COMPACT|SHORT|LONG))?\)\}\}/g,
    (whole, kind: string, at: string, form = 'COMPACT') => {
      const ms = Date.parse(at);
      if (Number.isNaN(ms)) return whole;
      return formatted(ms, zone, kind === 'TIME' ? timeForm : (dateForms[form] ?? {}));
    },
  );
}
