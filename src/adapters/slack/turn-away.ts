import { type Line, line } from '../../domain/words/line.ts';
import { traceOf } from '../log.ts';
import { foreigner } from '../refusals.ts';
import type { Sender } from './accounts.ts';
import type { SlackContext } from './context.ts';

const unsure = line`Slack does not tell me right now whether you work here. Nothing was changed; try again in a minute.`;

/** Why somebody is told nothing and may change nothing; null when they are of our own company. */
export async function turnAway(from: Sender, { steps }: SlackContext): Promise<Line | null> {
  try {
    return (await steps.isColleague(from)) ? null : foreigner;
  } catch (error) {
    steps.log.warn({ platform: 'slack', ...traceOf(error) }, 'Slack did not tell whether somebody is ours');
    return unsure;
  }
}
