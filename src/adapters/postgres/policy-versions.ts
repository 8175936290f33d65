import type { Connection } from './connection.ts';

/** Keeps the text of a policy under its hash, so that every handoff can be explained by the policy it began under. */
export async function rememberPolicy(
  { prisma }: Pick<Connection, 'prisma'>,
  { hash, text }: { hash: string; text: string },
  now: Date,
): Promise<void> {
  await prisma.policyVersion.createMany({ data: { hash, text, since: now }, skipDuplicates: true });
}
