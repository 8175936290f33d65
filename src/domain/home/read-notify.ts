import type { NotifyRule } from '../policy/policy.ts';
import { inEnglish, meaningsOf } from '../words/typed.ts';

/** What somebody wants of how they are told again. */
export type NotifyWish =
  | { do: 'show' }
  | { do: 'removeAll' }
  | { do: 'add' | 'remove'; rule: NotifyRule }
  | { do: 'unknown' };

/** Words that may stand between the others. */
const between = new Set(['me', 'after', 'in']);
const removals = new Set(['remove', 'delete', 'no']);
const ends = new Set(['off', 'none', 'stop', 'nothing', 'remove all']);

const meanings = meaningsOf(['after', 'again', 'mail', 'off', 'remove', 'minutes', 'hours']);

/** Reads "mail after 30 min", "again 10", "webhook pager after 1 h", "remove mail after 30 min" and "off", in any language. */
export function readNotify(words: string): NotifyWish {
  const said = inEnglish(words.split(/\s+/).filter(Boolean), meanings);
  if (said.length === 0) return { do: 'show' };
  if (ends.has(said.join(' ').toLowerCase())) return { do: 'removeAll' };
  const removes = removals.has(said[0]?.toLowerCase() ?? '');
  const rule = readRule(removes ? said.slice(1) : said);
  return rule ? { do: removes ? 'remove' : 'add', rule } : { do: 'unknown' };
}

function readRule(said: readonly string[]): NotifyRule | null {
  const [kind = '', ...others] = said.filter((word) => !between.has(word.toLowerCase()));
  const [name = ''] = others;
  switch (kind.toLowerCase()) {
    case 'again':
    case 'mail': {
      const afterMinutes = minutesIn(others);
      return afterMinutes === null
        ? null
        : { kind: kind.toLowerCase() === 'mail' ? 'mail' : 'again', afterMinutes };
    }
    case 'webhook': {
      const afterMinutes = minutesIn(others.slice(1));
      return afterMinutes === null ? null : { kind: 'webhook', name, afterMinutes };
    }
    default:
      return null;
  }
}

function minutesIn(said: readonly string[]): number | null {
  const [, amount, unit = 'm'] =
    /^(\d{1,4})(m|min|minutes?|h|hours?)?$/.exec(said.join('').toLowerCase()) ?? [];
  const minutes = Number(amount ?? 0) * (unit.startsWith('h') ? 60 : 1);
  return minutes > 0 ? minutes : null;
}

/** The words that say a rule. */
export function sayRule(rule: NotifyRule): string {
  const what = rule.kind === 'webhook' ? `webhook ${rule.name}` : rule.kind;
  return `${what} after ${rule.afterMinutes} min`;
}
