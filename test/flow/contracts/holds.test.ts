import { describe } from 'vitest';
import { holdsContract } from './holds.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => holdsContract(inMemory()));
describe('in PostgreSQL', () => holdsContract(inPostgres()));
