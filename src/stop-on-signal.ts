import { traceOf } from './adapters/log.ts';

/** npm passes on a Ctrl-C that the terminal has sent already: only a later one means impatience. */
const repeatsWithinMs = 1000;

/** Stops once on SIGINT or SIGTERM and ends the process; a second signal, later, ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSince: number | null = null;
  const onSignal = () => {
    if (stoppingSince === null) {
      stoppingSince = performance.now();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(traceOf(error));
          process.exit(1);
        },
      );
    } else if (performance.now() - stoppingSince > repeatsWithinMs) process.exit(130);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
}
