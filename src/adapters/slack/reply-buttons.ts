import type { Button } from '@slack/types';
import type { ReplyAction } from '../../domain/card/reply-action.ts';
import { isWebLink } from '../../domain/words/line.ts';
import { actionIds } from './action-ids.ts';
import { buttonFor } from './blocks.ts';

/** On what a button stands: an answer, with the words that bring it anew, or a bulletin, which stays as it is. */
export type Origin = { on: 'answer'; again: string | null } | { on: 'bulletin' };

/** Longer than any words that mean something; what is longer is not asked again. */
export const wordsMaxLength = 500;

/**
 * Buttons outside of a card. Slack wants each to have an id of its own within its block.
 * @param about tells them from the same buttons elsewhere
 */
export function replyButtons(actions: readonly ReplyAction[], about: string, origin: Origin): Button[] {
  return actions.flatMap((action, index): Button[] => {
    const named = buttonFor(about, action.label);
    switch (action.kind) {
      case 'say': {
        const style = action.primary ? ({ style: 'primary' } as const) : {};
        const value = valueFor({ say: action.words }, origin);
        return [{ ...named, ...style, action_id: `${actionIds.say}.${index}`, value }];
      }
      case 'act': {
        const again = origin.on === 'answer' ? origin.again : null;
        const value = valueFor({ handoff: action.handoffId, again }, origin);
        return [{ ...named, action_id: `${actionIds.act(action.command)}.${index}`, value }];
      }
      case 'command': {
        const style = action.primary ? ({ style: 'primary' } as const) : {};
        const action_id = actionIds.command(action.command);
        return [{ ...named, ...style, action_id, value: action.handoffId }];
      }
      case 'form':
        return [{ ...named, action_id: actionIds.form(action.form), value: action.handoffId }];
      case 'link':
        return isWebLink(action.url)
          ? [{ ...named, action_id: `${actionIds.link}.${index}`, url: action.url }]
          : [];
      default:
        return action satisfies never;
    }
  });
}

type Meant = { say: string } | { handoff: string; again: string | null };

function valueFor(meant: Meant, { on }: Origin): string {
  return JSON.stringify({ ...meant, on });
}
