import type { Presence } from './presence.ts';

/** What wants a turn: the later the job was added, the higher its id; jobs of one key replace each other. */
export type Claim = { id: number; key: string | null };

/** Lets the jobs about one subject run one at a time, in all processes together. */
export type Turns = {
  /**
   * Waits for the subject to be free; in this process the claims take their turns in the order of their ids.
   * @returns how to end the turn; null when a later job of the same key has come, which will do the work.
   */
  take(subject: string, claim: Claim): Promise<(() => void) | null>;
};

type Waiting = Claim & { go: (mayGo: boolean) => void };

/**
 * The job queue's own named queues do this too, but poll: the next job of a queue begins up to two seconds after the
 * one before has ended, and each name ever used makes every search for a job slower.
 */
export function takeTurns(presence: Presence): Turns {
  /** Who waits, by subject, while somebody has the turn. */
  const queues = new Map<string, Waiting[]>();

  function wait(queue: Waiting[], claim: Claim): Promise<boolean> {
    return new Promise((go) => {
      queue.push({ ...claim, go });
      queue.sort((a, b) => a.id - b.id);
      const replaced = queue.findIndex((earlier, index) => {
        return earlier.key !== null && queue.slice(index + 1).some((later) => later.key === earlier.key);
      });
      if (replaced >= 0) queue.splice(replaced, 1)[0]?.go(false);
    });
  }

  function pass(subject: string, queue: Waiting[]): void {
    const next = queue.shift();
    if (next) next.go(true);
    else queues.delete(subject);
  }

  return {
    take: async (subject, claim) => {
      let queue = queues.get(subject);
      if (queue) {
        if (!(await wait(queue, claim))) return null;
      } else {
        queue = [];
        queues.set(subject, queue);
      }
      const own = queue;
      try {
        await presence.hold(subject);
      } catch (error) {
        pass(subject, own);
        throw error;
      }
      return () => {
        presence.release(subject);
        pass(subject, own);
      };
    },
  };
}
