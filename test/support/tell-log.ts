import { onTestFailed, TestRunner } from 'vitest';

const warning = 40;

/** With a test that fails, the warnings and errors that the app logged in it: what it could not do, and tries again. */
export function tellLogOfFailure(log: readonly string[]): void {
  if (!TestRunner.getCurrentTest()) return;
  onTestFailed(() => {
    const told = log.filter((line) => JSON.parse(line).level >= warning);
    process.stderr.write(`The app warned ${told.length} times.\n${told.join('')}`);
  });
}
