import type { Crm, HandoffRecord, LeadChange } from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, type RefusedProperty } from './error-answer.ts';
import { handoffPropertyNames } from './properties.ts';

/** As long as nobody runs `handoff setup`, a missing property would cost every write a second request. */
const rememberRefusedMs = 10 * 60_000;

/**
 * Writes the contact in one PATCH. What this portal cannot take, because nobody made the property or removed one of
 * its options, is left out and reported; everything else is written.
 */
export function leadWriter(hubspot: HubSpot, clock: Clock): Crm['writeLead'] {
  /** Property, or property with value, → until when it is not tried again. */
  const refusedUntil = new Map<string, number>();

  const isRefused = (name: string, value: string) => {
    const now = clock().getTime();
    return [name, `${name}=${value}`].some((key) => (refusedUntil.get(key) ?? 0) > now);
  };

  return async (id, change) => {
    const wanted = Object.entries(valuesOf(change));
    for (;;) {
      const accepted = wanted.filter(([name, value]) => !isRefused(name, value));
      const acceptedNames = accepted.map(([name]) => name);
      const missingProperties = wanted.map(([name]) => name).filter((name) => !acceptedNames.includes(name));
      if (accepted.length === 0) return { missingProperties };
      const properties = Object.fromEntries(accepted);
      try {
        await hubspot.write('write a contact', (crm) =>
          crm.objects.basicApi.update('contacts', id, { properties }),
        );
        return { missingProperties };
      } catch (error) {
        const refused = answerBehind(error)?.refused.filter(({ name }) => name in properties) ?? [];
        if (refused.length === 0 || !refused.every(isDispensable)) throw error;
        for (const { name, code } of refused) {
          const key = code === 'INVALID_OPTION' ? `${name}=${properties[name]}` : name;
          refusedUntil.set(key, clock().getTime() + rememberRefusedMs);
        }
      }
    }
  };
}

/** An owner that HubSpot does not know is no gap in the portal's setup, and nothing to write around. */
function isDispensable({ name, code }: RefusedProperty): boolean {
  return code === 'PROPERTY_DOESNT_EXIST' || (code === 'INVALID_OPTION' && name !== 'hubspot_owner_id');
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
