import type { Logger } from 'pino';
import { PolicyError } from '../policy-file.ts';
import type { Policies } from './policies.ts';
import type { StepNeeds } from './step-needs.ts';

type Needs = Pick<StepNeeds, 'holds' | 'clock'> & {
  policies: Policies;
  trySync: () => Promise<void>;
  log: Logger;
};

/** Puts the policy file in force as it is now, with its people, and has every lead looked at again that waits. */
export function reloadPolicy({ policies, trySync, holds, clock, log }: Needs) {
  return async (): Promise<boolean> => {
    try {
      const { version, changed } = await policies.reload();
      log.info({ policy: version, changed }, 'the policy was read again');
      // Whoever is new in it has to be known before a lead can be theirs.
      await trySync();
      await holds.wakeAll(clock());
      return true;
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      const { version } = policies.current();
      log.error(
        { policy: version, problems: error.problems },
        'the new policy is wrong; the old one stays in force',
      );
      return false;
    }
  };
}
