import {
  type Crm,
  type HandoffRecord,
  type LeadChange,
  type Outcome,
  only,
  type WriteReceipt,
} from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, type RefusedProperty } from './error-answer.ts';
import { inLots, inRounds, maxRecords, outcomeOf } from './lots.ts';
import { handoffPropertyNames } from './properties.ts';
import { type RecordWrite, updateRecords } from './update-records.ts';

/** As long as nobody runs `handoff setup`, a missing property would cost every write a second request. */
const rememberRefusedMs = 10 * 60_000;

/**
 * Writes contacts, a hundred in a request. What this portal cannot take, because nobody made the property or removed
 * one of its options, is left out and reported; everything else is written.
 */
export function leadWriter(hubspot: HubSpot, clock: Clock): Crm['writeLeads'] {
  /** Property, or property with value, → until when it is not tried again. */
  const refusedUntil = new Map<string, number>();

  const isRefused = (name: string, value: string) => {
    const now = clock().getTime();
    return [name, optionKey(name, value)].some((key) => (refusedUntil.get(key) ?? 0) > now);
  };

  function withoutRefused({ id, properties }: RecordWrite): RecordWrite {
    const accepted = Object.entries(properties).filter(([name, value]) => !isRefused(name, value));
    return { id, properties: Object.fromEntries(accepted) };
  }

  async function write(lot: readonly RecordWrite[]): Promise<Outcome<WriteReceipt>[]> {
    for (;;) {
      const accepted = lot.map(withoutRefused);
      const writes = accepted.filter(({ properties }) => Object.keys(properties).length > 0);
      try {
        const written = await updateRecords(hubspot, 'contacts', writes);
        return await Promise.all(
          lot.map((asked, index) => {
            const { properties } = accepted[index] ?? asked;
            const names = Object.keys(properties);
            return outcomeOf(async () => {
              if (names.length > 0 && !written.has(asked.id)) return only(await write([asked]));
              return {
                missingProperties: Object.keys(asked.properties).filter((name) => !names.includes(name)),
              };
            });
          }),
        );
      } catch (error) {
        const refused = dispensableIn(error, writes);
        if (refused.length === 0) throw error;
        for (const key of refused) refusedUntil.set(key, clock().getTime() + rememberRefusedMs);
      }
    }
  }

  return (writes) => {
    const records = writes.map(({ id, change }) => ({ id, properties: valuesOf(change) }));
    return inRounds(records, (round) => inLots(round, maxRecords, write));
  };
}

function optionKey(name: string, value: string): string {
  return `${name}=${value}`;
}

/** What can be left out so that HubSpot takes the rest; nothing when it refused anything else as well. */
function dispensableIn(error: unknown, writes: readonly RecordWrite[]): string[] {
  const refused = answerBehind(error)?.refused ?? [];
  const keys = refused
    .filter(({ name }) => writes.some(({ properties }) => name in properties))
    .map((property) => dispensable(property, writes));
  return keys.every((key) => key !== null) ? keys : [];
}

function dispensable({ name, code }: RefusedProperty, writes: readonly RecordWrite[]): string | null {
  if (code === 'PROPERTY_DOESNT_EXIST') return name;
  // An owner that HubSpot does not know is no gap in the portal's setup, and nothing to write around.
  if (code !== 'INVALID_OPTION' || name === 'hubspot_owner_id') return null;
  // Which of several values was meant, HubSpot does not tell.
  const [value, ...others] = new Set(writes.flatMap(({ properties }) => properties[name] ?? []));
  return value !== undefined && others.length === 0 ? optionKey(name, value) : null;
}

function valuesOf({ ownerId, lifecycleStage, leadStatus, record = {} }: LeadChange): Record<string, string> {
  const values: Record<string, string | null | undefined> = {
    hubspot_owner_id: ownerId,
    lifecyclestage: lifecycleStage,
    hs_lead_status: leadStatus,
  };
  for (const [field, name] of Object.entries(handoffPropertyNames)) {
    const value = record[field as keyof HandoffRecord];
    values[name] = value instanceof Date ? value.toISOString() : value;
  }
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  // HubSpot clears a property with an empty string.
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? '']));
}
