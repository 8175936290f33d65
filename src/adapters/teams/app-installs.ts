import { sendReply } from './answer-words.ts';
import type { TeamsContext } from './context.ts';
import { nothing, type Outcome } from './outcome.ts';
import type { Incoming, Place } from './parse-action.ts';

/**
 * Somebody added the app. Without where they are reached they would get no card: Teams then sends it again. It may tell
 * twice at the same time, in two ways, of which one counts.
 */
export async function answerInstalled(
  { place, userId }: Extract<Incoming, { kind: 'installed' }>,
  context: TeamsContext,
): Promise<Outcome> {
  const remembered = await remember(place, context);
  if (!remembered) return { ...nothing, status: 500 };
  if (!remembered.isNew) return nothing;
  return sendReply(place, 'help', () => context.steps.welcome({ platform: 'teams', userId }), context);
}

export async function answerUninstalled(
  { userId }: Extract<Incoming, { kind: 'uninstalled' }>,
  { steps, logFailure }: TeamsContext,
): Promise<Outcome> {
  try {
    await steps.installs.remove(userId);
    await steps.farewell({ platform: 'teams', userId });
  } catch (error) {
    logFailure(error, 'the removal of the app in Teams could not be noted');
  }
  return nothing;
}

/** Answers, and remembers where the sender is reached: Teams tells with everything that somebody sends. */
export function remembering<From extends { place: Place }>(
  answer: (incoming: From, context: TeamsContext) => Promise<Outcome>,
): (incoming: From, context: TeamsContext) => Promise<Outcome> {
  return async (incoming, context) => {
    const remembered = await remember(incoming.place, context);
    const outcome = await answer(incoming, context);
    if (remembered?.isNew) context.track(welcomeLate(incoming.place, context));
    return outcome;
  };
}

/**
 * Teams may move a conversation to another server, so that the latest place counts.
 * @returns whether somebody was unknown until now; null when that could not be read or saved
 */
async function remember(
  { userId, ...place }: Place,
  { steps: { installs, clock }, logFailure }: TeamsContext,
): Promise<{ isNew: boolean } | null> {
  try {
    const known = await installs.byUser(userId);
    const { memberId, conversationId, serviceUrl, zone, locale } = place;
    const same =
      known?.memberId === memberId &&
      known.conversationId === conversationId &&
      known.serviceUrl === serviceUrl &&
      (zone === null || known.zone === zone) &&
      (locale === null || known.locale === locale);
    return { isNew: !same && (await installs.save({ userId, ...place, emails: [] }, clock())) };
  } catch (error) {
    logFailure(error, 'where somebody is reached in Teams could not be saved');
    return null;
  }
}

/** Somebody whose adding the app was never heard of: they know the bot, so only the cards that wait are brought. */
async function welcomeLate({ userId }: Place, { steps, logFailure }: TeamsContext): Promise<void> {
  try {
    await steps.welcome({ platform: 'teams', userId });
  } catch (error) {
    logFailure(error, 'what waits for somebody in Teams could not be brought');
  }
}
