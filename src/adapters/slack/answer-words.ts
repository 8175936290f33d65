import type { AckFn, RespondArguments, RespondFn } from '@slack/bolt';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import { sorry } from '../refusals.ts';
import { answerUnsupported, stillWorking } from './attempt.ts';
import { type Content, slackLine } from './card.ts';
import type { SlackContext } from './context.ts';
import { parseAsk } from './parse-action.ts';
import { slackReply } from './reply.ts';
import { turnAway } from './turn-away.ts';
import { privately, whisper } from './whisper.ts';

/** Words after the slash command. */
export async function answerWords(
  payload: unknown,
  slack: { ack: AckFn<RespondArguments>; respond: RespondFn },
  context: SlackContext,
): Promise<void> {
  const content = replyTo(payload, context);
  const early = await inTime(content, context.ackWithinMs);
  await slack.ack(privately(early ?? slackLine(stillWorking, new Map())));
  if (!early) await whisper(slack.respond, await content, context);
}

/** What a step has to say, or an apology when it throws. */
async function replyTo(payload: unknown, context: SlackContext): Promise<Content> {
  const { steps } = context;
  try {
    const asked = parseAsk(payload);
    if (asked.kind === 'unsupported') return slackLine(answerUnsupported(asked, context).text, new Map());
    const { from, text } = asked;
    const away = await turnAway(from, context);
    if (away) return slackLine(away, new Map());
    const { userId } = from;
    return slackReply(await steps.answerCommand({ platform: 'slack', userId, text }), text);
  } catch (error) {
    steps.log.error({ platform: 'slack', ...traceOf(error) }, 'a command in Slack failed');
    return slackLine(sorry, new Map());
  }
}
