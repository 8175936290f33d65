import { describe } from 'vitest';
import { outboxContract } from './outbox.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => outboxContract(inMemory()));
describe('in PostgreSQL', () => outboxContract(inPostgres()));
