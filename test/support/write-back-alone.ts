import { writeBack } from '../../src/flow/write-back.ts';

/** Tells HubSpot of a lone handoff; throws what failed. */
export function writeBackAlone(needs: Parameters<typeof writeBack>[0]) {
  return async ({ key, again }: { key: string; again: boolean }): Promise<void> => {
    const [came] = await writeBack(needs)([{ handoffId: key, again, job: null }]);
    if (typeof came === 'object') throw came.failed;
  };
}
