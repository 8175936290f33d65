import { describe } from 'vitest';
import { inMemory, inPostgres } from './stores.ts';
import { timersContract } from './timers.ts';

describe('in memory', () => timersContract(inMemory()));
describe('in PostgreSQL', () => timersContract(inPostgres()));
