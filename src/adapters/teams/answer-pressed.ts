import { type Line, line, plain } from '../../domain/words/line.ts';
import type { Reply } from '../../flow/ports/chat.ts';
import { bringForm } from './answer-form.ts';
import { drawAnswer, sendAnswer } from './answer-words.ts';
import type { TeamsContext } from './context.ts';
import { nothing, type Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';

type PressedReply = Extract<Incoming, { kind: 'reply' }>;
type OpenFromReply = Extract<Incoming, { kind: 'openFromReply' }>;

/** A button of an answer, whose place the new answer takes; or of a bulletin, below which it comes. */
export async function answerPressed(pressed: PressedReply, context: TeamsContext): Promise<Outcome> {
  const { press } = pressed;
  const reply = await context.steps.answerPress(press);
  const asked = 'say' in press ? press.say : (press.again ?? '');
  return answerInPlace(pressed, reply, asked, context);
}

/** Brings a form as a message of its own; the answer on which its button stands is brought up to date. */
export async function answerOpenFromReply(open: OpenFromReply, context: TeamsContext): Promise<Outcome> {
  const { who, again, on } = open;
  const brought = await bringForm(open, context);
  const { refused } = brought;
  if (again === null || 'bulletin' in on) {
    // Teams takes a click without an answer for one that failed.
    return { shown: brought.refused ? plain(brought.refused) : brought.title, untold: refused };
  }
  const { platform, userId } = who;
  const reply = await context.steps.answerCommand({ platform, userId, text: again });
  return answerInPlace(open, { ...reply, ...(refused && { notice: refused }) }, again, context);
}

/** Somebody looks at an answer again: it is shown as it would be now. */
export async function answerRenew(
  { place, on, userId, asked, messageId: told }: Extract<Incoming, { kind: 'renew' }>,
  { steps, sent }: TeamsContext,
): Promise<Outcome> {
  if ('bulletin' in on) return nothing;
  const reply = await steps.answerCommand({ platform: 'teams', userId, text: asked });
  const messageId = sent.messageOf(on.answer) ?? told;
  const { about = [] } = reply;
  if (messageId !== null && about.length > 0) {
    const { conversationId } = place;
    await steps.noteSaid({ platform: 'teams', conversationId, messageId, leadIds: about });
  }
  return { shown: drawAnswer(reply, place.zone, on, asked).card, untold: null };
}

async function answerInPlace(
  { place, on, via, messageId: told }: Pick<PressedReply, 'place' | 'on' | 'via' | 'messageId'>,
  reply: Reply,
  asked: string,
  context: TeamsContext,
): Promise<Outcome> {
  const messageId = 'answer' in on ? (context.sent.messageOf(on.answer) ?? told) : null;
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

function inShort({ title, notice = [] }: Reply): Line {
  return notice.length > 0 ? notice : line`${title}`;
}
