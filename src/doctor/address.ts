import { z } from 'zod';
import type { Clock } from '../flow/ports/time.ts';
import { type Check, type Finding, note, right, warning, wrong } from './check.ts';

const answersWithinMs = 10_000;

/** The doors turn away what was signed five minutes ago; the answer has been on its way for some of this. */
const mostSkewMs = 60_000;

const alive = z.object({ status: z.literal('alive') });

/** Whether the platforms can reach the bot, and whether its clock is theirs. */
export function addressChecks({
  publicUrl,
  hubspotUrl,
  clock = () => new Date(),
}: {
  publicUrl: string;
  hubspotUrl: string;
  clock?: Clock;
}): Check[] {
  return [
    { name: 'Public address', look: async () => [await ofAddress(publicUrl)] },
    { name: 'Clock', look: async () => [await ofClock(hubspotUrl, clock)] },
  ];
}

async function ofAddress(publicUrl: string): Promise<Finding> {
  const look = 'Start the bot, and lead PUBLIC_URL to it through a proxy with a certificate.';
  try {
    const answer = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(answersWithinMs) });
    const isOurs = alive.safeParse(await answer.json().catch(() => null)).success;
    if (!isOurs) return wrong(`${publicUrl}/healthz answers ${answer.status}, and not as the bot does`, look);
  } catch (error) {
    return wrong(`${publicUrl} does not answer: ${whyOf(error)}`, look);
  }
  return publicUrl.startsWith('https:')
    ? right(`${publicUrl} leads to a bot, as seen from here`)
    : warning(
        'the bot answers, but HubSpot, Slack and Teams call https addresses alone',
        'Lead PUBLIC_URL through a proxy with a certificate.',
      );
}

async function ofClock(hubspotUrl: string, clock: Clock): Promise<Finding> {
  const { headers } = await fetch(hubspotUrl, { signal: AbortSignal.timeout(answersWithinMs) });
  const theirs = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return note('HubSpot tells no time to compare it with');
  const skewMs = clock().getTime() - theirs;
  return Math.abs(skewMs) > mostSkewMs
    ? wrong(
        `The clock of this machine is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'ahead' : 'behind'}`,
        'Let it follow a time server (systemd-timesyncd, chrony): signatures of another time are turned away.',
      )
    : right('within a minute of HubSpot’s');
}

/** What broke off is told behind a "fetch failed". */
function whyOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
