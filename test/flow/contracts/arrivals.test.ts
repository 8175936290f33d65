import { describe } from 'vitest';
import { arrivalsContract } from './arrivals.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => arrivalsContract(inMemory()));
describe('in PostgreSQL', () => arrivalsContract(inPostgres()));
