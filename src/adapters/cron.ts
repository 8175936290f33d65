import { schedule } from 'node-cron';

type Call = () => Promise<void>;
/** Stops the schedule and waits for a call that is running. */
type Stop = () => Promise<void>;

/**
 * Calls a function again and again by elapsed time, never while an earlier call of it is still running. Timers of Node
 * know neither zones nor the clock on the wall: nobody who moves these can stop it, as they can stop node-cron.
 * @param firstAfterMs when it is called for the first time; like the others, unless given
 */
export function every(
  everyMs: number,
  call: Call,
  onError: (error: unknown) => void,
  { firstAfterMs = everyMs }: { firstAfterMs?: number } = {},
): Stop {
  const { begin, done } = oneAtATime(call, onError);
  let timer = setTimeout(() => {
    timer = setInterval(begin, everyMs);
    begin();
  }, firstAfterMs);
  return async () => {
    clearTimeout(timer);
    await done();
  };
}

/**
 * Calls a function at times of the calendar, never while an earlier call of it is still running. A time that the clock
 * jumped over is made up for when node-cron notices, within a day. When the clock is set back it waits until that has
 * caught up: what must not wait for so long is also asked for by `every`.
 * @param expression as node-cron reads it, such as `30 3 * * *` for half past three each night
 * @param zone whose calendar, such as `Europe/Berlin`
 */
export function byCalendar(
  expression: string,
  zone: string,
  call: Call,
  onError: (error: unknown) => void,
): Stop {
  const { begin, done } = oneAtATime(call, onError);
  const task = schedule(expression, begin, { timezone: zone });
  task.on('execution:missed', begin);
  return async () => {
    await task.destroy();
    await done();
  };
}

function oneAtATime(call: Call, onError: (error: unknown) => void) {
  let running: Promise<void> | null = null;
  const begin = () => {
    running ??= call()
      .catch(onError)
      .finally(() => {
        running = null;
      });
  };
  return { begin, done: async () => running };
}
