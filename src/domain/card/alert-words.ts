import type { Alert, HandoffEvent } from '../handoff/handoff.ts';
import { type Line, type Names, person } from '../words/line.ts';
import { wordsIn } from '../words/words.ts';

/** Who was told outside of the chats, or why they could not be. */
export function alertWords(
  event: Extract<HandoffEvent, { type: 'alerted' | 'notAlerted' }>,
  names: Names,
): Line {
  const words = wordsIn('en');
  const whom = whoIsAlerted(event.alert, names);
  if (event.type === 'notAlerted') return words.line('notify.notAlerted', { whom, why: event.why });
  return words.line('notify.alerted', { whom });
}

function whoIsAlerted(alert: Alert, names: Names): Line {
  const words = wordsIn('en');
  return alert.kind === 'mail'
    ? words.line('notify.byMail', { to: person(alert.to, names) })
    : words.line('notify.byWebhook', { name: alert.name });
}
