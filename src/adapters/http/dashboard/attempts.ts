const minuteMs = 60_000;

/** Counts what failed in the current minute. @param most from so many on it is over until the next one */
export function attempts(most: number, clock: () => Date): { failed(): void; isOver(): boolean } {
  let minute = 0;
  let count = 0;
  const turn = () => {
    const now = Math.floor(clock().getTime() / minuteMs);
    if (now !== minute) [minute, count] = [now, 0];
  };
  return {
    failed: () => {
      turn();
      count += 1;
    },
    isOver: () => {
      turn();
      return count >= most;
    },
  };
}
