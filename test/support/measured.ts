import { postgresMeasures } from '../../src/adapters/postgres/measures.ts';
import { postgresRuns } from '../../src/adapters/postgres/runs.ts';
import type { Tally } from '../../src/domain/measure/tally.ts';
import { keepMeasured } from '../../src/flow/measure/keep-measured.ts';
import type { Side } from '../../src/flow/ports/measures.ts';
import { readPolicyFile } from '../../src/policy-file.ts';
import type { World } from './world.ts';

/** Everything that was ever handed over, measured as it stands, and how many handoffs had to be measured anew. */
export async function measuredIn(world: World, by: Side | null = null) {
  const measures = postgresMeasures(world.database);
  const { policy } = readPolicyFile(world.config.policyFile);
  const needs = { measures, runs: postgresRuns(world.database), clock: world.now, policy: () => policy };
  const count = await keepMeasured(needs);
  const sight = { from: new Date(0), until: new Date('2030-01-01T00:00:00Z') };
  const tallies: ReadonlyMap<string | null, Tally> = await measures.tallies(sight, by, world.now());
  return { count, tallies };
}
