import type { ReplyAction } from '../../domain/card/reply-action.ts';
import type { Words } from '../../domain/words/words.ts';
import type { Reply } from '../ports/chat.ts';
import { said, sayIt } from './said.ts';

/** Words that are no time, with those that could be meant. */
export function absenceUnread(
  why: 'absence.notATime' | 'absence.notACount' | 'absence.hasPassed' | 'absence.endsFirst',
  words: string,
  speak: Words,
): Reply {
  const time = words.replace(/^(?:(?:until|today|at) )+/i, '');
  const isTime = why === 'absence.hasPassed' && /^\d{1,2}(?::\d\d)?(?: ?[ap]m)?$/i.test(time);
  const isCount = why === 'absence.notACount';
  const tries: ReplyAction[] = [
    ...(isTime ? [sayIt(`ooo tomorrow ${time}`, speak.text('absence.sayTime', { time }))] : []),
    ...(isCount && Number(words) > 0 && Number(words) < 24
      ? [sayIt(`ooo ${words}:00`, speak.text('absence.sayAt', { time: `${words}:00` }))]
      : []),
    ...(isCount && Number(words) > 0 && Number(words) < 1000
      ? [sayIt(`ooo ${words} days`, speak.text('absence.sayDays', { days: Number(words) }))]
      : []),
    sayIt('ooo tomorrow', speak.text('absence.tomorrow')),
    sayIt('ooo friday', speak.text('absence.untilFriday')),
    sayIt('ooo next week', speak.text('absence.nextWeek')),
  ];
  return said(speak.text(why, { said: words }), speak.line('absence.orType'), tries);
}
