import { describe } from 'vitest';
import { inboxContract } from './inbox.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => inboxContract(inMemory()));
describe('in PostgreSQL', () => inboxContract(inPostgres()));
