import type { ReplyAction } from '../../domain/card/reply-action.ts';
import { isWebLink } from '../../domain/words/line.ts';
import type { Action, Pressing } from './adaptive-card.ts';
import { button, buttonTitle, urlMaxLength, verbs } from './button.ts';

/**
 * On what a button stands: an answer, which of its states, and the words that bring it anew; or a bulletin, which stays as it
 * is.
 */
export type Origin = Pressing & { again?: string };

/** Longer than any words that mean something; what is longer is not asked again. */
export const wordsMaxLength = 500;

/** Buttons outside of a card. */
export function replyButtons(actions: readonly ReplyAction[], { again, ...on }: Origin): Action[] {
  const primary = actions.find((action) => 'primary' in action && action.primary);
  return actions.flatMap((action): Action[] => {
    const options = {
      associatedInputs: 'none',
      ...(action === primary && { style: 'positive' as const }),
    } as const;
    switch (action.kind) {
      case 'say':
        return [button(action.label, verbs.say, { say: action.words, ...on }, options)];
      case 'act': {
        const data = { handoff: action.handoffId, ...on, ...(again !== undefined && { again }) };
        return [button(action.label, verbs.act(action.command), data, options)];
      }
      case 'command': {
        const data = { handoff: action.handoffId, ...on };
        return [button(action.label, verbs.command(action.command), data, options)];
      }
      case 'form': {
        const data = { handoff: action.handoffId, ...on, ...(again !== undefined && { again }) };
        return [button(action.label, verbs.open(action.form), data, options)];
      }
      case 'link':
        return isWebLink(action.url) && action.url.length <= urlMaxLength
          ? [{ type: 'Action.OpenUrl', title: buttonTitle(action.label), url: action.url }]
          : [];
      default:
        return action satisfies never;
    }
  });
}
