import { describe } from 'vitest';
import { inMemory, inPostgres } from './stores.ts';
import { suppressionsContract } from './suppressions.ts';

describe('in memory', () => suppressionsContract(inMemory()));
describe('in PostgreSQL', () => suppressionsContract(inPostgres()));
