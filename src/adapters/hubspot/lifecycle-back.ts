import { type Crm, type Outcome, resultOf, type WriteReceipt } from '../../flow/ports/crm.ts';
import { batchReader } from './batch-read.ts';
import type { HubSpot } from './client.ts';
import { inLots, maxRecords, outcomeOf, succeeded } from './lots.ts';
import { updateRecords } from './update-records.ts';

const stage = 'lifecyclestage';

/**
 * Writes contacts, and those that go back to an earlier lifecycle stage first to none: HubSpot moves a stage only forward,
 * unless it is empty, and ignores anything else in silence, so that it is read again afterwards.
 * https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide (lifecycle stages)
 */
export function movingBack(hubspot: HubSpot, write: Crm['writeLeads']): Crm['writeLeads'] {
  const readStages = batchReader(hubspot, 'contacts', () => [stage]);
  return async (writes) => {
    const back = writes.filter(({ change }) => change.lifecycleBack);
    if (back.length === 0) return write(writes);
    const cleared = await clearStages(
      hubspot,
      back.map(({ id }) => id),
    );
    const wanted = writes.filter(({ id }) => cleared.get(id)?.ok ?? true);
    const written = await write(wanted);
    const outcomes = new Map(wanted.map((one, index) => [one, written[index] as Outcome<WriteReceipt>]));
    const stages = new Map(
      (await readStages([...cleared.keys()])).map(({ id, properties }) => [id, properties[stage]]),
    );
    return Promise.all(
      writes.map((one) =>
        outcomeOf(async () => {
          const outcome = outcomes.get(one);
          if (!outcome) return resultOf(cleared.get(one.id) as Outcome<never>);
          const receipt = resultOf(outcome);
          const { lifecycleBack } = one.change;
          const isRefused = lifecycleBack && stages.has(one.id) && stages.get(one.id) !== lifecycleBack;
          if (!isRefused || receipt.refusedProperties.includes(stage)) return receipt;
          return { ...receipt, refusedProperties: [...receipt.refusedProperties, stage] };
        }),
      ),
    );
  };
}

async function clearStages(hubspot: HubSpot, ids: readonly string[]): Promise<Map<string, Outcome<void>>> {
  const contacts = [...new Set(ids)];
  const outcomes = await inLots(contacts, maxRecords, async (lot) => {
    await updateRecords(
      hubspot,
      'contacts',
      lot.map((id) => ({ id, properties: { [stage]: '' } })),
    );
    return lot.map(() => succeeded(undefined));
  });
  return new Map(contacts.map((id, index) => [id, outcomes[index] as Outcome<void>]));
}
