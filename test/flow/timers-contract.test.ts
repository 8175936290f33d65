import { describe } from 'vitest';
import { inMemory, inPostgres } from './contracts/stores.ts';
import { timersContract } from './contracts/timers.ts';

describe('in memory', () => timersContract(inMemory()));
describe('in PostgreSQL', () => timersContract(inPostgres()));
