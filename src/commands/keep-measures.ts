import type { Connection } from '../adapters/postgres/connection.ts';
import { postgresDirectory } from '../adapters/postgres/directory.ts';
import { postgresMeasures } from '../adapters/postgres/measures.ts';
import { postgresRuns } from '../adapters/postgres/runs.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { withAbsences, withHours } from '../domain/policy/working-hours.ts';
import { keepMeasured } from '../flow/measure/keep-measured.ts';

/** Brings the measures up to what has happened, by the working hours of now. @returns how many handoffs were measured */
export async function keepMeasures(connection: Connection, policy: Policy): Promise<number> {
  const [measures, directory] = [postgresMeasures(connection), postgresDirectory(connection)];
  const clock = () => new Date();
  const people = await directory.people();
  const hours = new Map(people.flatMap(({ id, hours }) => (hours ? [[id, hours] as const] : [])));
  const theirs = withAbsences(withHours(policy, hours), await directory.absences(clock()));
  return keepMeasured({ measures, runs: postgresRuns(connection), clock, policy: () => theirs });
}
