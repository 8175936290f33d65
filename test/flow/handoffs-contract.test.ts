import { describe } from 'vitest';
import { handoffsContract } from './contracts/handoffs.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => handoffsContract(inMemory()));
describe('in PostgreSQL', () => handoffsContract(inPostgres()));
