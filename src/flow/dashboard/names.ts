import { sourceInWords } from '../../domain/lead/source-words.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { triggerOf } from '../../domain/policy/triggers.ts';
import { weekInWords } from '../../domain/time/week-words.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Side } from '../ports/measures.ts';
import type { Asked } from './page.ts';

/** What people call one of a side. */
export function nameOn(
  side: Side,
  name: string | null,
  { policy, names, visit }: Pick<Asked, 'policy' | 'names' | 'visit'>,
): string {
  const { words } = visit;
  if (name === null) return words.text(side === 'team' ? 'dashboard.noTeam' : 'dashboard.unknown');
  switch (side) {
    case 'rep':
      return names.get(name) ?? name;
    case 'trigger':
      return triggerOf(policy, name)?.label ?? name;
    case 'source':
      return sourceInWords(name, words);
    case 'week':
      return weekInWords(name, words);
    case 'team':
      return name;
    default:
      return side satisfies never;
  }
}

/** How sales calls why a lead was sent back. */
export function reasonInWords(reason: string | null, policy: Policy, words: Words): string {
  if (reason === null || reason === '') return words.text('dashboard.noReason');
  return policy.disqualifyReasons.find(({ name }) => name === reason)?.label ?? reason;
}
