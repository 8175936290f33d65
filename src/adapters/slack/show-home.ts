import { z } from 'zod';
import { traceOf } from '../log.ts';
import type { Sender } from './accounts.ts';
import type { SlackContext } from './context.ts';

const published = z.object({ hash: z.string().min(1) });

/** Slack's word for the state of the page that it has; Bolt's types do not know it. Null: there is none yet. */
export function hashOf(view: unknown): string | null {
  return published.safeParse(view).data?.hash ?? null;
}

/** Somebody opens their home: theirs to see are the leads of their own company alone. */
export async function showHome(from: Sender, hash: string | null, { steps }: SlackContext): Promise<void> {
  try {
    if (!(await steps.isColleague(from))) return;
    await steps.openHome({ platform: 'slack', userId: from.userId, hash });
  } catch (error) {
    steps.log.error({ platform: 'slack', ...traceOf(error) }, 'a Home tab in Slack could not be published');
  }
}
