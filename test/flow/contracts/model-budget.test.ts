import { describe } from 'vitest';
import { modelBudgetContract } from './model-budget.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => modelBudgetContract(inMemory()));
describe('in PostgreSQL', () => modelBudgetContract(inPostgres()));
