import { describe } from 'vitest';
import { decisionsContract } from './contracts/decisions.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => decisionsContract(inMemory()));
describe('in PostgreSQL', () => decisionsContract(inPostgres()));
