import { AssociationTypes } from '@hubspot/api-client';
import type { HandoffId } from '../../domain/handoff/handoff.ts';
import {
  type Crm,
  type DealChange,
  type KeptDeal,
  type NewDeal,
  type Outcome,
  resultOf,
} from '../../flow/ports/crm.ts';
import { PermanentFailure, TemporaryFailure } from '../../flow/ports/failure.ts';
import { linkReader } from './associations.ts';
import { batchReader } from './batch-read.ts';
import { changeRecords } from './change-records.ts';
import type { HubSpot } from './client.ts';
import { createRecords, type NewRecord } from './create-records.ts';
import { dealMarks } from './deal-properties.ts';
import { answerBehind, isForbidden } from './error-answer.ts';
import { inLots, maxRecords, outcomeOf, succeeded } from './lots.ts';
import type { RecordWrite } from './update-records.ts';
import { textOf } from './values.ts';

type DealCrm = Pick<Crm, 'openDeals' | 'createDeals' | 'findDeals' | 'updateDeals'>;

/** The deals that the bot makes, of which HubSpot itself takes one for each handoff. */
export function dealMaker(hubspot: HubSpot, recordUrl: (dealId: string) => string): DealCrm {
  const ofContacts = linkReader(hubspot, 'contacts', 'deals');
  const ofCompanies = linkReader(hubspot, 'companies', 'deals');
  const readDeals = batchReader(hubspot, 'deals', () => ['hs_is_closed', 'dealstage', dealMarks.handoff]);

  const kept = (dealId: string, found: boolean): KeptDeal => ({ dealId, url: recordUrl(dealId), found });

  /** The deals of these handoffs, by the mark that only one deal may have. */
  async function find(ids: readonly HandoffId[]): Promise<Outcome<KeptDeal | null>[]> {
    return inLots(ids, maxRecords, async (lot) => {
      const { results } = await hubspot.read('read the deals of handoffs', (crm) =>
        crm.objects.batchApi.read('deals', {
          idProperty: dealMarks.handoff,
          inputs: lot.map((id) => ({ id })),
          properties: [dealMarks.handoff],
          propertiesWithHistory: [],
        }),
      );
      const byHandoff = new Map(results.map(({ id, properties }) => [properties[dealMarks.handoff], id]));
      return lot.map((id) => {
        const dealId = byHandoff.get(id);
        return succeeded(dealId === undefined ? null : kept(dealId, true));
      });
    });
  }

  return {
    openDeals: async (of) => {
      const companies = [...new Set(of.flatMap(({ accountId }) => accountId ?? []))];
      const [byContact, byCompany] = await Promise.all([
        ofContacts(of.map(({ leadId }) => leadId)),
        ofCompanies(companies),
      ]);
      return Promise.all(
        of.map(({ accountId }, index) =>
          outcomeOf(async () => {
            const around = accountId ? byCompany[companies.indexOf(accountId)] : undefined;
            const links = [byContact[index], around].flatMap((links) => (links ? resultOf(links) : []));
            const records = await readDeals([...new Set(links.map(({ id }) => id))]);
            return records
              .filter(({ properties }) => properties['hs_is_closed'] !== 'true')
              .map(({ id, properties }) => ({
                dealId: id,
                url: recordUrl(id),
                madeFor: textOf(properties[dealMarks.handoff]),
              }));
          }),
        ),
      );
    },

    createDeals: async (deals) => {
      const outcomes = new Map<NewDeal, Outcome<KeptDeal>>();
      const lookFor = async (some: readonly NewDeal[]) => {
        const found = await find(some.map(({ handoffId }) => handoffId));
        some.forEach((deal, index) => {
          const outcome = found[index] as Outcome<KeptDeal | null>;
          if (!outcome.ok) outcomes.set(deal, { ok: false, error: inWords(outcome.error) });
          else if (outcome.value !== null) outcomes.set(deal, succeeded(outcome.value));
        });
      };
      await lookFor(deals.flatMap(({ deal, mayExist }) => (mayExist ? [deal] : [])));
      const wanted = deals.map(({ deal }) => deal).filter((deal) => !outcomes.has(deal));
      const created = await createRecords(hubspot, 'deals', wanted.map(recordOf));
      const taken = wanted.filter((deal, index) => {
        const outcome = created[index] as Outcome<string>;
        outcomes.set(
          deal,
          outcome.ok ? succeeded(kept(outcome.value, false)) : { ok: false, error: inWords(outcome.error) },
        );
        return !outcome.ok && isTaken(outcome.error);
      });
      for (const deal of taken) outcomes.set(deal, { ok: false, error: notFoundYet() });
      await lookFor(taken);
      return deals.map(({ deal }) => outcomes.get(deal) as Outcome<KeptDeal>);
    },

    findDeals: find,

    updateDeals: async (changes) => {
      const records = await readDeals([...new Set(changes.map(({ dealId }) => dealId))]);
      const stages = new Map(records.map(({ id, properties }) => [id, properties['dealstage']]));
      const wanted = changes.filter(({ dealId, from }) => stages.get(dealId) === from);
      const changed = await changeRecords(hubspot, 'deals', wanted.map(writeOf));
      return changes.map((change) => changed[wanted.indexOf(change)] ?? succeeded(undefined));
    },
  };
}

function recordOf({ handoffId, leadId, accountId, ownerId, name, at, countsAtOnce }: NewDeal): NewRecord {
  return {
    properties: {
      dealname: name,
      pipeline: at.pipeline.id,
      dealstage: at.stage.id,
      [dealMarks.handoff]: handoffId,
      ...(countsAtOnce ? {} : { [dealMarks.begun]: at.stage.id }),
      ...(ownerId ? { hubspot_owner_id: ownerId } : {}),
    },
    needed: dealMarks.handoff,
    contact: { id: leadId, type: AssociationTypes.dealToContact },
    account: accountId ? { id: accountId, type: AssociationTypes.primaryDealToCompany } : null,
    isIn: (properties) => properties[dealMarks.handoff] === handoffId,
  };
}

function writeOf({ dealId, ...change }: DealChange): RecordWrite {
  return {
    id: dealId,
    properties: 'stage' in change ? { dealstage: change.stage } : { hubspot_owner_id: change.ownerId },
  };
}

function isTaken(error: unknown): boolean {
  const refused = answerBehind(error)?.refused ?? [];
  return refused.some(({ name, code }) => name === dealMarks.handoff && code === 'CONFLICTING_UNIQUE_VALUE');
}

function notFoundYet(): TemporaryFailure {
  return new TemporaryFailure('HubSpot says that a handoff has a deal, and does not find it', {
    outcome: 'notDone',
  });
}

/** A refusal for good, with what somebody has to do about it. */
function inWords(error: unknown): unknown {
  if (!(error instanceof PermanentFailure)) return error;
  const { message, code } = error;
  return new PermanentFailure(message, { code, why: whyOf(error), cause: error.cause });
}

function whyOf(error: PermanentFailure): string {
  if (isForbidden(error)) return 'the app lacks the scope crm.objects.deals.write';
  const refused = answerBehind(error)?.refused ?? [];
  if (refused.some(({ name }) => name === dealMarks.handoff)) {
    return `deals have no property ${dealMarks.handoff}, which "handoff setup" makes`;
  }
  const names = refused.map(({ name }) => name);
  return names.length > 0 ? `it wants another value for ${names.join(', ')}` : error.code;
}
