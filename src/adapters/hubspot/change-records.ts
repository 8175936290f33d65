import type { Outcome } from '../../flow/ports/crm.ts';
import type { HubSpot } from './client.ts';
import { isNotFound, refusedOf } from './error-answer.ts';
import { inLots, inRounds, maxRecords, outcomeOf } from './lots.ts';
import { type RecordWrite, updateRecords, without } from './update-records.ts';

/**
 * Writes records that the bot keeps up to date beside people, a hundred in a request. What HubSpot will not take of one
 * is left out; one that somebody deleted needs no more upkeep.
 */
export function changeRecords(
  hubspot: HubSpot,
  objectType: string,
  writes: readonly RecordWrite[],
): Promise<Outcome<void>[]> {
  async function writeAlone({ id, properties }: RecordWrite): Promise<void> {
    try {
      await updateRecords(hubspot, objectType, [{ id, properties }]);
    } catch (error) {
      if (isNotFound(error)) return;
      const rest = without(properties, refusedOf(error, properties));
      const left = Object.keys(rest).length;
      if (left === 0 || left === Object.keys(properties).length) throw error;
      await writeAlone({ id, properties: rest });
    }
  }

  async function write(lot: readonly RecordWrite[]): Promise<Outcome<void>[]> {
    const [first, ...others] = lot;
    if (first && others.length === 0) return [await outcomeOf(() => writeAlone(first))];
    const written = await updateRecords(hubspot, objectType, lot);
    return Promise.all(
      lot.map((change) =>
        outcomeOf(async () => {
          if (!written.has(change.id)) await writeAlone(change);
        }),
      ),
    );
  }

  return inRounds(writes, (round) => inLots(round, maxRecords, write));
}
