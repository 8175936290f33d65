import { describe } from 'vitest';
import { inboxContract } from './contracts/inbox.ts';
import { inMemory, inPostgres } from './contracts/stores.ts';

describe('in memory', () => inboxContract(inMemory()));
describe('in PostgreSQL', () => inboxContract(inPostgres()));
