import { describe } from 'vitest';
import { directoryContract } from './contracts/directory.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => directoryContract(inMemory()));
describe('in PostgreSQL', () => directoryContract(inPostgres()));
