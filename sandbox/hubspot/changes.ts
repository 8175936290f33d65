import type { AssociationType } from './association-types.ts';
import type { CrmRecord } from './store.ts';

/** Who writes: the app through the API, or someone or something inside HubSpot. */
export type Actor = {
  /** HubSpot's `changeSource`: `INTEGRATION`, `CRM_UI`, `FORM`, `AUTOMATION_PLATFORM`, … */
  source: string;
  sourceId: string;
  mayWriteReadOnly: boolean;
  /** A person may pull a lifecycle stage back by hand; the API and automation may not. */
  mayMoveStageBack: boolean;
  /** Whether the admin's rules bind it, by which one property needs another. */
  obeysRecordRules?: boolean;
};

/** What happened in the portal. Changes of one write share a `writeId`. */
export type Change = { writeId: number; at: Date; actor: Actor } & (
  | { kind: 'created'; record: CrmRecord }
  | { kind: 'property'; record: CrmRecord; property: string; value: string }
  | { kind: 'deleted'; record: CrmRecord }
  | { kind: 'associated'; from: CrmRecord; to: CrmRecord; type: AssociationType; removed: boolean }
  /** So many values of the merged record were taken over. */
  | { kind: 'merged'; record: CrmRecord; primaryId: string; mergedId: string; moved: number }
  | { kind: 'erased'; record: CrmRecord }
);

/** HubSpot's own computations: recorded in the history, not announced. */
export const calculation: Actor = {
  source: 'CALCULATED',
  sourceId: 'CALCULATED',
  mayWriteReadOnly: true,
  mayMoveStageBack: true,
};

/** A portal's default setting moves whoever is connected to a deal forward. */
export const dealAutomation: Actor = {
  source: 'DEALS',
  sourceId: 'deals',
  mayWriteReadOnly: true,
  mayMoveStageBack: false,
};

/** The app, writing through the API: no read-only properties, and lifecycle stages only forward. */
export function appActor(appId: number): Actor {
  return {
    source: 'INTEGRATION',
    sourceId: String(appId),
    mayWriteReadOnly: false,
    mayMoveStageBack: false,
  };
}

/** A person in HubSpot's screens (`CRM_UI`) or one of HubSpot's own tools. */
export function hubSpotActor(source: string): Actor {
  const byHand = source === 'CRM_UI';
  return {
    source,
    sourceId: byHand ? 'userId:1001' : source.toLowerCase(),
    mayWriteReadOnly: true,
    mayMoveStageBack: byHand,
  };
}
