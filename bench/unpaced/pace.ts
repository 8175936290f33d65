import { burst as original, type Pace } from '../../src/adapters/pace.ts';

export { createPacer, type Pace, together, tooMany } from '../../src/adapters/pace.ts';

/** As many calls as one likes; those of one conversation still go out one after the other. */
export function burst(): Pace {
  return original(1_000_000, 1);
}

/** The same for the methods that are counted by the minute. */
export function quota(): Pace {
  return burst();
}
