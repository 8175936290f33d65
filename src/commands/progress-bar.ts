import type { Terminal } from './terminal.ts';

/** Shows on a terminal how far something is that takes longer than a second. */
export type ProgressBar = { show(done: number): void; clear(): void };

const shownAfterMs = 1_000;
const redrawnAfterMs = 100;
const cells = 40;

export function progressBar(
  stream: Pick<Terminal['stderr'], 'isTTY' | 'write'>,
  clock: () => number,
): ProgressBar {
  const begun = clock();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    show: (done) => {
      const now = clock();
      if (!stream.isTTY || now - begun < shownAfterMs || now - drawn < redrawnAfterMs) return;
      drawn = now;
      const share = Math.min(1, Math.max(0, done));
      const full = Math.round(share * cells);
      stream.write(`\r${'█'.repeat(full)}${'░'.repeat(cells - full)} ${Math.round(share * 100)} %`);
    },
    clear: () => {
      if (drawn > begun) stream.write('\r\x1b[K');
    },
  };
}
