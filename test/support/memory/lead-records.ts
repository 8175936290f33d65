import type { LeadId } from '../../../src/domain/lead/lead.ts';
import type { LeadRecordPortal } from '../../../src/domain/policy/lead-records.ts';
import type { LeadRecord, LeadRecords, NewLeadRecord } from '../../../src/flow/ports/lead-records.ts';
import { leadRecordPortal } from '../examples.ts';
import { each } from './crm.ts';
import { type Script, scripted } from './script.ts';

type Kept = LeadRecord & { leadId: LeadId; name: string; reason: string | null };

/** What the port does in lots, for one. */
type Steps = Pick<LeadRecords, 'portal'> & {
  find(of: { leadId: LeadId; recordId: string | null }): Promise<LeadRecord[]>;
  create(record: NewLeadRecord): Promise<string>;
  update(id: string, change: Partial<Kept>): Promise<void>;
};

export type MemoryLeadRecords = LeadRecords & {
  records: Kept[];
  /** Null: the portal lets nobody at them. */
  has: { portal: LeadRecordPortal | null };
  script: Script<Steps>;
};

/** HubSpot's Lead object, as its records were made. */
export function memoryLeadRecords(): MemoryLeadRecords {
  const records: Kept[] = [];
  const has: MemoryLeadRecords['has'] = { portal: leadRecordPortal() };
  const { port, script } = scripted<Steps>({
    portal: async () => has.portal,
    find: async ({ leadId, recordId }) =>
      records.filter((one) => (recordId === null ? one.leadId === leadId : one.id === recordId)).toReversed(),
    create: async (record) => {
      const id = `lead record ${records.length + 1}`;
      records.push({ ...record, id, createdAt: new Date(0), reason: null });
      return id;
    },
    update: async (id, change) => {
      const record = records.find((one) => one.id === id);
      if (record) Object.assign(record, change);
    },
  });
  return {
    portal: port.portal,
    find: (of) => each(of, port.find),
    create: (made) => each(made, port.create),
    update: (changes) => each(changes, ({ recordId, ...change }) => port.update(recordId, change)),
    records,
    has,
    script,
  };
}
