import { type Line, line, plain } from '../../domain/words/line.ts';
import type { Answer } from '../../flow/ports/chat.ts';
import { sorry } from '../refusals.ts';
import { teamsCard, teamsLine } from './card.ts';
import type { TeamsContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { Incoming } from './parse-action.ts';

type Refresh = Extract<Incoming, { kind: 'refresh' }>;

/** Somebody looks at a card. */
export async function answerRefresh(refresh: Refresh, context: TeamsContext): Promise<Outcome> {
  return showCurrentCard(refresh, {}, null, context);
}

/**
 * Answers with the card as it stands now.
 * @param options what it shows beside
 * @param answer to what was done on the card just before; null when it is only looked at
 */
export async function showCurrentCard(
  { place, messageId, attempt, who }: Omit<Refresh, 'kind'>,
  options: Parameters<typeof teamsCard>[2],
  answer: Answer | null,
  context: TeamsContext,
): Promise<Outcome> {
  const { zone } = place;
  const untold = answer && !answer.done ? answer.text : null;
  try {
    const seen = await context.steps.refreshCard({ ...who, messageId, attempt });
    if ('card' in seen) return { shown: teamsCard(seen.card, seen.mark, { ...options, zone }), untold };
    if ('refused' in seen) return { shown: teamsLine(untold ?? seen.refused, null, zone), untold };
    if (seen.isNobodys && messageId) {
      // Not awaited, so that the answer reaches Teams before the removal does.
      context.track(context.takeBack({ ...place, messageId }));
    }
    const said: Line = untold ? line`${untold} ${seen.instead}` : seen.instead;
    return { shown: teamsLine(said, null, zone), untold };
  } catch (error) {
    context.logFailure(error, 'a card in Teams could not be looked at again', who.handoffId);
    // Words leave the card where it is, with the buttons to try again.
    return { shown: plain(answer?.text ?? sorry), untold };
  }
}
