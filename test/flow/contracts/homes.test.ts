import { describe } from 'vitest';
import { homesContract } from './homes.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => homesContract(inMemory()));
describe('in PostgreSQL', () => homesContract(inPostgres()));
