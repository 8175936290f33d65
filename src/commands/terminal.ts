import type { Writable } from 'node:stream';
import type { Clock } from '../flow/ports/time.ts';

/** Where a command is called, what it says, and what it is told by the environment. */
export type Terminal = {
  environment: NodeJS.ProcessEnv;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean };
  /** The machine's unless given. */
  clock?: Clock;
};

/**
 * Text that a terminal shows and does not obey: a lead may have written anything into its name. Line ends stay, and
 * tabs; other control characters, and those that turn the direction of reading, become the sign for what is unknown.
 */
export function harmless(text: string): string {
  return text.replaceAll(/\r(?!\n)|(?![\t\r\n])\p{Cc}|\p{Bidi_Control}/gu, '\ufffd');
}
