import { describe } from 'vitest';
import { handoffReadsContract } from './contracts/handoff-reads.ts';
import { handoffsContract } from './contracts/handoffs.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe.each([
  { where: 'in memory', make: inMemory },
  { where: 'in PostgreSQL', make: inPostgres },
])('$where', ({ make }) => {
  const stores = make();
  handoffsContract(stores);
  describe('what is kept', () => handoffReadsContract(stores));
});
