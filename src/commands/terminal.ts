import type { Writable } from 'node:stream';

/** Where a command is called, what it says, and what it is told by the environment. */
export type Terminal = {
  environment: NodeJS.ProcessEnv;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean };
};
