import { describe } from 'vitest';
import { eventCursorsContract } from './event-cursors.ts';
import { inMemory, inPostgres } from './stores.ts';

describe('in memory', () => eventCursorsContract(inMemory()));
describe('in PostgreSQL', () => eventCursorsContract(inPostgres()));
