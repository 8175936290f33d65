import { isDeepStrictEqual } from 'node:util';
import type { PersonId } from '../../domain/policy/policy.ts';
import type { Absence } from '../../domain/routing/availability.ts';
import type { AbsenceSource } from '../../flow/ports/people.ts';
import { toJson } from './stored-json.ts';
import type { Transaction } from './transaction.ts';

/** Replaces what one source says from now on about somebody's absences. */
export async function saveAbsences(
  tx: Transaction,
  whose: { rep: PersonId; source: AbsenceSource },
  said: readonly Absence[],
  now: Date,
): Promise<void> {
  // Two who replace nothing yet would both add.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('absences of ' || ${whose.rep}, 0))`;
  const absences = await sinceTheyBegan(tx, whose, said, now);
  const goesOn = { OR: [{ until: null }, { until: { gt: now } }] };
  const begins = absences.map(({ from }) => from);
  await tx.absence.deleteMany({
    where: { ...whose, ...goesOn, AND: { OR: [{ from: { gte: now } }, { from: { in: begins } }] } },
  });
  await tx.absence.updateMany({ where: { ...whose, ...goesOn }, data: { until: now } });
  const over = await tx.absence.findMany({ where: { ...whose, from: { in: begins } } });
  const isKept = ({ from, until }: Absence) =>
    over.some((one) => +one.from === +from && until !== null && Number(one.until) === +until);
  const added = absences.filter((absence) => !isKept(absence));
  await tx.absence.createMany({
    data: added.map(({ from, until, why }) => ({ ...whose, from, until, why: toJson(why) })),
  });
}

/** As they are stored: one that has no end and goes on for the same reason began when it was first heard of. */
async function sinceTheyBegan(
  tx: Transaction,
  whose: { rep: PersonId; source: AbsenceSource },
  said: readonly Absence[],
  now: Date,
): Promise<Absence[]> {
  const open = await tx.absence.findMany({ where: { ...whose, until: null }, orderBy: { from: 'asc' } });
  return said.map(({ from, until, why }) => {
    const isOpen = until === null && from <= now;
    const known = isOpen
      ? open.find((one) => isDeepStrictEqual(one.why, toJson(why)) && one.from < from)
      : undefined;
    return { from: known?.from ?? from, until, why };
  });
}
