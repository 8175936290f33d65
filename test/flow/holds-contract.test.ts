import { describe } from 'vitest';
import { holdsContract } from './contracts/holds.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => holdsContract(inMemory()));
describe('in PostgreSQL', () => holdsContract(inPostgres()));
