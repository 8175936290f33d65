import { randomBytes } from 'node:crypto';

/** Slack lets an app open a modal within three seconds of the click that asked for it. */
const lifetimeMs = 3000;

type Trigger = {
  readonly userId: string;
  /** The view that the person acted in, if any: only there may a view be pushed. */
  readonly viewId: string | null;
  readonly issuedAt: number;
  exchanged: boolean;
};

type Exchange =
  | { ok: true; userId: string; viewId: string | null }
  | { ok: false; error: 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id' };

export type Triggers = ReturnType<typeof createTriggers>;

/** @param realTime milliseconds; not the sandbox's clock, as the app answers in real time */
export function createTriggers(realTime: () => number) {
  const triggers = new Map<string, Trigger>();
  return {
    issue(userId: string, viewId: string | null = null): string {
      const id = `${triggers.size + 1}.${realTime()}.${randomBytes(16).toString('hex')}`;
      triggers.set(id, { userId, viewId, issuedAt: realTime(), exchanged: false });
      return id;
    },
    exchange(id: string): Exchange {
      const trigger = triggers.get(id);
      if (trigger === undefined) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.exchanged) return { ok: false, error: 'exchanged_trigger_id' };
      if (realTime() - trigger.issuedAt > lifetimeMs) return { ok: false, error: 'expired_trigger_id' };
      trigger.exchanged = true;
      return { ok: true, userId: trigger.userId, viewId: trigger.viewId };
    },
  };
}
