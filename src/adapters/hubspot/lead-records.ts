import type { LeadRecordPortal } from '../../domain/policy/lead-records.ts';
import { type Outcome, resultOf } from '../../flow/ports/crm.ts';
import type {
  LeadRecord,
  LeadRecordChange,
  LeadRecordSought,
  LeadRecords,
  NewLeadRecord,
} from '../../flow/ports/lead-records.ts';
import type { Clock } from '../../flow/ports/time.ts';
import { linkReader } from './associations.ts';
import { batchReader } from './batch-read.ts';
import { changeRecords } from './change-records.ts';
import { choicesOf } from './choices.ts';
import type { HubSpot, HubSpotRecord } from './client.ts';
import { createRecords, type NewRecord } from './create-records.ts';
import { outcomeOf } from './lots.ts';
import { readPipelines } from './pipelines.ts';
import type { RecordWrite } from './update-records.ts';
import { textOf } from './values.ts';

/** HubSpot's association types of leads, which its library does not list: the primary contact, and a company. */
const associationTypes = { primaryContact: 578, company: 610 };

const read = ['hs_pipeline', 'hs_pipeline_stage', 'hubspot_owner_id', 'hs_primary_contact_id'];

/** A pipeline or reason that is new in HubSpot, or a scope that was granted, is known so much later. */
const rememberedMs = 10 * 60_000;

/** Reads what a portal has for lead records; null where it has none, or the app may not see them. */
export async function readLeadRecordPortal(hubspot: HubSpot): Promise<LeadRecordPortal | null> {
  const pipelines = await readPipelines(hubspot, 'leads');
  if (!pipelines) return null;
  const reasons = await choicesOf(hubspot, 'leads', 'hs_lead_disqualification_reason');
  return { pipelines, reasons: reasons?.map(({ value, label }) => ({ id: value, label })) ?? null };
}

/** HubSpot's Lead object. */
export function leadRecords(hubspot: HubSpot, clock: Clock): LeadRecords {
  const linked = linkReader(hubspot, 'contacts', 'leads');
  const readRecords = batchReader(hubspot, 'leads', () => read);
  let portal: { known: Promise<LeadRecordPortal | null>; until: number } | null = null;

  async function find(of: readonly LeadRecordSought[]): Promise<Outcome<LeadRecord[]>[]> {
    const unknown = of.filter(({ recordId }) => recordId === null);
    const links = await linked(unknown.map(({ leadId }) => leadId));
    return Promise.all(
      of.map((sought) =>
        outcomeOf(async () => {
          if (sought.recordId !== null) return (await readRecords([sought.recordId])).map(recordOf);
          const link = links[unknown.indexOf(sought)] as (typeof links)[number];
          const records = await readRecords([...new Set(resultOf(link).map(({ id }) => id))]);
          return records
            .filter((one) => isPrimary(one, sought))
            .map(recordOf)
            .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
        }),
      ),
    );
  }

  return {
    portal: () => {
      const now = clock().getTime();
      if (!portal || portal.until <= now) {
        const known = readLeadRecordPortal(hubspot);
        portal = { known, until: now + rememberedMs };
        known.catch(() => {
          portal = null;
        });
      }
      return portal.known;
    },
    find,
    create: (records) => createRecords(hubspot, 'leads', records.map(newRecordOf)),
    update: (changes) => changeRecords(hubspot, 'leads', changes.map(writeOf)),
  };
}

/** HubSpot works out whose it is some time after it was made. */
function isPrimary({ properties }: HubSpotRecord, { leadId }: LeadRecordSought): boolean {
  return [null, leadId].includes(textOf(properties['hs_primary_contact_id']));
}

function recordOf({ id, createdAt, properties }: HubSpotRecord): LeadRecord {
  return {
    id,
    createdAt,
    pipeline: textOf(properties['hs_pipeline']),
    stage: textOf(properties['hs_pipeline_stage']),
    ownerId: textOf(properties['hubspot_owner_id']),
  };
}

function newRecordOf({ leadId, accountId, name, pipeline, stage, ownerId }: NewLeadRecord): NewRecord {
  return {
    properties: {
      hs_lead_name: name,
      hs_pipeline: pipeline,
      ...(stage === null ? {} : { hs_pipeline_stage: stage }),
      ...(ownerId === null ? {} : { hubspot_owner_id: ownerId }),
    },
    needed: 'hs_lead_name',
    contact: { id: leadId, type: associationTypes.primaryContact },
    account: accountId === null ? null : { id: accountId, type: associationTypes.company },
    // Two people of one name are two.
    isIn: () => false,
  };
}

function writeOf({ recordId, stage, ownerId, reason }: LeadRecordChange): RecordWrite {
  return {
    id: recordId,
    properties: {
      ...(stage === undefined ? {} : { hs_pipeline_stage: stage }),
      ...(ownerId === undefined ? {} : { hubspot_owner_id: ownerId }),
      ...(reason === undefined ? {} : { hs_lead_disqualification_reason: reason ?? '' }),
    },
  };
}
