/** The work of an adapter that has not ended yet; a stopping process waits for it. */
export type UnderWay = {
  track<Value>(work: Promise<Value>): Promise<Value>;
  /** Resolves when nothing is being worked on any more. */
  settled(): Promise<void>;
};

export function createUnderWay(): UnderWay {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      const tracked = work.finally(() => running.delete(tracked));
      running.add(tracked);
      return tracked;
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
