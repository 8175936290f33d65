import { describe } from 'vitest';
import { handoffClockContract } from './handoff-clock.ts';
import { handoffReadsContract } from './handoff-reads.ts';
import { handoffUndoContract } from './handoff-undo.ts';
import { handoffsContract } from './handoffs.ts';
import { mergedLeadsContract } from './merged-leads.ts';
import { rememberedContract } from './remembered.ts';
import { inMemory, inPostgres } from './stores.ts';

describe.each([
  { where: 'in memory', make: inMemory },
  { where: 'in PostgreSQL', make: inPostgres },
])('$where', ({ make }) => {
  const stores = make();
  handoffsContract(stores);
  describe('what is kept', () => handoffReadsContract(stores));
  describe('the clock of a handoff:', () => handoffClockContract(stores));
  describe('what is remembered around a lead:', () => rememberedContract(stores));
  describe('what is taken back:', () => handoffUndoContract(stores));
  describe('a lead of several ids:', () => mergedLeadsContract(stores));
});
