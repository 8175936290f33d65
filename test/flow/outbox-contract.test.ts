import { describe } from 'vitest';
import { outboxContract } from './contracts/outbox.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => outboxContract(inMemory()));
describe('in PostgreSQL', () => outboxContract(inPostgres()));
