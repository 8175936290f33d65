import type { Connection } from './connection.ts';

/** Texts of policies by their hash, so that every handoff can be explained by the policy it began under. */
export function postgresPolicyTexts(
  { prisma, pool }: Pick<Connection, 'prisma' | 'pool'>,
  clock: () => Date,
) {
  return {
    async save({ hash, text }: { hash: string; text: string }): Promise<void> {
      await prisma.policyVersion.createMany({ data: { hash, text, since: clock() }, skipDuplicates: true });
    },
    /** Those that open handoffs began under. */
    async inUse(): Promise<ReadonlyMap<string, string>> {
      const { rows } = await pool.query<{ hash: string; text: string }>(
        `select hash, text from policy_version
          where hash in (select state ->> 'policyVersion' from handoff where closed_at is null)`,
      );
      return new Map(rows.map(({ hash, text }) => [hash, text]));
    },
  };
}
