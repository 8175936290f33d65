import type { Alert, HandoffEvent } from '../handoff/handoff.ts';
import { type Line, person } from '../words/line.ts';
import { whyLine } from '../words/why.ts';
import type { Saying } from './reasons.ts';

/** Who was told outside of the chats, or why they could not be. */
export function alertWords(
  event: Extract<HandoffEvent, { type: 'alerted' | 'notAlerted' }>,
  { names, words }: Saying,
): Line {
  const whom = whoIsAlerted(event.alert, { names, words });
  if (event.type === 'notAlerted')
    return words.line('notify.notAlerted', { whom, why: whyLine(event.why, words) });
  return words.line('notify.alerted', { whom });
}

function whoIsAlerted(alert: Alert, { names, words }: Saying): Line {
  return alert.kind === 'mail'
    ? words.line('notify.byMail', { to: person(alert.to, names) })
    : words.line('notify.byWebhook', { name: alert.name });
}
