import { describe } from 'vitest';
import { runsContract } from './contracts/runs.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => runsContract(inMemory()));
describe('in PostgreSQL', () => runsContract(inPostgres()));
