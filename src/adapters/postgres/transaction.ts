import type { Prisma, PrismaClient } from './generated/client.ts';

export type Transaction = Prisma.TransactionClient;

/** As long as a lock may take when everybody wants the same one; far longer than any of our transactions. */
const options = { maxWait: 15_000, timeout: 15_000 };

/** Runs some statements as one transaction. No call to anybody but the database belongs inside. */
export function inTransaction<T>(prisma: PrismaClient, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, options);
}
