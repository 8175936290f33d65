import { describe } from 'vitest';
import { directoryContract } from './directory.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => directoryContract(inMemory()));
describe('in PostgreSQL', () => directoryContract(inPostgres()));
