import type { ReplyAction } from '../../domain/card/reply-action.ts';
import type { Line } from '../../domain/words/line.ts';
import type { Reply } from '../ports/chat.ts';

/** A button that says something. */
export function sayIt(words: string, label: string): ReplyAction {
  return { kind: 'say', words, label };
}

/** An answer of a title and a few words. */
export function said(title: string, text: Line, actions: readonly ReplyAction[] = []): Reply {
  return { title, sections: text.length > 0 ? [{ kind: 'text', title: '', text }] : [], actions };
}
