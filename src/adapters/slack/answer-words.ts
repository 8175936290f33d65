import type { AckFn, RespondArguments, RespondFn } from '@slack/bolt';
import type { Line } from '../../domain/words/line.ts';
import type { Reply } from '../../flow/ports/chat.ts';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import { sorry } from '../refusals.ts';
import { answerUnsupported, stillWorking } from './attempt.ts';
import { type Content, slackLine } from './card.ts';
import type { SlackContext } from './context.ts';
import { parseAsk } from './parse-action.ts';
import { slackReply } from './reply.ts';
import { hasChart } from './send-reply.ts';
import { turnAway } from './turn-away.ts';
import { answerLater, privately, whisper } from './whisper.ts';

type Said = { reply: Reply; asked: string } | { line: Line };

/** Words after the slash command. */
export async function answerWords(
  payload: unknown,
  { ack, respond }: { ack: AckFn<RespondArguments>; respond: RespondFn },
  context: SlackContext,
): Promise<void> {
  const coming = answerTo(payload, context).then(async (said) => {
    // Slack does not say what becomes of an acknowledgement, and a chart may be refused.
    if ('line' in said || !hasChart(said.reply, context.charts)) return said;
    await answerLater(respond, said, 'whispered', context);
    return 'told';
  });
  const early = await inTime(coming, context.ackWithinMs);
  if (early === 'told') return ack();
  if (early) return ack(privately(contentOf(early)));
  await ack(privately(slackLine(stillWorking, new Map())));
  const late = await coming;
  if (late !== 'told') await whisper(respond, contentOf(late), context);
}

function contentOf(said: Said): Content {
  return 'line' in said ? slackLine(said.line, new Map()) : slackReply(said.reply, said.asked);
}

/** What a step has to say, or an apology when it throws. */
async function answerTo(payload: unknown, context: SlackContext): Promise<Said> {
  const { steps } = context;
  try {
    const asked = parseAsk(payload);
    if (asked.kind === 'unsupported') return { line: answerUnsupported(asked, context).text };
    const { from, text } = asked;
    const away = await turnAway(from, context);
    if (away) return { line: away };
    const { userId } = from;
    return { reply: await steps.answerCommand({ platform: 'slack', userId, text }), asked: text };
  } catch (error) {
    steps.log.error({ platform: 'slack', ...traceOf(error) }, 'a command in Slack failed');
    return { line: sorry };
  }
}
