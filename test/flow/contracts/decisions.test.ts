import { describe } from 'vitest';
import { decisionsContract } from './decisions.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => decisionsContract(inMemory()));
describe('in PostgreSQL', () => decisionsContract(inPostgres()));
