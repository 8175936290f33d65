import type { Presence } from './presence.ts';

/** Lets the jobs of one key run one at a time, in all processes together. */
export type Turns = {
  /**
   * Waits until no other job of this key is running.
   * @param jobId the later a job was added, the higher.
   * @returns how to end the turn; null when a later job waits for the same turn, which will do the work of both.
   */
  take(key: string, jobId: number): Promise<(() => void) | null>;
};

type Waiting = { jobId: number; go: (mayGo: boolean) => void };

/**
 * The job queue's own named queues do this too, but poll: the next job of a queue begins up to two seconds after the
 * one before has ended, and each name ever used makes every search for a job slower.
 */
export function takeTurns(presence: Presence): Turns {
  /** For each key that has its turn in this process, who waits for the next. */
  const taken = new Map<string, { next: Waiting | null }>();

  function wait(turn: { next: Waiting | null }, jobId: number): Promise<boolean> {
    return new Promise((go) => {
      if (turn.next && turn.next.jobId > jobId) return go(false);
      turn.next?.go(false);
      turn.next = { jobId, go };
    });
  }

  return {
    take: async (key, jobId) => {
      const running = taken.get(key);
      if (running && !(await wait(running, jobId))) return null;
      const turn: { next: Waiting | null } = running ?? { next: null };
      taken.set(key, turn);

      const pass = () => {
        const { next } = turn;
        turn.next = null;
        if (next) next.go(true);
        else taken.delete(key);
      };
      try {
        await presence.hold(key);
      } catch (error) {
        pass();
        throw error;
      }
      return () => {
        presence.release(key);
        pass();
      };
    },
  };
}
