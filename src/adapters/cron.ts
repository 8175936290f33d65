import { schedule } from 'node-cron';

/**
 * Calls a function on a schedule, never while an earlier call of it is still running.
 * @param expression six fields, seconds first, as node-cron reads them.
 * @returns a function that stops the schedule and waits for a call that is running.
 */
export function every(
  expression: string,
  call: () => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const task = schedule(
    expression,
    () => {
      running = call().catch(onError);
      return running;
    },
    { noOverlap: true },
  );
  return async () => {
    await task.destroy();
    await running;
  };
}
