import { describe } from 'vitest';
import { runsContract } from './runs.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => runsContract(inMemory()));
describe('in PostgreSQL', () => runsContract(inPostgres()));
