import { type AssociationType, associationBetween } from './association-types.ts';
import type { CrmRecord, Store } from './store.ts';

/** The id of the record's primary company. */
export function primaryCompany(store: Store, record: CrmRecord): string | undefined {
  return store
    .associated(record, 'companies')
    .find(({ types }) => types.some(({ label }) => label === 'Primary'))?.id;
}

/**
 * What connecting two records comes to: a contact or deal has at most one primary company, the first one it
 * is connected to becomes it, and a new primary one takes the place of the old.
 */
export function typesToConnect(
  store: Store,
  from: CrmRecord,
  to: CrmRecord,
  type: AssociationType,
): {
  added: AssociationType[];
  displaced: { holder: CrmRecord; companyId: string; typeId: number }[];
} {
  const primary = associationBetween(from.type, to.type, 'Primary');
  const plain = associationBetween(from.type, to.type);
  // Whose a lead is, is said outright.
  const isOfLead = [from.type, to.type].includes('leads');
  if (primary === undefined || plain === undefined || isOfLead) return { added: [type], displaced: [] };

  const [holder, company] = from.type === 'companies' ? [to, from] : [from, to];
  const current = primaryCompany(store, holder);
  if (type === plain && current !== undefined) return { added: [plain], displaced: [] };
  const typeId = associationBetween(holder.type, 'companies', 'Primary')?.typeId;
  const displaced =
    current === undefined || current === company.id || typeId === undefined
      ? []
      : [{ holder, companyId: current, typeId }];
  return { added: [plain, primary], displaced };
}
