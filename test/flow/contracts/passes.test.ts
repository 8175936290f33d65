import { describe } from 'vitest';
import { passesContract } from './passes.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => passesContract(inMemory()));
describe('in PostgreSQL', () => passesContract(inPostgres()));
