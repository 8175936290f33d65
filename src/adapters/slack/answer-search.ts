import type { PlainTextOption } from '@slack/types';
import type { Option } from '../../domain/card/form.ts';
import { inTime } from '../in-time.ts';
import { traceOf } from '../log.ts';
import type { SlackContext } from './context.ts';
import { slackOptions } from './modals.ts';
import type { Suggested } from './parse-action.ts';
import { turnAway } from './turn-away.ts';

/** "A maximum of 100 options" ("block_suggestion payload"). */
const optionsMax = 100;

/** Letters typed into a field of a form. What is not found in time is none: Slack asks again with the next letter. */
export async function answerSearch(
  suggested: Suggested,
  ack: (answer: { options: PlainTextOption[] }) => Promise<void>,
  context: SlackContext,
): Promise<void> {
  const found = (await inTime(search(suggested, context), context.ackWithinMs)) ?? [];
  await ack({ options: slackOptions(found).slice(0, optionsMax) });
}

async function search(suggested: Suggested, context: SlackContext): Promise<readonly Option[]> {
  const { steps } = context;
  if (suggested.kind === 'unsupported') {
    steps.log.warn({ platform: 'slack', reason: suggested.reason }, 'a search in Slack that nobody handles');
    return [];
  }
  const { from, who, sought } = suggested;
  try {
    return (await turnAway(from, context)) ? [] : await steps.search(who, sought);
  } catch (error) {
    const { handoffId } = who;
    steps.log.error({ platform: 'slack', handoffId, ...traceOf(error) }, 'a search in Slack failed');
    return [];
  }
}
