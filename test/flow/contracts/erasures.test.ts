import { describe } from 'vitest';
import { erasuresContract } from './erasures.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => erasuresContract(inMemory()));
describe('in PostgreSQL', () => erasuresContract(inPostgres()));
