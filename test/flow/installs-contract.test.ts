import { describe } from 'vitest';
import { installsContract } from './contracts/installs.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => installsContract(inMemory()));
describe('in PostgreSQL', () => installsContract(inPostgres()));
