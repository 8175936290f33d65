import type { Connection } from './connection.ts';

/** Texts of policies by their hash, so that every handoff can be explained by the policy it began under. */
export function postgresPolicyTexts({ prisma }: Pick<Connection, 'prisma'>, clock: () => Date) {
  return {
    async save({ hash, text }: { hash: string; text: string }): Promise<void> {
      await prisma.policyVersion.createMany({ data: { hash, text, since: clock() }, skipDuplicates: true });
    },
    /** Those that open handoffs began under. */
    async inUse(): Promise<ReadonlyMap<string, string>> {
      const began = await prisma.handoff.findMany({
        where: { closedAt: null },
        distinct: ['policyVersion'],
        select: { policyVersion: true },
      });
      const hashes = began.map(({ policyVersion }) => policyVersion);
      const kept = await prisma.policyVersion.findMany({ where: { hash: { in: hashes } } });
      return new Map(kept.map(({ hash, text }) => [hash, text]));
    },
  };
}
