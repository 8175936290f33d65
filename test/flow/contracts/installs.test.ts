import { describe } from 'vitest';
import { installsContract } from './installs.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => installsContract(inMemory()));
describe('in PostgreSQL', () => installsContract(inPostgres()));
