import { type HeldUpField, heldUpFields } from '../../domain/handoff/handoff.ts';
import {
  type Crm,
  type HandoffRecord,
  type HeldUp,
  type LeadChange,
  type Outcome,
  only,
  type WriteReceipt,
} from '../../flow/ports/crm.ts';
import type { Clock } from '../../flow/ports/time.ts';
import type { HubSpot } from './client.ts';
import { answerBehind, type RefusedProperty, refusedOf, wantedOf } from './error-answer.ts';
import { inLots, inRounds, maxRecords, outcomeOf } from './lots.ts';
import { handoffPropertyNames } from './properties.ts';
import { type RecordWrite, updateRecords } from './update-records.ts';

const leadPropertyNames: Readonly<Record<HeldUpField, string>> = {
  ownerId: 'hubspot_owner_id',
  lifecycleStage: 'lifecyclestage',
  leadStatus: 'hs_lead_status',
};

/** As long as nobody runs `handoff setup`, a missing property would cost every write a second request. */
const rememberRefusedMs = 10 * 60_000;

/**
 * Writes contacts, a hundred in a request. What HubSpot will not take, because nobody made the property, or a rule of the
 * portal's admin stands against the value, is left out and reported; everything else is written.
 */
export function leadWriter(hubspot: HubSpot, clock: Clock): Crm['writeLeads'] {
  /** Property, or property with value, → until when it is not tried again. */
  const refusedUntil = new Map<string, number>();

  const isRefused = (name: string, value: string) => {
    const now = clock().getTime();
    return [name, optionKey(name, value)].some((key) => (refusedUntil.get(key) ?? 0) > now);
  };

  async function write(lot: readonly RecordWrite[]): Promise<Outcome<WriteReceipt>[]> {
    /** What this contact alone is refused, and what it lacks. */
    const spared = new Set<string>();
    const wanted = new Set<string>();
    for (;;) {
      const accepted = lot.map(({ id, properties }): RecordWrite => {
        const left = Object.entries(properties).filter(
          ([name, value]) => !spared.has(name) && !isRefused(name, value),
        );
        return { id, properties: Object.fromEntries(left) };
      });
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
                refusedProperties: Object.keys(asked.properties).filter((name) => !names.includes(name)),
                ownerTaken: names.includes('hubspot_owner_id'),
                heldUp: heldUpBy(spared, wanted),
                nurtureTaken: names.includes(handoffPropertyNames.nurturePaused),
              };
            });
          }),
        );
      } catch (error) {
        const gaps = gapsIn(error, writes);
        for (const key of gaps) refusedUntil.set(key, clock().getTime() + rememberRefusedMs);
        // Whom of a lot it refuses, HubSpot does not tell.
        const [alone, ...others] = writes;
        const refused = alone && others.length === 0 ? toSpare(error, alone.properties) : [];
        for (const name of refused) spared.add(name);
        for (const name of alone && refused.length > 0 ? wantedOf(error, alone.properties) : [])
          wanted.add(name);
        if (gaps.length + refused.length === 0) throw error;
      }
    }
  }

  return (writes) => {
    const records = writes.map(({ id, change }) => ({ id, properties: valuesOf(change) }));
    return inRounds(records, (round) => inLots(round, maxRecords, write));
  };
}

/**
 * What has to be left out for HubSpot to take the rest. Where it wants something filled in and does not say because of
 * what, the stage and the status, which such rules are usually about, and then everything.
 */
function toSpare(error: unknown, properties: RecordWrite['properties']): string[] {
  const refused = refusedOf(error, properties);
  if (refused.length > 0 || wantedOf(error, properties).length === 0) return refused;
  const names = Object.keys(properties);
  const usual = names.filter((name) => ['lifecyclestage', 'hs_lead_status'].includes(name));
  return usual.length > 0 ? usual : names;
}

/** What people would miss in HubSpot; of our own properties only the log tells. */
function heldUpBy(spared: ReadonlySet<string>, wanted: ReadonlySet<string>): HeldUp | null {
  const fields = heldUpFields.filter((field) => spared.has(leadPropertyNames[field]));
  return fields.length + wanted.size > 0 ? { fields, wants: [...wanted] } : null;
}

function optionKey(name: string, value: string): string {
  return `${name}=${value}`;
}

/** What the portal takes of nobody, if that is all that it refused. */
function gapsIn(error: unknown, writes: readonly RecordWrite[]): string[] {
  const refused = answerBehind(error)?.refused ?? [];
  const keys = refused
    .filter(({ name }) => writes.some(({ properties }) => Object.hasOwn(properties, name)))
    .map((property) => gapOf(property, writes));
  return keys.every((key) => key !== null) ? keys : [];
}

function gapOf({ name, code }: RefusedProperty, writes: readonly RecordWrite[]): string | null {
  if (code === 'PROPERTY_DOESNT_EXIST') return name;
  // An owner that HubSpot does not know is no gap in the portal's setup.
  if (code !== 'INVALID_OPTION' || name === 'hubspot_owner_id') return null;
  // Which of several values was meant, HubSpot does not tell.
  const [value, ...others] = new Set(writes.flatMap(({ properties }) => properties[name] ?? []));
  return value !== undefined && others.length === 0 ? optionKey(name, value) : null;
}

/** A change by HubSpot's names, as it is written. */
export function valuesOf({ record = {}, ...change }: LeadChange): Record<string, string> {
  const values: Record<string, string | null | undefined> = {};
  for (const field of heldUpFields) values[leadPropertyNames[field]] = change[field];
  if (change.lifecycleBack) values[leadPropertyNames.lifecycleStage] = change.lifecycleBack;
  for (const [field, name] of Object.entries(handoffPropertyNames)) {
    const value = record[field as keyof HandoffRecord];
    values[name] =
      value instanceof Date
        ? value.toISOString()
        : typeof value === 'boolean' || typeof value === 'number'
          ? `${value}`
          : value;
  }
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  // HubSpot clears a property with an empty string.
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? '']));
}
