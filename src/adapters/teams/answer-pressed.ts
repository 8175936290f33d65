import { line, plain } from '../../domain/words/line.ts';
import type { Reply } from '../../flow/ports/chat.ts';
import { drawAnswer, sendAnswer } from './answer-words.ts';
import type { TeamsContext } from './context.ts';
import { nothing, type Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';

type PressedReply = Extract<Incoming, { kind: 'reply' }>;

/** A button of an answer, whose place the new answer takes; or of a bulletin, below which it comes. */
export async function answerPressed(pressed: PressedReply, context: TeamsContext): Promise<Outcome> {
  const { place, on, press, via } = pressed;
  const reply = await context.steps.answerPress(press);
  const asked = 'say' in press ? press.say : (press.again ?? '');
  const messageId = 'answer' in on ? (context.sent.messageOf(on.answer) ?? pressed.messageId) : null;
  if ('bulletin' in on || (via === 'submit' && messageId === null)) {
    await sendAnswer(place, reply, asked, context);
    return { shown: plain(inShort(reply)), untold: null };
  }
  const content = drawAnswer(reply, place.zone, { answer: on.answer, turn: on.turn + 1 }, asked);
  // A client that cannot invoke shows no answer.
  const shown = { shown: content.card, untold: messageId === null ? inShort(reply) : null };
  if (messageId === null) return shown;
  const { conversationId } = place;
  // Not awaited, so that the answer reaches whoever pressed before everything else.
  context.track(context.replace({ ...place, messageId }, content));
  if (reply.about) {
    const said = { platform: 'teams', conversationId, messageId, leadIds: reply.about } as const;
    await context.steps.noteSaid(said);
  }
  return via === 'invoke' ? shown : nothing;
}

function inShort({ title, notice = [] }: Reply) {
  return notice.length > 0 ? notice : line`${title}`;
}
